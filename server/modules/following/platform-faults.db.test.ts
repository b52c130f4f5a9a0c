import { randomUUID } from 'node:crypto';

import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import {
  aPlatform,
  aSubscription,
  catchUp,
  type Platform,
  someTerms,
} from '../../../test/factories/following.ts';
import { someContent } from '../../../test/factories/sites.ts';
import { aToldPlatform, type ToldPlatform } from '../../../test/factories/told-platform.ts';
import { aDatabase } from '../../../test/harness.ts';
import { aSystem } from '../../../test/system.ts';
import { usualLimits } from './follow-pace.rules.ts';
import { actOnSubscription, createSubscription } from './keep-subscriptions.ts';

const database = aDatabase();
const system = aSystem(database);
const { db } = database;
let here: Platform;
let there: ToldPlatform;
let subscription = '';

beforeAll(async () => {
  here = await aPlatform(database, system);
});
afterAll(() => here.exchange.app.close());
beforeEach(async () => {
  Object.assign(here.limits, usualLimits);
  there = await aToldPlatform(randomUUID());
  subscription = await aSubscription(here, there);
});
afterEach(async () => {
  there.close();
  await sql`update following.subscription set state = 'ended', sealed_key = null`.execute(db);
});

const offer = (id: string, title: string): void => {
  there.offer(id, { content: someContent({ title }) });
};
const standing = () =>
  db
    .selectFrom('following.subscription')
    .selectAll()
    .where('id', '=', subscription)
    .executeTakeFirstOrThrow();
/** What is shown here of theirs: `id title`, in their order. */
async function shown(): Promise<readonly string[]> {
  const { rows } = await sql<{ one: string }>`
    select item.source_id || ' ' || (revision.content ->> 'title') as one
    from following.item join library.resource on resource.id = item.resource_id
    join library.revision on revision.id = resource.live_revision_id
    where subscription_id = ${subscription} order by item.source_id`.execute(db);
  return rows.map(({ one }) => one);
}
const revisions = async () =>
  (await sql<{ n: string }>`select count(*) as n from library.revision`.execute(db)).rows[0]?.n;

test('a key that loses and regains what it sees, again and again, leaves what it sees in the end', async () => {
  for (const id of ['1', '2', '3']) offer(id, `第${id}条`);
  await catchUp(here);
  for (let round = 0; round < 3; round += 1) {
    // A key that sees less is told nothing: neither of the resource nor of its going.
    there.narrow(new Set(['2']));
    there.about = { ...there.about, reach: `narrow ${String(round)}` };
    await catchUp(here);
    expect(await shown()).toEqual(['2 第2条']);
    there.narrow(null);
    there.about = { ...there.about, reach: 'wide' };
    if (round < 2) await catchUp(here);
  }
  const before = await revisions();
  await catchUp(here);
  expect(await shown()).toEqual(['1 第1条', '2 第2条', '3 第3条']);
  await catchUp(here);
  expect(BigInt((await revisions()) ?? 0) - BigInt(before ?? 0)).toBeLessThanOrEqual(2n);
  const { item_count: known, pass } = await standing();
  expect(known).toBe(3);
  expect(pass).toBeLessThan(12);
});

test('a reach that changes with every question does not turn in a circle without a rest', async () => {
  offer('1', '甲');
  let asked = 0;
  there.answers.set('/v1/about', (_request, response) => {
    asked += 1;
    response.end(JSON.stringify({ ...there.about, reach: String(asked) }));
  });
  await catchUp(here);
  expect(asked).toBeLessThan(5);
  expect((await standing()).next_at.getTime()).toBeGreaterThan(Date.now() + here.clock.ahead);
});

