import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { aPlatform, aSubscription, catchUp, type Platform } from '../../../test/factories/following.ts';
import { aColumn, someContent } from '../../../test/factories/sites.ts';
import { aToldPlatform, type ToldPlatform } from '../../../test/factories/told-platform.ts';
import { aDatabase } from '../../../test/harness.ts';
import { aSystem } from '../../../test/system.ts';

const database = aDatabase();
const system = aSystem(database);
const { db } = database;
const honestName = '11111111-1111-4111-8111-111111111111';
let here: Platform;
let honest: ToldPlatform;
let liar: ToldPlatform;

beforeAll(async () => {
  here = await aPlatform(database, system);
  honest = await aToldPlatform(honestName);
  liar = await aToldPlatform('22222222-2222-4222-8222-222222222222');
});
afterAll(async () => {
  honest.close();
  liar.close();
  await here.exchange.app.close();
});

let ids = 10;
const anId = (): string => String((ids += 1));
const titled = (title: string): object => someContent({ title });
const end = (id: string) =>
  sql`update following.subscription set state = 'ended', sealed_key = null where id = ${id}`.execute(db);

async function itemOf(subscription: string, id: string) {
  const { rows } = await sql<{
    state: string;
    resource: string | null;
    title: string | null;
    isLive: boolean;
  }>`
    select item.state, item.resource_id as resource, revision.content ->> 'title' as title,
      resource.live_revision_id is not null as "isLive"
    from following.item left join library.resource on resource.id = item.resource_id
    left join library.revision on revision.id = resource.head_revision_id
    where subscription_id = ${subscription} and source_id = ${id}`.execute(db);
  return rows[0];
}

test('nobody takes the place of what another platform published, living or ended', async () => {
  const theirs = anId();
  honest.offer(theirs, { content: titled('真的') });
  const good = await aSubscription(here, honest);
  await catchUp(here);
  const before = await itemOf(good, theirs);
  const false1 = anId();
  liar.offer(false1, { content: titled('假的'), from: [{ instance: honestName, id: theirs }] });
  const bad = await aSubscription(here, liar);
  await catchUp(here);
  expect(await itemOf(bad, false1)).toMatchObject({ state: 'known', resource: null });
  await end(good);
  const false2 = anId();
  liar.offer(false2, { content: titled('又是假的'), from: [{ instance: honestName, id: theirs }] });
  liar.remove(false1);
  await catchUp(here);
  expect(await itemOf(bad, false2)).toMatchObject({ state: 'known', resource: null });
  expect(await itemOf(good, theirs)).toEqual(before);
  await end(bad);
});

test('who was first itself takes its place back from whoever only passed it on', async () => {
  const theirs = anId();
  const passed = anId();
  liar.offer(passed, { content: titled('抢先的'), from: [{ instance: honestName, id: theirs }] });
  const bad = await aSubscription(here, liar);
  await catchUp(here);
  expect(await itemOf(bad, passed)).toMatchObject({ state: 'taken', title: '抢先的' });
  // Taken down on purpose, so that the true one would find something that somebody took down here.
  liar.remove(passed);
  await catchUp(here);
  honest.offer(theirs, { content: titled('真的') });
  const good = await aSubscription(here, honest);
  await catchUp(here);
  expect(await itemOf(good, theirs)).toMatchObject({ state: 'taken', title: '真的', isLive: true });
  expect(await itemOf(bad, passed)).toMatchObject({ state: 'known', resource: null });
  liar.offer(passed, { content: titled('再抢'), from: [{ instance: honestName, id: theirs }] });
  await catchUp(here);
  liar.remove(passed);
  await catchUp(here);
  expect(await itemOf(good, theirs)).toMatchObject({ state: 'taken', title: '真的', isLive: true });
  await end(bad);
  await end(good);
});

test.each(['another unit', 'another type'] as const)(
  'what stands in its place in %s keeps its copy under the name of who brought it',
  async (where) => {
    const theirs = anId();
    const passed = anId();
    const from = [{ instance: honestName, id: theirs }];
    const { bureau, bureauSite } = here.district;
    const elsewhere = async () => ({
      unitId: bureau.id,
      columnId: (await aColumn(here.stage, { site: bureauSite, unitId: bureau.id })).id,
    });
    const isType = where === 'another type';
    const type = isType ? 'notice' : 'article';
    liar.offer(passed, { content: titled('抢先的'), from, type });
    const bad = await aSubscription(here, liar, isType ? {} : await elsewhere());
    await catchUp(here);
    const squatter = await itemOf(bad, passed);
    expect(squatter).toMatchObject({ state: 'taken', title: '抢先的' });
    honest.offer(theirs, { content: titled('真的') });
    const good = await aSubscription(here, honest);
    await catchUp(here);
    const right = await itemOf(good, theirs);
    expect(right).toMatchObject({ state: 'taken', title: '真的', isLive: true });
    expect(right?.resource).not.toBe(squatter?.resource);
    liar.offer(passed, { content: titled('自己的新版'), from, type });
    await catchUp(here);
    expect(await itemOf(bad, passed)).toMatchObject({ resource: squatter?.resource, title: '自己的新版' });
    expect(await itemOf(good, theirs)).toEqual(right);
    await end(bad);
    await end(good);
  },
);

test('nobody else answers for a platform that is followed already', async () => {
  const good = await aSubscription(here, honest);
  await expect(aSubscription(here, { ...liar, instance: honestName })).rejects.toMatchObject({
    code: 'following.platform-claimed',
  });
  await end(good);
  await end(await aSubscription(here, { ...liar, instance: honestName }));
});
