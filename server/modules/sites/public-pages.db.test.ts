import { beforeAll, describe, expect, it } from 'vitest';

import {
  aBody,
  aColumn,
  aDistrict,
  aFactotum,
  aPublished,
  aStage,
  edit,
  publish,
  someContent,
  withdraw,
} from '../../../test/factories/sites.ts';
import { buildFromScratch, type Shown } from '../../../test/factories/sites-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { importArchive } from './import-archive.ts';
import { addressesOf } from './listing.queries.ts';
import { setMappings } from './set-mappings.ts';

/** The values of a page's meta tags by name. */
function metaOf(html: string): ReadonlyMap<string, string> {
  return new Map(
    [...html.matchAll(/<meta name="([A-Za-z]+)" content="([^"]*)"/g)].map(([, name = '', content = '']) => [
      name,
      content,
    ]),
  );
}

const siteTags = ['SiteName', 'SiteDomain', 'SiteIDCode'];
const columnTags = [...siteTags, 'ColumnName', 'ColumnDescription', 'ColumnKeywords', 'ColumnType'];
const contentTags = [...columnTags, 'ArticleTitle', 'PubDate', 'ContentSource'];
const footerItems = [
  '党政机关标识',
  '找错',
  '网站标识码：3604030001',
  '主办单位：',
  '联系方式：',
  'ICP备',
  '公网安备',
  '站点地图',
  '适老化',
];

