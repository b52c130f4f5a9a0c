import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type {
  AcceptedProposal,
  RelationProposal,
  Resource,
  ResourceContent,
} from '../../../contracts/library.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import { performAs } from '../../../test/factories/library.ts';
import {
  aBody,
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  edit,
  publish,
  someContent,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { aTerm } from '../../../test/factories/terms.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileAssetStore } from '../../platform/asset-store.ts';
import { defineCommand, systemActor } from '../../platform/context.ts';
import { changeTerm } from '../vocabulary/index.ts';
import {
  findVersions,
  followFeed,
  type ImportedItem,
  importResources,
  libraryRoutes,
  relateImports,
  spreadTerms,
} from './index.ts';

/** Versions are worded anew: equal texts are copies. */
const textOf = (day: string) =>
  aBody(
    `本文件${day}印发。`,
    day.replaceAll(/\d/gu, (digit) => `第${digit}项，`),
  );

describe('relations that the platform proposes', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const app = aConsole({ db }, [libraryRoutes({ assets: createFileAssetStore('/nowhere'), uploadBytes: 1 })]);
  let district: TestDistrict;
  let columnId: string;
  let ofOffice: Record<string, string>;
  let ofBureau: Record<string, string>;

  beforeAll(async () => {
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal })).id;
    ofOffice = await signIn(app, await anAccount(db, { unit: district.office, roles: ['editor'] }));
    ofBureau = await signIn(app, await anAccount(db, { unit: district.bureau, roles: ['editor'] }));
  });

  const policy = (
    title: string,
    writtenOn: string,
    more: Partial<ResourceContent> = {},
    unitId = district.office.id,
  ) =>
    aPublished(stage, district.actor, {
      ...{ unitId, type: 'policy', columnIds: [columnId] },
      content: {
        title,
        writtenOn,
        producedOn: writtenOn,
        issuer: '区政府',
        body: textOf(writtenOn),
        ...more,
      },
    });
  const findAll = async () => {
    while ((await findVersions(db, new Date())) === 'more');
  };
  const list = async (query = '', headers = ofOffice) => {
    await findAll();
    const answer = await app.inject({ url: `/api/relation-proposals${query}`, headers });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<{ items: RelationProposal[]; nextCursor: string | null; count: { value: number } }>();
  };
  const about = async (id: string, headers = ofOffice, query = '') =>
    (await list(`?limit=100${query}`, headers)).items.filter((one) => [one.from.id, one.to.id].includes(id));
  const decide = (id: string, how: 'acceptance' | 'dismissal', headers = ofOffice) =>
    app.inject({ method: 'POST', url: `/api/relation-proposals/${id}/${how}`, headers });
  const contentOf = async (id: string) => {
    const answer = await app.inject({ url: `/api/resources/${id}`, headers: ofOffice });
    return answer.json<Resource>().head.content;
  };

  it('bring versions together, and an accepted one marks the old version in a draft', async () => {
    const old = await policy('养老补贴办法', '2015-03-01');
    const now = await policy('养老补贴办法（修订）', '2021-05-01', { effectiveOn: '2021-06-01' });
    const [proposal] = await about(old);
    expect(proposal).toMatchObject({ kind: 'replacedBy', reason: 'same-title', canDecide: true });
    expect([proposal?.from.id, proposal?.to.id]).toEqual([old, now]);
    const answer = await decide(proposal?.id ?? '', 'acceptance');
    expect(answer.json<AcceptedProposal>()).toEqual({ changed: [old], left: [] });
    expect(await contentOf(old)).toMatchObject({
      ...{ replacedBy: [now], validity: '已修改', validityChangedOn: '2021-06-01' },
    });
    // Citizens see what was signed until the draft went through review.
    const live = await db.selectFrom('library.relation').selectAll().where('resource_id', '=', old).execute();
    expect(live).toEqual([]);
    const again = await decide(proposal?.id ?? '', 'acceptance');
    expect(again.json<Problem>().code).toBe('library.proposal-decided');
    await publish(stage, district.actor, old);
    expect(await about(old)).toEqual([]);
  });

  it('are found from closing articles, whichever side came first, and change both sides', async () => {
    const body = aBody('第九条 本办法自2020年1月1日起施行。2009年1月2日发布的《社区食堂管理规定》同时废止。');
    const now = await policy('老年助餐管理办法', '2019-12-01', { body });
    expect(await about(now)).toEqual([]);
    const old = await policy('社区食堂管理规定', '2009-01-02');
    const [proposal] = await about(old);
    expect(proposal).toMatchObject({ kind: 'repeals', reason: 'said', confidence: 95 });
    expect(proposal?.evidence).toContain('《社区食堂管理规定》同时废止');
    expect((await decide(proposal?.id ?? '', 'acceptance')).json<AcceptedProposal>().changed).toEqual([
      now,
      old,
    ]);
    expect((await contentOf(now)).repeals).toEqual([old]);
    expect(await contentOf(old)).toMatchObject({
      ...{ validity: '废止', replacedBy: [now], abolishedBy: '被《老年助餐管理办法》废止。' },
    });
  });

  it('stay dismissed, and go when the texts no longer say so', async () => {
    const first = await policy('停车收费规定', '2011-01-01');
    await policy('停车收费规定', '2019-01-01');
    const [proposal] = await about(first);
    expect((await decide(proposal?.id ?? '', 'dismissal')).statusCode).toBe(200);
    await edit(stage, district.actor, first, {
      ...(await contentOf(first)),
      summary: '改了摘要',
    });
    await publish(stage, district.actor, first);
    expect(await about(first)).toEqual([]);
    expect(await about(first, ofOffice, '&state=dismissed')).toHaveLength(1);

    const third = await policy('环卫作业规范', '2012-01-01');
    const fourth = await policy('环卫作业规范', '2018-01-01');
    expect(await about(third)).toHaveLength(1);
    await withdraw(stage, district.actor, fourth);
    expect(await about(third)).toEqual([]);
  });

  it('know their issuer by the name it has today, once a renaming was spread', async () => {
    const issuer = await aTerm(db, { vocabulary: 'issuer', label: '区规划局' });
    const id = await policy('规划公示办法', '2018-05-01', { issuer: issuer.reference });
    await findAll();
    const known = () => db.selectFrom('library.document').select('issuer').where('resource_id', '=', id);
    expect(await known().execute()).toEqual([{ issuer: '区规划局' }]);
    const { version, synonyms, parent, validFrom } = issuer;
    const wording = { label: '区自然资源局', synonyms, parent, validFrom };
    await stage.performAsSystem(changeTerm, { id: issuer.id, expectedVersion: version, ...wording });
    while (await stage.performAsSystem(spreadTerms, undefined));
    await findAll();
    expect(await known().execute()).toEqual([{ issuer: '区自然资源局' }]);
  });

  it('never read drafts, are listed to the unit that names, and are decided by its editors', async () => {
    const ofOther = await policy('河道保洁规定', '2010-01-01', {}, district.bureau.id);
    const body = aBody('本办法施行后，《河道保洁规定》即行废止。');
    const now = await policy('河道管理办法', '2020-01-01', { body });
    const [proposal] = await about(now);
    expect(await about(now, ofBureau)).toEqual([]);
    const refused = await decide(proposal?.id ?? '', 'acceptance', ofBureau);
    expect(refused.json<Problem>().code).toBe('library.proposal-not-found');
    // The validity of another unit's document is for that unit to change.
    expect((await decide(proposal?.id ?? '', 'acceptance')).json<AcceptedProposal>()).toEqual({
      ...{ changed: [now], left: [ofOther] },
    });
    await edit(stage, district.actor, ofOther, someContent({ title: '河道管理办法（草稿）' }, 'policy'));
    expect((await about(ofOther, ofBureau)).map((one) => one.kind)).toEqual([]);
  });

  it('are paged by how sure they are', async () => {
    const { items, count } = await list('?limit=100&state=accepted');
    expect(count.value).toBe(items.length);
    const page = await list('?limit=1&state=accepted');
    const next = await list(`?limit=1&state=accepted&cursor=${page.nextCursor ?? ''}`);
    expect([page.items[0]?.id, next.items[0]?.id]).toEqual(items.slice(0, 2).map((one) => one.id));
    const wrong = await app.inject({ url: '/api/relation-proposals?cursor=x', headers: ofOffice });
    expect(wrong.json<Problem>().code).toBe('library.cursor-wrong');
    const unknown = await app.inject({ url: '/api/relation-proposals?wish=1', headers: ofOffice });
    expect(unknown.statusCode).toBe(400);
  });

  it('are looked for no more once the feed was read, unless another worker was at it', async () => {
    const finder = () => followFeed(db, () => findVersions(db, new Date()));
    const [resting, refused] = [finder(), finder()];
    await db.transaction().execute(async (on) => {
      // As whoever finds versions holds it.
      await sql`select pg_advisory_xact_lock(7246085)`.execute(on);
      expect(await refused.step()).toBe(false);
    });
    expect(await refused.isWanted()).toBe(true);
    while (await resting.step());
    expect(await resting.isWanted()).toBe(false);
    await policy('犬类管理规定', '2016-01-01');
    expect(await resting.isWanted()).toBe(true);
  });

  describe('among an archive', () => {
    const importBoth = defineCommand(
      'test.import',
      (input: { unitId: string; items: readonly ImportedItem[] }) => ({ kind: 'unit', id: input.unitId }),
      async (ctx, { unitId, items }) =>
        (await importResources(ctx, unitId, items)).map((one) => one.resourceId),
    );
    const item = (importKey: string, content: Partial<ResourceContent>): ImportedItem => ({
      ...{ importKey, type: 'policy' },
      content: someContent({ issuer: '区政府', body: textOf(content.writtenOn ?? ''), ...content }, 'policy'),
    });
    const system = () => performAs({ db }, systemActor('test'));

    it('are recorded at once where nobody has worked on it since', async () => {
      const unitId = district.bureau.id;
      const [one = '', two = '', three = '', touched = '', newer = ''] = await system()(importBoth, {
        unitId,
        items: [
          item('1', { title: '档案管理办法', writtenOn: '2001-01-01' }),
          item('2', { title: '档案管理办法', writtenOn: '2010-01-01' }),
          item('3', { title: '档案管理办法', writtenOn: '2020-01-01' }),
          item('4', { title: '印章管理办法', writtenOn: '2001-01-01' }),
          item('5', { title: '印章管理办法', writtenOn: '2020-01-01' }),
        ],
      });
      await edit(stage, district.actor, touched, someContent({ title: '印章管理办法（正在改）' }, 'policy'));
      await findAll();
      const batch = await system()(relateImports, { unitId, least: 80, after: '0' });
      expect(batch).toMatchObject({ accepted: 2, left: 1 });
      const named = await db
        .selectFrom('library.relation')
        .select(['resource_id', 'kind', 'target_id'])
        .where('resource_id', 'in', [one, two, three, touched, newer])
        .orderBy('resource_id')
        .execute();
      expect(named).toEqual([
        { resource_id: one, kind: 'replacedBy', target_id: two },
        { resource_id: two, kind: 'replacedBy', target_id: three },
      ]);
      expect(
        (await system()(relateImports, { unitId, least: 80, after: batch.last ?? '0' })).last,
      ).toBeNull();
      const { validity } = await db
        .selectFrom('library.resource')
        .select('validity')
        .where('id', '=', one)
        .executeTakeFirstOrThrow();
      expect(validity).toBe('已修改');
    });

    it('are refused to people', async () => {
      const editor = performAs({ db }, district.actor);
      await expect(
        editor(relateImports, { unitId: district.bureau.id, least: 80, after: '0' }),
      ).rejects.toMatchObject({ code: 'library.operator-required' });
    });
  });
});
