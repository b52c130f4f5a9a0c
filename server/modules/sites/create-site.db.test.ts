import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { Site } from '../../../contracts/sites.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import { aDistrict, aStage, atlasOptions } from '../../../test/factories/sites.ts';
import { differencesFromScratch, inMemory } from '../../../test/factories/sites-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { sitesRoutes } from './index.ts';

type Headers = Readonly<Record<string, string>>;

describe('adding a site and changing it', () => {
  const { db } = aDatabase();
  const app = aConsole({ db }, [sitesRoutes(atlasOptions())]);
  const stage = aStage(db);
  const pages = inMemory(db);
  let world: Awaited<ReturnType<typeof aWorld>>;

  async function aWorld() {
    const district = await aDistrict(stage);
    const { office, bureau } = district;
    const signed = async (roles: Parameters<typeof anAccount>[1]['roles'], unit = office) =>
      signIn(app, await anAccount(db, { roles, unit }));
    return {
      ...district,
      operator: await signed(['operator']),
      supervisor: await signed(['supervisor']),
      editor: await signed(['editor', 'reviewer', 'principal'], bureau),
    };
  }
  beforeAll(async () => {
    world = await aWorld();
    await pages.follow();
  });

  let made = 0;
  const newSite = (part: object = {}) => {
    made += 1;
    return {
      unitId: world.bureau.id,
      key: `site-${String(made)}`,
      name: '测试区民政局',
      shortName: '民政局',
      description: '测试区民政局的网站',
      domains: [],
      identityCode: '',
      icpNumber: '',
      policeNumber: '',
      organiser: '测试区民政局',
      contact: '0792-1234567',
      address: '测试路3号',
      theme: { primary: '#87492c' },
      ...part,
    };
  };
  const registered = {
    domains: ['mzj.localhost'],
    identityCode: '3604030003',
    icpNumber: '赣ICP备12345678号-3',
    policeNumber: '赣公网安备 36040302000003号',
  };
  const create = (body: object, headers: Headers = world.operator) =>
    app.inject({ method: 'POST', url: '/api/sites', headers, payload: body });
  const change = (id: string, body: object, headers: Headers = world.operator) =>
    app.inject({ method: 'PATCH', url: `/api/sites/${id}`, headers, payload: body });
  const refusal = async (answer: ReturnType<typeof create>) => {
    const { statusCode, json } = await answer;
    return [statusCode, json<Problem>().code];
  };
  const countSites = async () => (await db.selectFrom('sites.site').select('id').execute()).length;

  it('begins with the preparation and goes online step by step, once it has what its pages must show', async () => {
    const answer = await create(newSite());
    expect(answer.statusCode, answer.body).toBe(201);
    const site = answer.json<Site>();
    expect(site).toMatchObject({ state: 'preparing', isPortal: false, nextStates: ['testing', 'closed'] });
    expect(site.missing.map((one) => one.field)).toEqual([
      'domains',
      'identityCode',
      'icpNumber',
      'policeNumber',
    ]);
    expect(await refusal(change(site.id, { expectedVersion: 1, state: 'online' }))).toEqual([
      409,
      'sites.state-forbidden',
    ]);
    let version = site.version;
    for (const part of [registered, { state: 'testing' }, { state: 'online' }]) {
      const done = await change(site.id, { expectedVersion: version, ...part });
      expect(done.statusCode, done.body).toBe(200);
      version = done.json<Site>().version;
    }
    await pages.follow();
    expect(pages.shown.get(`${site.id}/`)).toContain('测试区民政局');
    expect(await differencesFromScratch(db, pages)).toEqual([]);
  });

  it('is for the operator alone, and refuses what nobody may do without changing anything', async () => {
    const { editor, supervisor, bureauSite } = world;
    const before = await countSites();
    for (const headers of [editor, supervisor]) {
      expect(await refusal(create(newSite(), headers))).toEqual([403, 'sites.operator-required']);
      expect(
        await refusal(change(bureauSite.id, { expectedVersion: 1, state: 'offline', notice: '无' }, headers)),
      ).toEqual([403, 'sites.operator-required']);
    }
    expect(await refusal(create(newSite(), {}))).toEqual([401, 'identity.session-missing']);
    expect(await countSites()).toBe(before);
    const seen = await app.inject({ url: '/api/sites', headers: supervisor });
    expect(seen.json<Site[]>().map((site) => site.nextStates)).toEqual(seen.json<Site[]>().map(() => []));
  });

  it('is refused where it would clash with another site, and says with which', async () => {
    const [taken = ''] = world.bureauSite.domains;
    const answer = await create(newSite({ domains: ['free.localhost', taken] }));
    expect([answer.statusCode, answer.json<Problem>()]).toMatchObject([
      409,
      {
        code: 'sites.domain-taken',
        details: { problems: [{ field: 'domains', message: `${taken} 已用于“${world.bureauSite.name}”` }] },
      },
    ]);
    expect(await refusal(create(newSite({ key: world.bureauSite.key })))).toEqual([
      409,
      'sites.site-key-taken',
    ]);
    expect(await refusal(create(newSite({ isPortal: true })))).toEqual([409, 'sites.portal-exists']);
    expect(await refusal(create(newSite({ unitId: '99999' })))).toEqual([404, 'identity.unit-not-found']);
  });

  it('is refused under the name by which the console was reached', async () => {
    const asked = { ...world.operator, host: 'console.localhost', origin: 'http://console.localhost' };
    expect(await refusal(create(newSite({ domains: ['console.localhost'] }), asked))).toEqual([
      422,
      'sites.domain-of-console',
    ]);
    const site = (await create(newSite())).json<Site>();
    expect(
      await refusal(change(site.id, { expectedVersion: 1, domains: ['console.localhost'] }, asked)),
    ).toEqual([422, 'sites.domain-of-console']);
  });

  it('is refused in a colour that cannot be read on white', async () => {
    expect(await refusal(create(newSite({ theme: { primary: '#ffcc00' } })))).toEqual([
      422,
      'sites.colour-too-light',
    ]);
    const site = (await create(newSite())).json<Site>();
    const theme = { primary: '#1d5b8f', accent: '#8fc1ff' };
    expect(await refusal(change(site.id, { expectedVersion: 1, theme }))).toEqual([
      422,
      'sites.colour-too-light',
    ]);
  });

  it.each([
    ['a key in capitals', { key: 'MZJ' }],
    ['a key that begins with a number', { key: '1mzj' }],
    ['an identity code of nine digits', { identityCode: '360403000' }],
    ['an identity code with letters', { identityCode: 'bm12345678' }],
    ['a domain in capitals', { domains: ['MZJ.localhost'] }],
    ['a domain with a scheme', { domains: ['http://mzj.localhost'] }],
    ['a domain with a port', { domains: ['mzj.localhost:80'] }],
    ['a domain with a path', { domains: ['mzj.localhost/'] }],
    ['the address of a machine', { domains: ['192.168.1.1'] }],
    ['a name without a dot', { domains: ['localhost'] }],
    ['a Chinese name that is not in its xn-- form', { domains: ['民政局.政务'] }],
    ['a part of a name that is too long', { domains: [`${'a'.repeat(64)}.localhost`] }],
    ['a domain twice', { domains: ['mzj2.localhost', 'mzj2.localhost'] }],
    ['eleven domains', { domains: Array.from({ length: 11 }, (_, at) => `m${String(at)}.localhost`) }],
    ['a name of spaces', { name: '   ' }],
    ['a name in two lines', { name: '测试区\n民政局' }],
    ['a police number of thirteen digits', { policeNumber: '赣公网安备 3604030200000号' }],
    ['a state of its own choice', { state: 'online' }],
  ])('is malformed with %s', async (_what, part) => {
    expect(await refusal(create(newSite(part)))).toEqual([400, 'request.malformed']);
  });

  it('is not changed by somebody who saw an earlier version, nor when it is not there', async () => {
    const site = (await create(newSite())).json<Site>();
    expect((await change(site.id, { expectedVersion: 1, contact: '新' })).statusCode).toBe(200);
    expect(await refusal(change(site.id, { expectedVersion: 1, domains: ['late.localhost'] }))).toEqual([
      409,
      'sites.site-changed',
    ]);
    expect(await refusal(change('99999', { expectedVersion: 1, contact: '新' }))).toEqual([
      404,
      'sites.site-not-found',
    ]);
    expect(await refusal(change(site.id, { expectedVersion: 2, key: 'other' }))).toEqual([
      400,
      'request.malformed',
    ]);
  });
});
