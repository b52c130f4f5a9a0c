import { createHash } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { AlikeResource, Likeness } from '../../../contracts/library.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import {
  aBody,
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  edit,
  someContent,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileAssetStore } from '../../platform/asset-store.ts';
import { defineCommand } from '../../platform/context.ts';
import {
  compareWaiting,
  fillFingerprints,
  type ImportedItem,
  importResources,
  libraryRoutes,
} from './index.ts';

interface Batch {
  readonly unitId: string;
  readonly items: readonly ImportedItem[];
}
/** As the sites import an archive, without columns. */
const importBoth = defineCommand(
  'test.import',
  (input: Batch) => ({ kind: 'unit', id: input.unitId, unitId: input.unitId, details: {} }),
  async (ctx, { unitId, items }) => (await importResources(ctx, unitId, items)).map((one) => one.resourceId),
);

/** Articles in words that only a rule of this name has. */
const rule = (name: string, articles: number, changed: readonly number[] = []): readonly string[] =>
  Array.from({ length: articles }, (_, at) => {
    const seed = createHash('sha256')
      .update(`${name} ${String(at)} ${String(changed.includes(at))}`)
      .digest();
    return [...seed].map((byte, place) => String.fromCodePoint(0x4e00 + byte * 32 + place)).join('');
  });

