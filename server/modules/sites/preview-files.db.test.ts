import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aChinesePdf } from '../../../test/factories/pdfs.ts';
import { inMemory } from '../../../test/factories/sites-pages.ts';
import {
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  someContent,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { type AssetStore, createFileAssetStore } from '../../platform/asset-store.ts';
import { previewOfLines } from '../../platform/document-preview/beginning.ts';
import { makePreview } from '../../platform/document-preview/make-preview.ts';
import { createLog } from '../../platform/log.ts';
import { receiveUpload, registerAsset } from '../library/index.ts';
import { previewFiles, type PreviewRunner } from './preview-files.ts';
import { clearFile, quarantineFile } from './quarantine-file.ts';

describe('the first pages of attachments', () => {
  const { db } = aDatabase();
  let at = Date.parse('2026-03-02T02:00:00Z');
  const stage = aStage(db, () => new Date((at += 60_000)));
  const pages = inMemory(db);
  let directory = '';
  let store: AssetStore;
  let district: TestDistrict;
  let columnId = '';
  let opened: string[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jiyue-previews-'));
    store = createFileAssetStore(directory);
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal, slug: 'tzgg' })).id;
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const upload = async (fileName: string, bytes: Buffer) => {
    const received = await receiveUpload(store, Readable.from([bytes]), { fileName, limitBytes: 10_000_000 });
    return stage.perform(district.actor, registerAsset, { ...received, unitId: district.office.id });
  };
  const aPageWith = (assetId: string, title: string) =>
    aPublished(stage, district.actor, {
      unitId: district.office.id,
      columnIds: [columnId],
      content: someContent({ title, attachments: [{ assetId, name: '方案' }] }),
    });
  const makeReal: PreviewRunner['preview'] = (path, mediaType) =>
    makePreview({ path, mediaType, mostBytes: 10_000_000 });
  const previewAll = async (make = makeReal) => {
    const { clock, performAsSystem } = stage;
    const log = createLog({ level: 'silent', pretty: false });
    const runner: PreviewRunner = {
      ...{ db, clock, performAsSystem, log, store },
      preview: (path, mediaType) => {
        opened.push(path);
        return make(path, mediaType);
      },
    };
    while ((await previewFiles(runner)) > 0);
  };
  const stateOf = async (digest: string) =>
    db.selectFrom('library.file_preview').selectAll().where('digest', '=', digest).executeTakeFirst();
  const addressesWith = (text: string) =>
    [...pages.shown.keys()].filter((key) => key.includes(encodeURIComponent(text)) || key.includes(text));
  const pageNamed = (title: string) =>
    [...pages.shown.values()].find((one) => one.includes(`<h1>${title}`)) ?? '';
  /** What stands now is what a full rebuild gives. */
  const expectWhole = async () => {
    const before = new Map(pages.shown);
    await pages.rebuild();
    expect(pages.shown).toEqual(before);
  };

  it('are shown beside them as soon as they are drawn, three of them, and leave with the page', async () => {
    const { id: assetId, digest } = await upload('方案.pdf', aChinesePdf(['一', '二', '三', '四', '五']));
    const id = await aPageWith(assetId, '方案公示');
    await pages.follow();
    expect(pageNamed('方案公示')).toContain('<iframe');
    await previewAll();
    expect(await stateOf(digest)).toMatchObject({ kind: 'pages', total_pages: 5 });
    await pages.follow();
    const html = pageNamed('方案公示');
    expect(html).not.toContain('<iframe');
    expect(html.match(/class="preview-page"/g)).toHaveLength(3);
    expect(html).toContain('全文共5页，这里是前3页。');
    expect(
      ['方案-p1.webp', '方案-p3.webp', '方案-p4.webp'].map((name) => addressesWith(name).length),
    ).toEqual([1, 1, 0]);
    await expectWhole();
    await withdraw(stage, district.actor, id);
    await pages.follow();
    expect(addressesWith('方案-p')).toEqual([]);
    await expectWhole();
  });

  it('are drawn once for all files with the same bytes', async () => {
    const bytes = aChinesePdf(['同一份']);
    const first = await upload('甲.pdf', bytes);
    opened = [];
    await previewAll();
    const second = await upload('乙.pdf', bytes);
    await previewAll();
    expect([first.digest === second.digest, opened.length]).toEqual([true, 1]);
    await aPageWith(second.id, '乙的公示');
    await pages.follow();
    expect(addressesWith('乙-p1.webp')).toHaveLength(1);
    expect(addressesWith('甲-p1.webp')).toHaveLength(0);
    await expectWhole();
  });

  it('of what is no PDF are a page of their own, as long as the file is public', async () => {
    const rows = '姓名,金额\n<b>张三</b>,100\n李四,200\n';
    const { id: assetId, digest } = await upload('名单.csv', Buffer.from(rows));
    const id = await aPageWith(assetId, '补贴公示');
    await pages.follow();
    expect(pageNamed('补贴公示')).not.toContain('在线预览');
    await previewAll();
    await pages.follow();
    const address = `/preview/${digest}/${encodeURIComponent('名单.csv')}.html`;
    expect(pageNamed('补贴公示')).toContain(`<a href="${address}">在线预览`);
    const preview = () => pages.shown.get(`${district.portal.id}${decodeURIComponent(address)}`) ?? '';
    expect(preview()).toContain('<meta name="robots" content="noindex"');
    // The attachment's name on the page, its columns, and nothing of it as markup.
    expect(preview()).toContain('<h1>方案</h1>');
    expect(preview()).toContain('<th scope="col">姓名</th>');
    expect(preview()).toContain('<td>&lt;b&gt;张三&lt;/b&gt;</td>');
    expect(preview()).toContain('>补贴公示</a></li>');
    await expectWhole();
    // A second page that attaches it is named as soon as it is live, and not longer.
    const second = await aPageWith(assetId, '补贴再公示');
    await pages.follow();
    expect(preview()).toContain('>补贴再公示</a></li>');
    await withdraw(stage, district.actor, second);
    await pages.follow();
    expect(preview()).not.toContain('补贴再公示');
    await expectWhole();
    await stage.performAsSystem(quarantineFile, { digest, infection: '演示', engine: 'e' });
    await pages.follow();
    expect(preview()).toBe('');
    await stage.performAsSystem(clearFile, { digest, engine: 'e' });
    await pages.follow();
    expect(preview()).not.toBe('');
    await expectWhole();
    await withdraw(stage, district.actor, id);
    await pages.follow();
    expect(addressesWith('/preview/')).toEqual([]);
    await expectWhole();
  });

  it('of what is not open to all are no page, whatever became live', async () => {
    const { id: assetId } = await upload('内部.txt', Buffer.from('依申请才公开'));
    await previewAll();
    await aPublished(stage, district.actor, {
      unitId: district.office.id,
      columnIds: [columnId],
      content: someContent({
        title: '依申请',
        openMode: '依申请公开',
        attachments: [{ assetId, name: '件' }],
      }),
    });
    await pages.follow();
    expect(addressesWith('/preview/')).toEqual([]);
    expect([...pages.shown.values()].some((one) => one.includes('/preview/'))).toBe(false);
    await expectWhole();
  });

  it('of a file that was just uploaded are drawn before those that wait longer', async () => {
    const files = [];
    for (const name of ['早', '中', '晚'])
      files.push(await upload(`${name}.txt`, Buffer.from(`${name}来的`)));
    const [early, middle, late] = files.map(({ digest }) => store.pathOf(digest));
    // Uploaded again, it is waited for again.
    await upload('再来.txt', Buffer.from('早来的'));
    opened = [];
    await previewAll();
    expect(opened).toEqual([early, late, middle]);
  });

  it('of a file in quarantine are gone, and come back when it was nothing', async () => {
    const { id: assetId, digest } = await upload('疑.pdf', aChinesePdf(['可疑']));
    await previewAll();
    await aPageWith(assetId, '可疑的公示');
    await pages.follow();
    expect(addressesWith('疑-p1.webp')).toHaveLength(1);
    await stage.performAsSystem(quarantineFile, { digest, infection: '演示', engine: 'e' });
    await pages.follow();
    expect(addressesWith('疑-p1.webp')).toHaveLength(0);
    expect(pageNamed('可疑的公示')).not.toContain('preview-page');
    await expectWhole();
    await stage.performAsSystem(clearFile, { digest, engine: 'e' });
    await pages.follow();
    expect(addressesWith('疑-p1.webp')).toHaveLength(1);
    await expectWhole();
  });

  it('of a broken one are none, with the reason, and nothing else waits for it', async () => {
    const broken = await upload('坏.pdf', aChinesePdf(['半', '截']).subarray(0, 900));
    const lost = await upload('丢.txt', Buffer.from('丢失的文件'));
    const good = await upload('好.txt', Buffer.from('看得到'));
    const waiting = await upload('等.txt', Buffer.from('等病毒检查'));
    await db
      .updateTable('library.file')
      .set({ scan: 'waiting' })
      .where('digest', '=', waiting.digest)
      .execute();
    await rm(store.pathOf(lost.digest));
    await previewAll();
    const states = await Promise.all([broken, lost, good, waiting].map(({ digest }) => stateOf(digest)));
    expect(states.map((one) => one && [one.kind, one.findings])).toEqual([
      ['none', ['damaged']],
      ['none', ['damaged']],
      ['text', []],
      undefined,
    ]);
    await aPageWith(broken.id, '坏的公示');
    await pages.follow();
    // The browser may know better what to do with it.
    expect(pageNamed('坏的公示')).toContain('<iframe');
    await expectWhole();
  });

  it('that no database takes stop none: what is not text is left out, or the whole counts as damaged', async () => {
    const [odd, worse, good] = [
      await upload('怪.txt', Buffer.from('怪')),
      await upload('更怪.txt', Buffer.from('更怪')),
      await upload('后.txt', Buffer.from('排在后面')),
    ];
    const lines = previewOfLines(['前\u0000后\ud800', '\u0001']);
    if (lines.kind !== 'text') throw new Error(lines.kind);
    const raw = { type: 'text' as const, text: 'a\u0000b' };
    const refused = { type: 'doc' as const, content: [{ type: 'paragraph' as const, content: [raw] }] };
    await previewAll((path, mediaType) => {
      if (path === store.pathOf(odd.digest)) return Promise.resolve(lines);
      if (path === store.pathOf(worse.digest)) return Promise.resolve({ ...lines, body: refused });
      return makeReal(path, mediaType);
    });
    const states = await Promise.all([odd, worse, good].map(({ digest }) => stateOf(digest)));
    expect(states.map((one) => one && [one.kind, one.findings])).toEqual([
      ['text', []],
      ['none', ['damaged']],
      ['text', []],
    ]);
    expect(JSON.stringify(states[0]?.body)).toContain('"前后"');
  });

  it('a file that has no pages is not looked at twice', async () => {
    const { digest } = await upload(
      '夹.zip',
      Buffer.from('504b0506000000000000000000000000000000000000', 'hex'),
    );
    await previewAll();
    const row = await db
      .selectFrom('library.file')
      .select('preview')
      .where('digest', '=', digest)
      .executeTakeFirst();
    expect([row?.preview, await stateOf(digest)]).toEqual(['none', undefined]);
  });
});