test.each(['/v1/about', '/v1/changes', '/v1/contents'])(
  'a platform that hangs at %s costs its time, holds up no other, and is followed when it is well',
  async (path) => {
    here.limits.answer = 120;
    offer('1', '慢平台的');
    there.answers.set(path, () => undefined);
    // What hangs for one resource alone hangs for the platform, too, when it answers nothing else.
    if (path === '/v1/contents') there.answers.set('/v1/about', () => undefined);
    const other = await aToldPlatform(randomUUID());
    other.offer('1', { content: someContent({ title: '别的平台的' }) });
    const second = await aSubscription(here, other);
    const began = performance.now();
    await catchUp(here);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(await standing()).toMatchObject({
      ...{ state: 'active', trouble_code: 'following.platform-unreachable', failures: 1 },
    });
    const { rows } = await sql`select state from following.item where subscription_id = ${second}`.execute(
      db,
    );
    expect(rows).toEqual([{ state: 'taken' }]);
    there.answers.clear();
    await catchUp(here);
    expect(await shown()).toEqual(['1 慢平台的']);
    expect(await standing()).toMatchObject({ trouble_code: null, failures: 0 });
    other.close();
  },
);

test('a turn ends in time, however much is slow', async () => {
  here.limits.turn = 200;
  here.limits.answer = 5_000;
  offer('1', '一');
  there.answers.set('/v1/changes', () => undefined);
  const began = performance.now();
  await catchUp(here);
  expect(performance.now() - began).toBeLessThan(2_000);
  expect((await standing()).trouble).toContain('太慢');
});

test('pages of the feed that come again, in whatever pieces, write nothing', async () => {
  for (let id = 1; id <= 120; id += 1) offer(String(id), `第${String(id)}条`);
  there.remove('7');
  offer('8', '第8条，改');
  await catchUp(here);
  const [before, what] = [await revisions(), await shown()];
  expect(what).toHaveLength(119);
  for (const cursor of ['0', '5', '99', '100', '121']) {
    await sql`update following.subscription set cursor = ${cursor}, next_at = now() where id = ${subscription}`.execute(
      db,
    );
    await catchUp(here);
  }
  expect(await revisions()).toBe(before);
  expect(await shown()).toEqual(what);
  // The one that was gone before it was read was never known.
  expect((await standing()).item_count).toBe(119);
});

test('another platform at the address pauses it and moves nothing; the right one is followed again', async () => {
  offer('1', '原来的');
  await catchUp(here);
  const right = there.about;
  there.about = { ...right, instance: randomUUID() };
  offer('1', '冒名的');
  await catchUp(here);
  expect(await standing()).toMatchObject({ state: 'paused', trouble_code: 'following.platform-other' });
  expect(await shown()).toEqual(['1 原来的']);
  there.about = right;
  offer('1', '真正改了的');
  const { version } = await standing();
  const operator = { ...here.district.actor, roles: ['operator'] as const };
  await here.stage.perform(operator, actOnSubscription, {
    ...{ subscriptionId: subscription, expectedVersion: version, act: 'resume' },
  });
  await catchUp(here);
  expect(await shown()).toEqual(['1 真正改了的']);
});

test('a platform that came back from a backup is read anew: what it lost is taken down, what differs is replaced', async () => {
  offer('1', '备份里有的');
  const saved = there.length();
  offer('2', '备份以后的');
  offer('3', '也是备份以后的');
  await catchUp(here);
  expect(await shown()).toHaveLength(3);
  there.restore(saved);
  // The first turn hears that it is ahead, the next one reads.
  await catchUp(here);
  await catchUp(here);
  expect(await shown()).toEqual(['1 备份里有的']);
  expect(await standing()).toMatchObject({ trouble_code: null, cursor: String(saved) });
  // Numbers that were given before are given again, for something else.
  offer('2', '另一件事');
  await catchUp(here);
  expect(await shown()).toEqual(['1 备份里有的', '2 另一件事']);
});

test('of two who add one platform under two addresses at the same time, one is told so', async () => {
  const operator = { ...here.district.actor, roles: ['operator'] as const };
  const instance = randomUUID();
  const add = (address: string) =>
    here.stage.perform(operator, createSubscription, {
      ...{ ...someTerms(here), address, about: { instance, name: '某平台', reach: 'r' } },
      sealedKey: Buffer.alloc(40),
    });
  const hosts = ['a', 'b', 'c', 'd'].map((host) => `http://${host}.example.test`);
  const outcomes = await Promise.allSettled(hosts.map(add));
  expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  const codes = outcomes.flatMap((one) =>
    one.status === 'rejected' ? [(one.reason as { code: string }).code] : [],
  );
  expect(codes).toEqual(Array.from({ length: 3 }, () => 'following.platform-claimed'));
});
