import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { PublishedResource } from '../../../contracts/library.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import {
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  edit,
  publish,
  someContent,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileAssetStore } from '../../platform/asset-store.ts';
import { libraryRoutes, relationsToward } from './index.ts';

describe('resources that name others', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  let district: TestDistrict;
  let columnId: string;

  beforeAll(async () => {
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal })).id;
  });

  const aPolicy = (title: string, unitId = district.office.id) =>
    aPublished(stage, district.actor, { unitId, type: 'policy', columnIds: [columnId], content: { title } });
  const explaining = (...interprets: string[]) => ({ interprets, form: '文字解读' });
  const anInterpretation = (...interprets: string[]) =>
    aPublished(stage, district.actor, {
      unitId: district.bureau.id,
      type: 'interpretation',
      columnIds: [columnId],
      content: explaining(...interprets),
    });
  const lastTags = async () =>
    (await db.selectFrom('platform.event').select(['name', 'tags']).orderBy('id').execute())
      .filter((event) => event.name.startsWith('library.re'))
      .at(-1)?.tags;
  const explainers = async (policyId: string) =>
    (await relationsToward(db, [policyId], ['interprets'])).map((one) => one.resourceId);

  it('are found from what they name, of whichever unit, while they are live', async () => {
    const policy = await aPolicy('被解读的办法');
    const id = await anInterpretation(policy);
    expect(await explainers(policy)).toEqual([id]);
    expect(await lastTags()).toEqual([`resource:${id}`, `named:${policy}`]);
    await withdraw(stage, district.actor, id);
    expect(await explainers(policy)).toEqual([]);
    expect(await lastTags()).toEqual([`resource:${id}`, `named:${policy}`]);
  });

  it('tell both what they named and what they name now', async () => {
    const [one, other] = [await aPolicy('办法一'), await aPolicy('办法二')];
    const id = await anInterpretation(one);
    await edit(stage, district.actor, id, someContent(explaining(other)));
    expect(await explainers(one)).toEqual([id]);
    await publish(stage, district.actor, id);
    expect(await explainers(one)).toEqual([]);
    expect(await explainers(other)).toEqual([id]);
    expect(new Set(await lastTags())).toEqual(new Set([`resource:${id}`, `named:${one}`, `named:${other}`]));
  });

  it('may not name what is no policy, what another unit has not published, or what does not exist', async () => {
    const article = await aPublished(stage, district.actor, {
      unitId: district.office.id,
      columnIds: [columnId],
    });
    const draft = await aDraft(stage, district.actor, { unitId: district.office.id, type: 'policy' });
    for (const wrong of [article, draft, '987654321']) {
      await expect(anInterpretation(wrong)).rejects.toMatchObject({ code: 'library.relation-invalid' });
    }
    const own = await aDraft(stage, district.actor, { unitId: district.bureau.id, type: 'policy' });
    await expect(anInterpretation(own)).resolves.toBeTypeOf('string');
  });

  it('may not name themselves', async () => {
    const id = await aPolicy('自己');
    const content = someContent({ replacedBy: [id] }, 'policy');
    await expect(edit(stage, district.actor, id, content)).rejects.toMatchObject({
      code: 'library.relation-invalid',
    });
  });

  it('a film that is a picture is refused', async () => {
    const picture = await db
      .insertInto('library.asset')
      .values({
        unit_id: district.office.id,
        digest: 'ef'.repeat(32),
        file_name: '图.png',
        media_type: 'image/png',
        size: 10,
        width: 4,
        height: 3,
        uploaded_at: new Date(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const video = {
      unitId: district.office.id,
      type: 'video' as const,
      content: { filmAssetId: picture.id },
    };
    await expect(aDraft(stage, district.actor, video)).rejects.toMatchObject({
      code: 'library.content-invalid',
    });
  });
});

describe('the list of what is public', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const app = aConsole({ db }, [libraryRoutes({ assets: createFileAssetStore('/nowhere'), uploadBytes: 1 })]);
  let headers: Record<string, string>;
  let policy: string;

  beforeAll(async () => {
    const { office, actor, portal } = await aDistrict(stage);
    const column = await aColumn(stage, { site: portal });
    const at = { unitId: office.id, type: 'policy' as const, columnIds: [column.id] };
    policy = await aPublished(stage, actor, {
      ...at,
      content: { title: '加装电梯办法', documentNumber: '浔府发〔2026〕12号' },
    });
    const newer = { title: '加装电梯和停车办法', documentNumber: '浔府发〔2026〕12号' };
    await edit(stage, actor, policy, someContent(newer, 'policy'));
    await aDraft(stage, actor, { ...at, content: { title: '加装电梯草稿' } });
    headers = await signIn(app, await anAccount(db, { roles: ['editor'] }));
  });

  const ask = (query: string) => app.inject({ url: `/api/published-resources${query}`, headers });
  const titles = async (query: string) =>
    (await ask(query)).json<PublishedResource[]>().map((one) => one.title);

  it('shows an editor of another unit what is live, by title, number and id', async () => {
    for (const query of ['', '?q=加装电梯', '?q=浔府发〔2026〕12', '?type=policy', `?ids=${policy},999`]) {
      expect(await titles(encodeURI(query)), query).toEqual(['加装电梯办法']);
    }
  });

  it('knows nothing of a draft, not even by its words', async () => {
    for (const q of ['停车', '草稿']) expect(await titles(`?q=${encodeURIComponent(q)}`)).toEqual([]);
    expect(await titles('?type=video')).toEqual([]);
  });

  it('is refused without a session and when it is malformed', async () => {
    expect((await app.inject({ url: '/api/published-resources' })).statusCode).toBe(401);
    for (const query of ['?ids=1,x', '?type=nothing', '?wish=1']) {
      const answer = await ask(query);
      expect(answer.statusCode, query).toBe(400);
      expect(answer.json<Problem>().code).toBeTypeOf('string');
    }
  });
});
