import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { ResourceContent } from '../../../contracts/library.ts';
import type { OpenContentPage } from '../../../contracts/open-content.ts';
import type { OpenChangePage } from '../../../contracts/open-exchange.ts';
import { aKey } from '../../../test/factories/exchange.ts';
import {
  aPlatform,
  aSubscription,
  catchUp,
  follow,
  type Platform,
} from '../../../test/factories/following.ts';
import { aColumn, aPublished, place } from '../../../test/factories/sites.ts';
import { aTerm } from '../../../test/factories/terms.ts';
import { aDatabase } from '../../../test/harness.ts';
import { aSystem } from '../../../test/system.ts';
import { systemActor } from '../../platform/context.ts';
import { ruleValidity, spreadTerms } from '../library/index.ts';
import { changeTerm } from '../vocabulary/index.ts';

const upper = aDatabase();
const lower = aDatabase();
const upperSystem = aSystem(upper);
const lowerSystem = aSystem(lower);
let above: Platform;
let below: Platform;
let subscription = '';

beforeAll(async () => {
  above = await aPlatform(upper, upperSystem);
  below = await aPlatform(lower, lowerSystem);
  subscription = await follow(below, above);
});
afterAll(async () => {
  await above.exchange.app.close();
  await below.exchange.app.close();
});

const write = (content: Partial<ResourceContent>) =>
  aPublished(above.stage, above.district.actor, {
    unitId: above.district.office.id,
    columnIds: [above.column.id],
    type: 'policy',
    content,
  });

async function ours(
  sourceId: string,
): Promise<{ readonly content: ResourceContent; readonly number: number }> {
  await catchUp(below);
  const { rows } = await sql<{ content: ResourceContent; number: number }>`
    select revision.content, revision.number from following.item
    join library.resource on resource.id = item.resource_id
    join library.revision on revision.id = resource.live_revision_id
    where subscription_id = ${subscription} and source_id = ${sourceId}`.execute(below.db);
  const [row] = rows;
  if (!row) throw new Error(`${sourceId} has not come`);
  return row;
}

async function tellOf(id: string) {
  const key = await aKey(above.db);
  const { items } = (await above.exchange.ask(`/v1/contents?ids=${id}`, key)).json<OpenContentPage>();
  const changes = (await above.exchange.ask('/v1/changes?limit=500', key)).json<OpenChangePage>().items;
  const change = changes.findLast((one) => one.id === id);
  const [content] = items;
  if (!content || !change) throw new Error(`nothing is told of ${id}`);
  return { content, change };
}

test('a ruling reaches followers, and the signed revision keeps its digest', async () => {
  const id = await write({ title: '甲办法', validity: '有效' });
  expect((await ours(id)).content.validity).toBe('有效');
  const before = await tellOf(id);
  const { version } = await above.db
    .selectFrom('library.resource')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await above.stage.perform(above.district.actor, ruleValidity, {
    resourceId: id,
    expectedVersion: version,
    validity: '废止',
    effectiveOn: '2026-11-01',
    basis: '关于废止部分文件的决定',
    basisResourceId: null,
    replacedById: null,
  });
  const { content, change } = await tellOf(id);
  expect(content.content).toMatchObject({ validity: '废止', abolishedBy: '关于废止部分文件的决定' });
  expect(content.digest).toBe(before.content.digest);
  expect(content.mark).not.toBe(before.content.mark);
  expect(change).toMatchObject({ digest: content.digest, mark: content.mark });
  expect((await ours(id)).content).toMatchObject({
    validity: '废止',
    abolishedBy: '关于废止部分文件的决定',
    validityChangedOn: '2026-11-01',
  });
});

test('terms cross by their names, and what is called otherwise later is told in the feed', async () => {
  const term = await aTerm(above.db, { label: '交通' });
  const strange = await aTerm(above.db, { label: '外星事务' });
  const here = await aTerm(below.db, { code: 'other-code', label: '交通', synonyms: ['交通运输'] });
  await aTerm(below.db, { code: term.code, label: '别的意思' });
  const id = await write({ title: '乙办法', topics: [term.reference, strange.reference] });
  const before = await tellOf(id);
  expect(before.content.terms).toContainEqual({ vocabulary: 'topic', code: term.code, label: '交通' });
  const first = await ours(id);
  expect(first.content.topics).toEqual([here.reference]);
  await above.stage.perform({ ...systemActor('test'), roles: ['operator'] }, changeTerm, {
    ...{ id: term.id, expectedVersion: term.version, label: '交通运输', synonyms: [], note: '' },
    ...{ parent: term.parent, validFrom: term.validFrom },
  });
  while (await above.stage.performAsSystem(spreadTerms, undefined));
  const { content, change } = await tellOf(id);
  expect(change).toMatchObject({ kind: 'relabelled', digest: before.content.digest, mark: content.mark });
  expect(content.mark).not.toBe(before.content.mark);
  // A synonym of ours: it is the same term, and not a new text.
  expect(await ours(id)).toEqual(first);
});

test('what the key does not see yet is related when it comes', async () => {
  const hidden = await aColumn(above.stage, { site: above.district.portal });
  const target = await aPublished(above.stage, above.district.actor, {
    ...{ unitId: above.district.office.id, columnIds: [hidden.id], content: { title: '后来才看得到' } },
  });
  const naming = await write({ title: '丙办法', seeAlso: [target] });
  const key = await aKey(above.db, { columnIds: [above.column.id] });
  await sql`update following.subscription set state = 'ended', sealed_key = null`.execute(below.db);
  subscription = await aSubscription(below, { ...above, key: key.secret });
  expect((await ours(naming)).content.seeAlso ?? []).toEqual([]);
  await place(above.stage, above.district.actor, target, [above.column.id]);
  await catchUp(below);
  const { rows } = await sql<{ id: string }>`select resource_id as id from following.item
    where subscription_id = ${subscription} and source_id = ${target}`.execute(below.db);
  expect((await ours(naming)).content.seeAlso).toEqual([rows[0]?.id]);
});