describe('texts that say nearly the same', () => {
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

  const content = (title: string, lines: readonly string[]) => ({ title, body: aBody(...lines) });
  const draft = (title: string, lines: readonly string[], unitId = district.office.id) =>
    aDraft(stage, district.actor, { unitId, content: content(title, lines) });
  const published = (title: string, lines: readonly string[], unitId = district.office.id) =>
    aPublished(stage, district.actor, { unitId, columnIds: [columnId], content: content(title, lines) });
  const alike = async (id: string, headers = ofOffice) => {
    const answer = await app.inject({ url: `/api/resources/${id}/alike`, headers });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<AlikeResource[]>();
  };
  const pairs = async (headers: Record<string, string>, query = '') => {
    const answer = await app.inject({ url: `/api/likenesses${query}`, headers });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<{ items: Likeness[]; nextCursor: string | null; count: { value: number } }>();
  };
  const compareAll = async () => {
    while ((await compareWaiting(db, new Date())) > 0);
  };

  it('are told as soon as one is written, with how much they share', async () => {
    const old = await published('电梯办法', rule('电梯', 30));
    const now = await draft('电梯办法（修订）', rule('电梯', 30, [4]));
    const [found, ...others] = await alike(now);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ id: old, title: '电梯办法', isPublic: true, isOpen: true });
    expect(found?.similarity).toBeGreaterThan(85);
    expect(found?.similarity).toBeLessThan(100);
  });

  it('follow the newest text', async () => {
    const one = await draft('停车办法', rule('停车', 20));
    const other = await draft('停车办法抄', rule('停车', 20));
    expect(await alike(one)).toMatchObject([{ id: other, similarity: 100 }]);
    await edit(stage, district.actor, other, someContent(content('别的办法', rule('绿化', 20))));
    expect(await alike(one)).toEqual([]);
  });

  it('of another unit are known by what is public of them and by nothing else', async () => {
    const foreign = await published('供水办法', rule('供水', 20), district.bureau.id);
    const own = await draft('供水办法', rule('供水', 20, [3]));
    expect(await alike(own)).toMatchObject([{ id: foreign, title: '供水办法', isOpen: false }]);
    // The newest text of the other unit is now the same as ours, and nobody here may know.
    const before = (await alike(own))[0]?.similarity;
    await edit(stage, district.actor, foreign, someContent(content('未公开的新标题', rule('供水', 20, [3]))));
    expect(await alike(own)).toMatchObject([{ title: '供水办法', similarity: before }]);
    await withdraw(stage, district.actor, foreign);
    expect(await alike(own)).toEqual([]);
  });

  it('are found in pairs in the background, once for both, and forgotten when they part', async () => {
    const one = await draft('防汛预案', rule('防汛', 25));
    const other = await draft('防汛预案（抄送）', rule('防汛', 25));
    await compareAll();
    const mine = async () =>
      (await pairs(ofOffice)).items.filter((pair) => [pair.one.id, pair.other.id].includes(one));
    expect(await mine()).toMatchObject([{ similarity: 100, one: { id: one }, other: { id: other } }]);
    await edit(stage, district.actor, one, someContent(content('抗旱预案', rule('抗旱', 25))));
    await compareAll();
    expect(await mine()).toEqual([]);
  });

  it('are listed for those who may see both', async () => {
    await draft('联合办法', rule('联合', 25));
    await draft('联合办法', rule('联合', 25), district.bureau.id);
    await compareAll();
    const titles = async (headers: Record<string, string>) =>
      (await pairs(headers)).items.filter((pair) => pair.one.title === '联合办法');
    expect(await titles(ofOffice)).toEqual([]);
    expect(await titles(ofBureau)).toEqual([]);
    const operator = await signIn(app, await anAccount(db, { roles: ['operator'] }));
    expect(await titles(operator)).toHaveLength(1);
    const unit = await pairs(operator, `?unitId=${district.bureau.id}&least=100`);
    expect(unit.items.map((pair) => pair.one.title)).toContain('联合办法');
  });

  it('are listed page by page without a gap', async () => {
    const operator = await signIn(app, await anAccount(db, { roles: ['operator'] }));
    const all = (await pairs(operator, '?limit=100')).items;
    expect(all.length).toBeGreaterThan(1);
    const paged: Likeness[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Awaited<ReturnType<typeof pairs>> = await pairs(
        operator,
        `?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      paged.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all);
  });

  it('get a fingerprint when they were written before there were any', async () => {
    const id = await draft('旧文', rule('旧文', 20));
    await db.deleteFrom('library.fingerprint').execute();
    for (let at: string | null = '0'; at !== null;) at = await fillFingerprints(db, at);
    const copy = await draft('旧文抄', rule('旧文', 20));
    expect(await alike(copy)).toMatchObject([{ id, similarity: 100 }]);
  });

  it('are found when they came in with many others, after the import', async () => {
    const items = ['旧站公告', '旧站公告（重发）'].map((title) => ({
      importKey: title,
      type: 'article' as const,
      content: someContent(content(title, rule('旧站', 25))),
    }));
    const [one, other] = await stage.perform(district.actor, importBoth, {
      unitId: district.office.id,
      items,
    });
    await compareAll();
    expect(await alike(one ?? '')).toMatchObject([{ id: other, similarity: 100 }]);
  });

  it('are refused to a stranger, and when the question is malformed', async () => {
    const id = await draft('只给本单位看', rule('内部', 20));
    const stranger = await app.inject({ url: `/api/resources/${id}/alike`, headers: ofBureau });
    expect([stranger.statusCode, stranger.json<Problem>().code]).toEqual([404, 'library.resource-not-found']);
    expect((await app.inject({ url: '/api/likenesses' })).statusCode).toBe(401);
    for (const query of ['?least=10', '?wish=1', '?unitId=x']) {
      expect((await app.inject({ url: `/api/likenesses${query}`, headers: ofOffice })).statusCode).toBe(400);
    }
    const cursor = await app.inject({ url: '/api/likenesses?cursor=x', headers: ofOffice });
    expect(cursor.json<Problem>().code).toBe('library.cursor-wrong');
  });

  it('are told no more once somebody said that they are no repetition, also after a change', async () => {
    const one = await draft('甲站消防演练', rule('演练', 30));
    const other = await draft('乙站消防演练', rule('演练', 30, [3]));
    await compareAll();
    const pairOf = async () =>
      (await pairs(ofOffice)).items.filter((pair) => [pair.one.id, pair.other.id].includes(one));
    expect(await pairOf()).toMatchObject([{ canDismiss: true }]);
    const dismiss = (payload: object, headers = ofOffice) =>
      app.inject({ method: 'POST', url: '/api/likenesses/dismissal', headers, payload });
    const strange = await dismiss({ oneId: one, otherId: other }, ofBureau);
    expect(strange.json<Problem>().code).toBe('library.likeness-not-found');
    expect((await dismiss({ oneId: one, otherId: one })).statusCode).toBe(404);
    // In either order, and twice.
    for (const pair of [
      { oneId: other, otherId: one },
      { oneId: one, otherId: other },
    ])
      expect((await dismiss(pair)).statusCode).toBe(200);
    await edit(stage, district.actor, one, someContent(content('甲站消防演练', rule('演练', 31))));
    await compareAll();
    expect(await pairOf()).toEqual([]);
    expect((await alike(one)).map((found) => found.id)).not.toContain(other);
  });
});
