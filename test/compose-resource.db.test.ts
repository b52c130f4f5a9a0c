import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../contracts/endpoint.ts';
import type { Resource, ResourceContent } from '../contracts/library.ts';
import { aConsole } from './app.ts';
import { someBlocks } from './factories/blocks.ts';
import { anAccount, signIn, type TestAccount } from './factories/identity.ts';
import {
  aColumn,
  aDistrict,
  aStage,
  atlasOptions,
  someComposition,
  type TestDistrict,
} from './factories/sites.ts';
import { aDatabase } from './harness.ts';
import { createFileAssetStore } from '../server/platform/asset-store.ts';
import { libraryRoutes } from '../server/modules/library/index.ts';
import { reviewRoutes } from '../server/modules/review/index.ts';
import { sitesRoutes, writing } from '../server/modules/sites/index.ts';

type Method = 'GET' | 'POST' | 'PUT';

describe('whose site a home page is for', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const app = aConsole({ db }, [
    libraryRoutes({ assets: createFileAssetStore('/nowhere'), uploadBytes: 1, writing }),
    sitesRoutes(atlasOptions()),
    reviewRoutes(),
  ]);
  let district: TestDistrict;
  let editor: TestAccount;
  let headers: Record<string, string>;
  let columnId: string;

  beforeAll(async () => {
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.bureauSite })).id;
    editor = await anAccount(db, { unit: district.bureau, roles: ['editor'] });
    await anAccount(db, { unit: district.bureau, roles: ['reviewer'] });
    headers = await signIn(app, editor);
  });

  const send = (method: Method, url: string, payload?: object) =>
    app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  const codeOf = async (answer: ReturnType<typeof send>): Promise<string> => {
    const { statusCode, json } = await answer;
    return `${String(statusCode)} ${(json as () => Problem)().code}`;
  };
  const contentFor = (siteId: string, changes: Partial<ResourceContent> = {}) =>
    someComposition('home', someBlocks({ columnIds: [columnId] }), { siteId, ...changes });
  const create = (siteId: string) =>
    send('POST', '/api/resources', { unitId: district.bureau.id, type: 'home', content: contentFor(siteId) });
  const aHome = async (): Promise<Resource> => {
    const answer = await create(district.bureauSite.id);
    expect(answer.statusCode).toBe(201);
    return answer.json<Resource>();
  };
  const drafts = async () =>
    Number(
      (
        await db
          .selectFrom('library.revision')
          .select((is) => is.fn.countAll<string>().as('number'))
          .executeTakeFirstOrThrow()
      ).number,
    );
  /** The site goes to another unit after the home page was written. */
  const afterMove = async <T>(act: () => Promise<T>): Promise<T> => {
    const move = (unitId: string) =>
      db
        .updateTable('sites.site')
        .set({ unit_id: unitId })
        .where('id', '=', district.bureauSite.id)
        .execute();
    await move(district.office.id);
    try {
      return await act();
    } finally {
      await move(district.bureau.id);
    }
  };

  it('is the own: it is created, saved, previewed, scheduled and handed in', async () => {
    const home = await aHome();
    const saved = await send('PUT', `/api/resources/${home.id}/draft`, {
      expectedVersion: home.version,
      content: contentFor(district.bureauSite.id, { title: '改版' }),
    });
    expect(saved.statusCode).toBe(200);
    const preview = await send('GET', `/api/resources/${home.id}/preview`);
    expect(preview.statusCode).toBe(200);
    expect(preview.body).toContain('辖区概况');
    expect(preview.body).toContain(`/api/sites/${district.bureauSite.id}/theme.css`);
    const { version } = saved.json<Resource>();
    const schedule = { expectedVersion: version, releaseAt: null, expireAt: null };
    const scheduled = await send('PUT', `/api/resources/${home.id}/schedule`, schedule);
    expect(scheduled.statusCode).toBe(200);
    const submitted = await send('POST', `/api/resources/${home.id}/reviews`, {
      expectedVersion: scheduled.json<Resource>().version,
    });
    expect(submitted.json()).toMatchObject({ stage: 'in-review' });
  });

  it('cannot be created for a site of another unit, and nothing is kept of it', async () => {
    const before = await drafts();
    expect(await codeOf(create(district.portal.id))).toBe('403 sites.site-not-yours');
    expect(await codeOf(create('999999999'))).toBe('404 sites.site-not-found');
    expect(await drafts()).toBe(before);
  });

  it('is not told apart from none, where the site may not be known of', async () => {
    const outsider = await anAccount(db, { roles: ['editor'] });
    const own = await signIn(app, outsider);
    const ask = (siteId: string) =>
      app.inject({
        method: 'POST',
        url: '/api/resources',
        headers: own,
        payload: { unitId: outsider.unitId, type: 'home', content: contentFor(siteId) },
      });
    const [known, unknown] = [await ask(district.bureauSite.id), await ask('999999999')];
    expect(known.json<Problem>().code).toBe('sites.site-not-found');
    expect({ ...known.json<Problem>(), requestId: '' }).toEqual({
      ...unknown.json<Problem>(),
      requestId: '',
    });
  });

  it('cannot be moved to a site of another unit by a later draft', async () => {
    const home = await aHome();
    const before = await drafts();
    const saved = send('PUT', `/api/resources/${home.id}/draft`, {
      expectedVersion: home.version,
      content: contentFor(district.portal.id),
    });
    expect(await codeOf(saved)).toBe('403 sites.site-not-yours');
    expect(await drafts()).toBe(before);
  });

  it('cannot be saved, scheduled, previewed or handed in once the site is another unit’s', async () => {
    const home = await aHome();
    const { version: expectedVersion } = home;
    const content = contentFor(district.bureauSite.id, { title: '移交后' });
    const schedule = { expectedVersion, releaseAt: null, expireAt: null };
    await afterMove(async () => {
      const saved = send('PUT', `/api/resources/${home.id}/draft`, { expectedVersion, content });
      expect(await codeOf(saved)).toBe('404 sites.site-not-found');
      const scheduled = send('PUT', `/api/resources/${home.id}/schedule`, schedule);
      expect(await codeOf(scheduled)).toBe('404 sites.site-not-found');
      expect(await codeOf(send('GET', `/api/resources/${home.id}/preview`))).toBe('409 sites.site-not-yours');
      const submitted = send('POST', `/api/resources/${home.id}/reviews`, { expectedVersion });
      expect(await codeOf(submitted)).toBe('409 sites.site-not-yours');
    });
  });

  it('stands in no column', async () => {
    const home = await aHome();
    const placed = send('PUT', `/api/resources/${home.id}/placements`, { columnIds: [columnId] });
    expect(await codeOf(placed)).toBe('409 sites.home-takes-no-column');
  });

  it('is named from the first draft, and no other type names one', async () => {
    const content = someComposition('home', someBlocks({ columnIds: [columnId] }));
    const without = send('POST', '/api/resources', { unitId: district.bureau.id, type: 'home', content });
    expect(await codeOf(without)).toBe('422 library.content-invalid');
    const topic = someComposition('topic', [], { siteId: district.bureauSite.id });
    const named = send('POST', '/api/resources', {
      unitId: district.bureau.id,
      type: 'topic',
      content: topic,
    });
    expect(await codeOf(named)).toBe('422 library.content-invalid');
  });

  it('keeps half-written blocks as a draft and refuses to hand them in, naming the column that is gone', async () => {
    const half = [{ key: 'lead0001', kind: 'lead' as const, columnId: '' }];
    const kept = await send('POST', '/api/resources', {
      unitId: district.bureau.id,
      type: 'home',
      content: contentFor(district.bureauSite.id, { blocks: half }),
    });
    expect(kept.statusCode).toBe(201);
    expect((await send('GET', `/api/resources/${kept.json<Resource>().id}/preview`)).statusCode).toBe(200);
    const gone = await send('POST', '/api/resources', {
      unitId: district.bureau.id,
      type: 'home',
      content: contentFor(district.bureauSite.id, {
        blocks: [{ ...half[0], key: 'lead0002', kind: 'lead', columnId: '999999999' }],
      }),
    });
    const submit = (of: Resource) =>
      send('POST', `/api/resources/${of.id}/reviews`, { expectedVersion: of.version });
    expect(await codeOf(submit(kept.json<Resource>()))).toBe('422 library.content-incomplete');
    const refused = await submit(gone.json<Resource>());
    expect(refused.json<Problem>()).toMatchObject({
      code: 'sites.block-column-missing',
      details: {
        problems: [{ field: 'blocks', message: '第1块“图文要闻”：有栏目不存在或已经关闭，请重新选择。' }],
      },
    });
  });

  it('offers the columns that citizens can open, on whichever site they are', async () => {
    const hidden = await aColumn(stage, { site: district.portal, hiddenWhenEmpty: true });
    const answer = await send('GET', '/api/shown-columns');
    const ids = answer.json<{ id: string }[]>().map((one) => one.id);
    expect(ids).toContain(columnId);
    expect(ids).not.toContain(hidden.id);
    expect(await codeOf(send('GET', '/api/shown-columns?siteId=1'))).toBe('400 request.malformed');
  });
});