describe('the public pages', () => {
  const { db } = aDatabase();
  let at = Date.parse('2026-11-22T08:00:00Z');
  const stage = aStage(db, () => new Date((at += 60_000 * 5)));
  let shown: Shown = new Map();
  const named: Record<string, string> = {};

  const anAsset = async (unitId: string, fileName: string, mediaType: string) => {
    const row = await db
      .insertInto('library.asset')
      .values({
        unit_id: unitId,
        digest: (fileName === '图.png' ? 'ab' : 'cd').repeat(32),
        file_name: fileName,
        media_type: mediaType,
        size: 2048,
        width: mediaType === 'image/png' ? 400 : null,
        height: mediaType === 'image/png' ? 300 : null,
        uploaded_at: new Date(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  };

  beforeAll(async () => {
    const { portal, bureauSite, office, bureau, actor } = await aDistrict(stage);
    const channel = await aColumn(stage, {
      site: portal,
      kind: 'channel',
      slug: 'zwgk',
      name: '政务公开',
      inNavigation: true,
    });
    const notices = await aColumn(stage, {
      site: portal,
      parent: channel,
      slug: 'tzgg',
      name: '通知公告',
      homePosition: 1,
    });
    const policies = await aColumn(stage, {
      site: portal,
      parent: channel,
      slug: 'zcwj',
      name: '政策文件',
      kind: 'policy',
      homePosition: 2,
    });
    const own = await aColumn(stage, {
      site: bureauSite,
      unitId: bureau.id,
      slug: 'tzgg',
      name: '教育通知',
      homePosition: 1,
    });
    await stage.perform(actor, setMappings, { columnId: notices.id, sourceColumnIds: [own.id] });
    const items = Array.from({ length: 65 }, (_, index) => ({
      importKey: String(index),
      type: 'article' as const,
      content: someContent({ title: `旧文第${String(index + 1)}号` }),
    }));
    await stage.performAsSystem(importArchive, { unitId: office.id, columnId: notices.id, items });
    const [picture, form] = [
      await anAsset(bureau.id, '图.png', 'image/png'),
      await anAsset(bureau.id, '申请表.doc', 'application/msword'),
    ];
    const link = (href: string) => ({
      type: 'paragraph' as const,
      content: [{ type: 'text' as const, text: href, marks: [{ type: 'link' as const, attrs: { href } }] }],
    });
    const article = await aPublished(stage, actor, {
      unitId: bureau.id,
      columnIds: [own.id],
      content: {
        title: '入学通知 <b>&"',
        coverAssetId: picture,
        attachments: [{ assetId: form, name: '入学申请表' }],
        body: {
          type: 'doc',
          content: [
            ...aBody('请家长按时办理。').content,
            { type: 'image', attrs: { assetId: picture, alt: '校园' } },
            link(`http://${portal.domains[0] ?? ''}/zwgk/`),
            link('https://example.com/'),
          ],
        },
      },
    });
    const policy = await aPublished(stage, actor, {
      unitId: office.id,
      type: 'policy',
      columnIds: [policies.id],
      content: {
        title: '管理办法',
        documentNumber: '浔府办发〔2026〕1号',
        validity: '失效',
        abolishedBy: '已由新办法代替',
      },
    });
    const gone = await aPublished(stage, actor, {
      unitId: bureau.id,
      columnIds: [own.id],
      content: { title: '错发的通知' },
    });
    await withdraw(stage, actor, gone);
    await edit(
      stage,
      actor,
      policy,
      someContent(
        {
          title: '管理办法(修订)',
          documentNumber: '浔府办发〔2026〕1号',
          validity: '失效',
          abolishedBy: '已由新办法代替',
        },
        'policy',
      ),
    );
    await publish(stage, actor, policy);
    for (const [name, id] of Object.entries({ article, policy, gone })) {
      const address = (await addressesOf(db, [id])).get(id);
      named[name] = `${address?.siteId ?? ''}${address?.path ?? ''}`;
    }
    shown = (await buildFromScratch(db)).shown;
  });

  const htmlAt = (address: string): string => {
    const what = shown.get(address);
    if (what === undefined) throw new Error(`no page at ${address} among ${[...shown.keys()].join(' ')}`);
    return what;
  };
  /** Without the word in front that says what it is. */
  const textAt = (address: string): string => htmlAt(address).replace(/^page /, '');
  const titlesIn = (html: string): readonly string[] =>
    [...html.matchAll(/旧文第(\d+)号/g)].map(([, number = '']) => number);

  it('every page that people read bears the nine items of the footer (R33)', () => {
    const pages = [...shown].filter(([, what]) => /^(?:page|gone) <!doctype html>/i.test(what));
    expect(pages.length).toBeGreaterThan(80);
    for (const [address, html] of pages)
      for (const item of footerItems) expect(html.includes(item), `${address}: ${item}`).toBe(true);
  });

  it.each<[string, () => string, readonly string[]]>([
    ['the home page', () => '1/', siteTags],
    ['the home page of a department', () => '2/', siteTags],
    ['the site map', () => '1/sitemap.html', siteTags],
    ['a channel', () => '1/zwgk/', columnTags],
    ['a column', () => '1/zwgk/tzgg/', columnTags],
    ['an archive page', () => '1/zwgk/tzgg/list-1.html', columnTags],
    ['an article', () => named['article'] ?? '', contentTags],
    ['a policy', () => named['policy'] ?? '', contentTags],
  ])('%s has its required tags, and none is empty (R28 to R30)', (_what, address, wanted) => {
    const meta = metaOf(htmlAt(address()));
    for (const name of wanted) expect(meta.get(name) ?? '', name).not.toBe('');
  });

  it('the tags of an article say what the article says', () => {
    const meta = metaOf(htmlAt(named['article'] ?? ''));
    expect(meta.get('ArticleTitle')).toBe('入学通知 &lt;b>&amp;&quot;');
    expect(meta.get('PubDate')).toMatch(/^2026-11-\d\d \d\d:\d\d$/);
    expect(meta.get('ColumnType')).toBe('通知公告');
  });

  it('an article shows picture and attachments, and knows which links leave the district', () => {
    const html = htmlAt(named['article'] ?? '');
    expect(html).toContain(`src="/files/${'ab'.repeat(32)}/${encodeURIComponent('图.png')}"`);
    expect(html).toContain('入学申请表');
    expect(html).toMatch(
      /<a [^>]*href="\/leaving\?to=https%3A%2F%2Fexample\.com%2F"[^>]*data-external="https:\/\/example\.com\/"/,
    );
    expect(html).not.toMatch(/<a [^>]*href="http:\/\/s[0-9a-f]+\.localhost\/zwgk\/"[^>]*external/);
  });

  it('a policy shows its table of openness, its number and that it is no longer in force', () => {
    const html = htmlAt(named['policy'] ?? '');
    for (const text of [
      '信息类别',
      '公开方式',
      '生成日期',
      '公开时限',
      '公开范围',
      '信息索取号',
      '/2026-00066',
      '浔府办发〔2026〕1号',
      '失效',
      '已由新办法代替',
      '管理办法(修订)',
    ]) {
      expect(html.includes(text), text).toBe(true);
    }
  });

  it('what was withdrawn leaves a page that says so, without its text, and stands in no list', () => {
    expect(htmlAt(named['gone'] ?? '')).toMatch(/^gone .*已撤下/s);
    for (const [address, html] of shown) expect(html.includes('错发的通知'), address).toBe(false);
  });

  it('lists are numbered from the oldest, twenty to a page, and each entry stands once', () => {
    expect(titlesIn(htmlAt('1/zwgk/tzgg/list-1.html'))).toEqual(
      Array.from({ length: 20 }, (_, index) => String(20 - index)),
    );
    expect(titlesIn(htmlAt('1/zwgk/tzgg/list-2.html'))).toEqual(
      Array.from({ length: 20 }, (_, index) => String(40 - index)),
    );
    expect(shown.has('1/zwgk/tzgg/list-3.html')).toBe(false);
    expect(new Set(titlesIn(htmlAt('1/zwgk/tzgg/')))).toEqual(
      new Set(Array.from({ length: 25 }, (_, index) => String(65 - index))),
    );
    expect(htmlAt('1/zwgk/tzgg/')).toContain('href="/zwgk/tzgg/list-2.html"');
    expect(htmlAt('1/zwgk/tzgg/list-2.html')).toContain('href="/zwgk/tzgg/list-1.html"');
  });

  it('a mapped entry leads to its one address on the other site', () => {
    const path = (named['article'] ?? '').slice(1);
    for (const address of ['1/zwgk/tzgg/', '1/', '1/zwgk/', '1/zwgk/tzgg/rss.xml']) {
      expect(htmlAt(address)).toMatch(
        new RegExp(`http://s[0-9a-f]+\\.localhost${path.replaceAll('.', '\\.')}`),
      );
    }
    expect(htmlAt('2/tzgg/')).toContain(`href="${path}"`);
  });

  it('a feed holds the newest twenty, with absolute addresses', () => {
    const xml = htmlAt('1/zwgk/tzgg/rss.xml');
    const links = [...xml.matchAll(/<item>.*?<link>([^<]*)<\/link>/gs)].map(([, link = '']) => link);
    expect(links).toHaveLength(20);
    for (const link of links) expect(link).toMatch(/^http:\/\//);
    expect(xml).toContain('入学通知 &lt;b&gt;&amp;&quot;');
  });

  it('a feed has three formats that tell the same, and pages name all three', () => {
    const { items } = JSON.parse(textAt('1/zwgk/tzgg/feed.json')) as { items: { url: string }[] };
    const atom = [...htmlAt('1/zwgk/tzgg/atom.xml').matchAll(/<entry><id>([^<]*)</g)];
    expect(atom.map(([, url]) => url)).toEqual(items.map((item) => item.url));
    expect(items).toHaveLength(20);
    for (const name of ['rss.xml', 'atom.xml', 'feed.json']) {
      expect(htmlAt('1/zwgk/tzgg/')).toContain(`href="/zwgk/tzgg/${name}"`);
      expect(htmlAt('1/')).toContain(`href="/${name}"`);
    }
  });

  it('a site has a feed of its newest twenty, each once', () => {
    const { items } = JSON.parse(textAt('1/feed.json')) as {
      items: { url: string; date_published: string }[];
    };
    expect(items).toHaveLength(20);
    expect(new Set(items.map((item) => item.url)).size).toBe(20);
    expect(htmlAt('1/rss.xml')).toContain('<rss version="2.0"');
    expect(htmlAt('2/atom.xml')).toContain('<entry>');
  });

  it('a site says where to report a weakness, and until when that holds', () => {
    const text = textAt('1/.well-known/security.txt');
    expect(text).toMatch(/^Contact: http:\/\/\S+\/correction\.html$/m);
    const year = Number(/^Expires: (\d{4})-12-31T23:59:59\+08:00$/m.exec(text)?.[1]);
    expect(year).toBeGreaterThanOrEqual(2026);
    expect(text).toMatch(/^Canonical: http:\/\/\S+\/\.well-known\/security\.txt$/m);
  });

  it('the columns of a site are in its sitemap', () => {
    expect(htmlAt('1/sitemap.xml')).toContain('/sitemap-pages.xml</loc>');
    expect(htmlAt('1/sitemap-pages.xml')).toMatch(/<loc>http:\/\/[^<]*\/zwgk\/tzgg\/<\/loc>/);
  });

  it('the sitemap names its parts, and a part names what is live', () => {
    expect(htmlAt('2/sitemap.xml')).toContain('sitemap-0.xml</loc>');
    const part = htmlAt('2/sitemap-0.xml');
    expect(part).toContain((named['article'] ?? '').slice(1));
    expect(part).not.toContain((named['gone'] ?? '').slice(1));
    expect(htmlAt('1/robots.txt')).toMatch(/Sitemap: http:\/\/.*\/sitemap\.xml/);
  });

  it('a site has its colours', () => {
    expect(htmlAt('1/theme.css')).toMatch(/--primary: #[0-9a-f]{6};/);
  });

  it('files are public on the site of a live page that uses them, and end with it', async () => {
    expect(shown.get(`2/files/${'ab'.repeat(32)}/图.png`)).toBe(`file ${'ab'.repeat(32)}`);
    expect(shown.get(`2/files/${'cd'.repeat(32)}/申请表.doc`)).toBe(`file ${'cd'.repeat(32)}`);
    expect([...shown.keys()].filter((address) => address.startsWith('1/files/'))).toEqual([]);
    const id = /_(\d+)\.html$/.exec(named['article'] ?? '')?.[1] ?? '0';
    const row = await db
      .selectFrom('library.resource')
      .select('unit_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    await withdraw(stage, await aFactotum(db, [{ id: row.unit_id }]), id);
    const after = (await buildFromScratch(db)).shown;
    expect([...after.keys()].filter((address) => address.includes('/files/'))).toEqual([]);
  });
});
