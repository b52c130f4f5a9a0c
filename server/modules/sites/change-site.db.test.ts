import { beforeAll, describe, expect, it } from 'vitest';

import type { SiteChange } from '../../../contracts/sites.ts';
import {
  aColumn,
  aDistrict,
  aPublished,
  aSite,
  aStage,
  atlasOptions,
  withdraw,
} from '../../../test/factories/sites.ts';
import { differencesFromScratch, inMemory, type MemoryPages } from '../../../test/factories/sites-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { changeSite, hostTable, searchables, setMappings } from './index.ts';
import { siteById } from './site.queries.ts';

const notice = '因系统升级临时下线。\n办事请到政务服务中心。';

describe('changing a site', () => {
  const { db } = aDatabase();
  let at = Date.parse('2026-11-22T08:00:00Z');
  const stage = aStage(db, () => new Date((at += 60_000)));
  let world: Awaited<ReturnType<typeof aWorld>>;
  let pages: MemoryPages;
  let pictures: { readonly logo: string; readonly banner: string };

  /** The bureau's news stands in a column of the portal too, beside one of the portal's own. */
  async function aWorld() {
    const district = await aDistrict(stage);
    const { portal, bureauSite, office, bureau, actor } = district;
    const shared = await aColumn(stage, { site: portal, slug: 'bmdt', kind: 'news', homePosition: 1 });
    const own = await aColumn(stage, { site: bureauSite, slug: 'tz', unitId: bureau.id, homePosition: 1 });
    await stage.perform(actor, setMappings, { columnId: shared.id, sourceColumnIds: [own.id] });
    const ofPortal = await aPublished(stage, actor, {
      unitId: office.id,
      columnIds: [shared.id],
      content: { title: '门户自己的消息' },
    });
    const ofBureau = await aPublished(stage, actor, {
      unitId: bureau.id,
      columnIds: [own.id],
      content: { title: '教育局的消息' },
    });
    return { ...district, shared, own, ofPortal, ofBureau };
  }
  const aFile = async (unitId: string, name: string, file: { mediaType?: string; digest: string }) => {
    const isPicture = file.mediaType === undefined;
    const row = await db
      .insertInto('library.asset')
      .values({
        unit_id: unitId,
        digest: file.digest.repeat(32),
        file_name: name,
        media_type: file.mediaType ?? 'image/png',
        size: 2048,
        width: isPicture ? 400 : null,
        height: isPicture ? 300 : null,
        uploaded_at: new Date(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  };
  beforeAll(async () => {
    pages = inMemory(db);
    world = await aWorld();
    pictures = {
      logo: await aFile(world.bureau.id, '标志.png', { digest: 'a1' }),
      banner: await aFile(world.bureau.id, '横幅.png', { digest: 'b2' }),
    };
    await pages.follow();
  });

  const change = async (site: { readonly id: string }, part: Omit<SiteChange, 'expectedVersion'>) => {
    const expectedVersion = (await siteById(db, site.id))?.version ?? 0;
    return stage.perform(world.actor, changeSite, { siteId: site.id, expectedVersion, ...part });
  };
  const page = (site: { readonly id: string }, path: string) =>
    pages.shown.get(`${site.id}${path}`) ?? 'nothing';
  const noticePage = (site: { readonly id: string }, path = '/') => page({ id: `notice-${site.id}` }, path);
  const isFound = async (id: string) =>
    (await searchables(atlasOptions())[0]?.load(db, [`article/${id}`]))?.length === 1;
  const tagsSince = async (first: string) =>
    (await db.selectFrom('platform.event').select('tags').where('id', '>', first).execute()).flatMap(
      (row) => row.tags,
    );
  const lastEvent = async () =>
    (await db.selectFrom('platform.event').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()).id;

  it('rebuilds what shows the change and leaves what a full rebuild gives, step by step', async () => {
    const steps: readonly [what: string, part: Omit<SiteChange, 'expectedVersion'>][] = [
      ['its name', { name: '测试区教育体育局' }],
      ['its short name', { shortName: '教体局' }],
      ['its registrations', { identityCode: '3604030099', icpNumber: '赣ICP备87654321号-9' }],
      ['its foot', { organiser: '测试区教育体育局', contact: '0792-7654321', address: '新路2号' }],
      ['its colours', { theme: { primary: '#2b6a4d', accent: '#87492c' } }],
      [
        'its looks and pictures, taken away with the colours below',
        {
          theme: {
            primary: '#2b6a4d',
            layout: 'compact',
            navigation: 'plain',
            logoAssetId: pictures.logo,
            bannerAssetId: pictures.banner,
          },
        },
      ],
      ['its main domain', { domains: ['jtj.localhost', 'jyj.localhost'] }],
      ['the order of its domains', { domains: ['jyj.localhost', 'jtj.localhost'] }],
      ['going offline', { state: 'offline', notice }],
      ['the notice', { notice: '明早恢复。' }],
      ['the name while it is offline', { name: '测试区教育局' }],
      ['the colours while it is offline', { theme: { primary: '#0b5cad' } }],
      ['coming back', { state: 'online' }],
      ['closing', { state: 'closed', notice: '已并入门户。' }],
      ['giving up its domains', { domains: [] }],
      ['beginning anew', { state: 'preparing', domains: ['jyj.localhost'] }],
      ['being tested', { state: 'testing' }],
      ['going online again', { state: 'online' }],
    ];
    for (const [what, part] of steps) {
      await change(world.bureauSite, part);
      await pages.follow();
      expect(await differencesFromScratch(db, pages), what).toEqual([]);
    }
  });

  it('what a site chose of its looks is on its pages, and its pictures are public as long as it chose them', async () => {
    const site = await aSite(stage, { unitId: world.bureau.id });
    const [logo, banner] = [`/files/${'a1'.repeat(32)}/标志.png`, `/files/${'b2'.repeat(32)}/横幅.png`];
    await change(site, {
      theme: {
        primary: '#2b6a4d',
        layout: 'compact',
        navigation: 'plain',
        logoAssetId: pictures.logo,
        bannerAssetId: pictures.banner,
      },
    });
    await pages.follow();
    expect(page(site, '/')).toContain('class="wrap home home-compact"');
    expect(page(site, '/')).toContain('class="site-header site-header-plain"');
    expect(page(site, '/')).toContain(`<a class="brand" href="/"><img src="${encodeURI(logo)}"`);
    expect(page(site, '/')).toContain(`<div class="banner"><img src="${encodeURI(banner)}" alt `);
    expect(page(site, '/sitemap.html')).not.toContain('class="banner"');
    expect([page(site, logo), page(site, banner)]).toEqual([
      `file ${'a1'.repeat(32)}`,
      `file ${'b2'.repeat(32)}`,
    ]);
    await change(site, { theme: { primary: '#2b6a4d', bannerAssetId: pictures.banner } });
    await pages.follow();
    expect(page(site, logo)).not.toContain('file ');
    expect(page(site, banner)).toContain('file ');
    expect(page(site, '/')).toContain('class="brand-mark"');
  });

  it('only a picture of the unit that answers for the site can be its logo or its banner', async () => {
    const site = await aSite(stage, { unitId: world.bureau.id });
    const foreign = await aFile(world.office.id, '内部照片.png', { digest: 'c3' });
    const text = await aFile(world.bureau.id, '说明.doc', { digest: 'd4', mediaType: 'application/msword' });
    for (const theme of [
      { primary: '#2b6a4d', logoAssetId: foreign },
      { primary: '#2b6a4d', bannerAssetId: text },
      { primary: '#2b6a4d', logoAssetId: '999999999' },
    ]) {
      await expect(change(site, { theme })).rejects.toMatchObject({
        kind: 'invalid',
        code: 'sites.picture-missing',
        details: { problems: [{ field: Object.keys(theme)[1] }] },
      });
    }
    expect((await siteById(db, site.id))?.theme).not.toHaveProperty('logoAssetId');
  });

  it('a changed domain serves at once, before the links on all pages follow', async () => {
    const site = await aSite(stage, { unitId: world.bureau.id });
    const first = await lastEvent();
    await change(site, { domains: ['new-name.localhost', ...site.domains] });
    const events = await db
      .selectFrom('platform.event')
      .select(['tags', 'priority'])
      .where('id', '>', first)
      .orderBy('id')
      .execute();
    expect(events.map(({ tags, priority }) => [tags.includes('hosts'), priority])).toEqual([
      [true, 0],
      [false, 1],
    ]);
    expect(await hostTable(db)).toMatchObject({
      'new-name.localhost': site.id,
      [site.domains[0] ?? '']: site.id,
    });
    await pages.follow();
    expect(page(site, '/')).toContain('content="http://new-name.localhost/"');
    expect(page(world.portal, '/')).toContain('href="http://new-name.localhost/"');
  });

  it('an offline site shows its notice under every address, and nobody leads to it', async () => {
    const { bureauSite, portal, shared, ofBureau, ofPortal } = world;
    const [domain = ''] = (await siteById(db, bureauSite.id))?.domains ?? [];
    const before = page(bureauSite, '/');
    expect(page(portal, shared.path)).toContain('教育局的消息');
    await change(bureauSite, { state: 'offline', notice });
    await pages.follow();
    expect((await hostTable(db))[domain]).toBe(`notice-${bureauSite.id}`);
    expect(noticePage(bureauSite)).toMatch(/<h1>本网站临时下线<\/h1><p>因系统升级临时下线。<\/p><p>办事请到/);
    expect(noticePage(bureauSite, '/404.html')).toBe(noticePage(bureauSite));
    expect(page(portal, '/')).not.toContain(domain);
    expect(page(portal, '/sitemap.html')).not.toContain(domain);
    expect(page(portal, shared.path)).not.toContain('教育局的消息');
    expect(page(portal, shared.path)).toContain('门户自己的消息');
    expect([await isFound(ofBureau), await isFound(ofPortal)]).toEqual([false, true]);
    // Its own pages are kept, for the hour of its return.
    expect(page(bureauSite, '/')).toBe(before);
    await change(bureauSite, { state: 'online' });
    await pages.follow();
    expect((await hostTable(db))[domain]).toBe(bureauSite.id);
    expect(noticePage(bureauSite)).toBe('nothing');
    expect(page(portal, shared.path)).toContain('教育局的消息');
    expect((await siteById(db, bureauSite.id))?.notice).toBe('');
  });

  it('what was published and withdrawn while a site was away is right when it comes back, in search too', async () => {
    const { bureauSite, bureau, own, actor } = world;
    await change(bureauSite, { state: 'offline', notice });
    const late = await aPublished(stage, actor, { unitId: bureau.id, columnIds: [own.id] });
    const gone = await aPublished(stage, actor, { unitId: bureau.id, columnIds: [own.id] });
    await withdraw(stage, actor, gone);
    expect(await isFound(late)).toBe(false);
    const first = await lastEvent();
    await change(bureauSite, { state: 'online' });
    const tags = await tagsSince(first);
    expect(tags).toEqual(expect.arrayContaining([`findable:${late}`, `findable:${world.ofBureau}`]));
    const [articles] = searchables(atlasOptions());
    expect(articles?.keysForTag(`findable:${late}`)).toEqual([`article/${late}`]);
    expect([await isFound(late), await isFound(gone)]).toEqual([true, false]);
    await pages.follow();
    expect(await differencesFromScratch(db, pages)).toEqual([]);
  });

  it('a closed site says so, and keeps saying it while it has domains', async () => {
    const site = await aSite(stage, { unitId: world.bureau.id });
    await change(site, { state: 'closed', notice: '本网站已并入门户。' });
    await pages.follow();
    expect(noticePage(site)).toContain('<h1>本网站已关停</h1><p>本网站已并入门户。</p>');
    expect(noticePage(site)).toContain(`href="http://${world.portal.domains[0] ?? ''}/"`);
    await change(site, { domains: [] });
    expect(Object.values(await hostTable(db))).not.toContain(`notice-${site.id}`);
  });

  it('a site in preparation or under test is linked from nowhere, and only the latter can be reached', async () => {
    const site = await aSite(stage, { unitId: world.bureau.id, state: 'preparing' });
    const [domain = ''] = site.domains;
    for (const [state, reached] of [
      ['preparing', undefined],
      ['testing', site.id],
    ] as const) {
      await change(site, { state });
      await pages.follow();
      expect((await hostTable(db))[domain], state).toBe(reached);
      expect(page(world.portal, '/'), state).not.toContain(domain);
    }
    expect(page(site, '/robots.txt')).toContain('Disallow: /\n');
    await change(site, { state: 'online' });
    await pages.follow();
    expect(page(world.portal, '/')).toContain(domain);
    expect(page(site, '/robots.txt')).not.toContain('Disallow: /\n');
  });

  it('since when it is in its state is noted, and stays through other changes', async () => {
    const site = await aSite(stage, { unitId: world.bureau.id });
    await change(site, { state: 'offline', notice });
    const since = (await siteById(db, site.id))?.stateSince;
    expect(since?.getTime()).toBeGreaterThan(site.stateSince.getTime());
    await change(site, { contact: '0792-1111111' });
    expect((await siteById(db, site.id))?.stateSince).toEqual(since);
  });

  it('it cannot lose, while citizens are let in, what its pages must show', async () => {
    for (const part of [{ domains: [] }, { identityCode: '' }, { icpNumber: '' }, { policeNumber: '' }]) {
      await expect(change(world.bureauSite, part)).rejects.toMatchObject({ code: 'sites.site-incomplete' });
    }
    await expect(change(world.bureauSite, { state: 'offline' })).rejects.toMatchObject({
      code: 'sites.site-incomplete',
      details: { problems: [{ field: 'notice' }] },
    });
    const site = await aSite(stage, { unitId: world.bureau.id, state: 'preparing' });
    await change(site, { identityCode: '', icpNumber: '', policeNumber: '', domains: [] });
    await expect(change(site, { state: 'online' })).rejects.toMatchObject({ code: 'sites.state-forbidden' });
    await expect(change(site, { state: 'testing' })).rejects.toMatchObject({ code: 'sites.site-incomplete' });
  });

  it('a domain belongs to one site, also when two take it at the same moment', async () => {
    const [one, other] = [
      await aSite(stage, { unitId: world.bureau.id }),
      await aSite(stage, { unitId: world.bureau.id }),
    ];
    await expect(change(one, { domains: ['own.localhost', ...other.domains] })).rejects.toMatchObject({
      code: 'sites.domain-taken',
      message: expect.stringContaining(other.name) as unknown,
    });
    expect((await siteById(db, one.id))?.domains).toEqual(one.domains);
    const outcomes = await Promise.allSettled(
      [one, other].map((site) => change(site, { domains: ['both-want-it.localhost'] })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(lost?.reason).toMatchObject({ code: 'sites.domain-taken' });
  });

  it('the record says what was changed, and to which state', async () => {
    await change(world.bureauSite, { state: 'offline', notice });
    await change(world.bureauSite, { state: 'online', domains: ['jyj.localhost'] });
    const rows = await db
      .selectFrom('audit.entry')
      .select('details')
      .where('action', '=', 'sites.change-site')
      .where('object_id', '=', world.bureauSite.id)
      .orderBy('seq', 'desc')
      .limit(2)
      .execute();
    expect(rows.map((row) => row.details)).toEqual([
      { fields: ['state', 'domains'], state: 'online', domains: ['jyj.localhost'] },
      { fields: ['state', 'notice'], state: 'offline' },
    ]);
  });
});
