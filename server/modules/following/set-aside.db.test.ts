import { randomUUID } from 'node:crypto';

import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { aPlatform, aSubscription, catchUp, type Platform } from '../../../test/factories/following.ts';
import { someContent } from '../../../test/factories/sites.ts';
import {
  type Answer,
  aFile,
  aToldPlatform,
  type ToldPlatform,
} from '../../../test/factories/told-platform.ts';
import { aDatabase } from '../../../test/harness.ts';
import { aSystem } from '../../../test/system.ts';
import { usualLimits } from './follow-pace.rules.ts';
import { retryItems } from './retry-items.ts';

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
  await catchUp(here);
});
afterEach(async () => {
  there.close();
  await sql`update following.subscription set state = 'ended', sealed_key = null where id = ${subscription}`.execute(
    db,
  );
});

let ids = 10;
const anId = (): string => String((ids += 1));
const csv = '项目,数量\n沙袋,300\n';
const breaksOff: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': '100000' });
  response.write('项目,', () => response.destroy());
};
const gives =
  (bytes: string): Answer =>
  (_request, response) =>
    response.end(bytes);
const fails: Answer = (_request, response) => response.writeHead(500).end('{}');

/** A resource with a file of its own, and what its file is asked for by. */
function offerWithFile(id: string, title: string): string {
  const { file, path } = aFile(`${csv}${id}`);
  there.offer(id, {
    content: { ...someContent({ title }), attachments: [{ assetId: '7', name: '附件' }] },
    files: [file],
  });
  return path;
}
const offer = (id: string, title: string): void => {
  there.offer(id, { content: someContent({ title }) });
};

async function itemOf(id: string) {
  const { rows } = await sql<{
    state: string;
    code: string | null;
    tries: number;
    since: Date | null;
    title: string | null;
    isLive: boolean | null;
  }>`
    select item.state, item.problem_code as code, item.tries, item.set_aside_at as since,
      revision.content ->> 'title' as title, resource.live_revision_id is not null as "isLive"
    from following.item left join library.resource on resource.id = item.resource_id
    left join library.revision on revision.id = resource.head_revision_id
    where subscription_id = ${subscription} and source_id = ${id}`.execute(db);
  return rows[0];
}
const standing = () =>
  db
    .selectFrom('following.subscription')
    .selectAll()
    .where('id', '=', subscription)
    .executeTakeFirstOrThrow();

/** While it lasts, what is written of resources under this name fails as if the program were wrong. */
async function whileWritingFails(
  table: 'resource' | 'revision',
  condition: string,
  act: () => Promise<void>,
): Promise<void> {
  await sql
    .raw(
      `create function public.fail() returns trigger language plpgsql as $$ begin raise exception 'broken on purpose'; end $$;
       create trigger fail before insert or update on library.${table} for each row when (${condition}) execute function public.fail()`,
    )
    .execute(db);
  try {
    await act();
  } finally {
    await sql.raw(`drop trigger fail on library.${table}; drop function public.fail()`).execute(db);
  }
}

test('a file that breaks off sets its own resource aside; the next ones come, and it comes later', async () => {
  const [broken, good] = [anId(), anId()];
  there.answers.set(offerWithFile(broken, '断的'), breaksOff);
  offer(good, '好的');
  await catchUp(here);
  expect(await itemOf(broken)).toMatchObject({ state: 'set-aside', code: 'file-unavailable', tries: 1 });
  expect(await itemOf(good)).toMatchObject({ state: 'taken', isLive: true });
  expect(await standing()).toMatchObject({ trouble_code: null, cursor: String(there.length()) });
  const first = await itemOf(broken);
  await catchUp(here);
  expect(await itemOf(broken)).toMatchObject({ tries: 2, since: first?.since });
  there.answers.clear();
  there.answers.set('/v1/assets/', gives(`${csv}${broken}`));
  await catchUp(here);
  expect(await itemOf(broken)).toMatchObject({ state: 'taken', isLive: true, tries: 0, since: null });
});

test('a file that is not there is asked for again, too', async () => {
  const id = anId();
  offerWithFile(id, '没有文件');
  await catchUp(here);
  expect(await itemOf(id)).toMatchObject({ state: 'set-aside', code: 'file-unavailable' });
  there.answers.set('/v1/assets/', gives(`${csv}${id}`));
  await catchUp(here);
  expect(await itemOf(id)).toMatchObject({ state: 'taken' });
});

test('one that the platform cannot tell, and with which it tells nothing, is found among many', async () => {
  const many = Array.from({ length: 20 }, anId);
  const bad = many[13] ?? '';
  for (const id of many) offer(id, `第${id}条`);
  there.answers.set('/v1/contents', (request, response) => {
    const asked = new URL(request.url ?? '', 'http://x').searchParams.get('ids') ?? '';
    (asked.split(',').includes(bad) ? fails : there.usual)(request, response);
  });
  await catchUp(here);
  const states = await Promise.all(many.map(async (id) => (await itemOf(id))?.state));
  expect(new Set(states.filter((_state, at) => at !== 13))).toEqual(new Set(['taken']));
  expect(await itemOf(bad)).toMatchObject({ state: 'set-aside', code: 'content-unavailable' });
  expect(await standing()).toMatchObject({ trouble_code: null });
  there.answers.clear();
  await catchUp(here);
  expect(await itemOf(bad)).toMatchObject({ state: 'taken', title: `第${bad}条` });
});

test('one that cannot be written here is set aside, and the others of its page are written', async () => {
  const [bad, good] = [anId(), anId()];
  offer(bad, '写不进');
  offer(good, '写得进');
  await whileWritingFails('revision', `new.content ->> 'title' = '写不进'`, () => catchUp(here));
  expect(await itemOf(bad)).toMatchObject({ state: 'set-aside', code: 'write-failed', tries: 1 });
  expect(await itemOf(good)).toMatchObject({ state: 'taken' });
  expect(await standing()).toMatchObject({ trouble_code: null });
  await catchUp(here);
  expect(await itemOf(bad)).toMatchObject({ state: 'taken', isLive: true });
});

test('a withdrawal that fails is said and tried again, and the other ones take effect', async () => {
  const [bad, good] = [anId(), anId()];
  offer(bad, '撤不下');
  offer(good, '撤得下');
  await catchUp(here);
  const { resource_id: ours } = await db
    .selectFrom('following.item')
    .select('resource_id')
    .where('subscription_id', '=', subscription)
    .where('source_id', '=', bad)
    .executeTakeFirstOrThrow();
  there.remove(bad);
  there.remove(good);
  await whileWritingFails('resource', `new.id = ${String(ours)} and new.stage = 'withdrawn'`, () =>
    catchUp(here),
  );
  expect(await itemOf(bad)).toMatchObject({ state: 'set-aside', code: 'removal-failed', isLive: true });
  expect(await itemOf(good)).toMatchObject({ state: 'removed', isLive: false });
  // It is taken down without another question to the platform.
  there.answers.set('/v1/contents', fails);
  await catchUp(here);
  expect(await itemOf(bad)).toMatchObject({ state: 'removed', isLive: false });
});

test('what is set aside is taken down when it is taken down there, and replaced by what comes later', async () => {
  const [gone, renewed] = [anId(), anId()];
  for (const id of [gone, renewed]) offer(id, '第一版');
  await catchUp(here);
  there.answers.set('/v1/assets/', breaksOff);
  for (const id of [gone, renewed]) offerWithFile(id, '第二版');
  await catchUp(here);
  for (const id of [gone, renewed])
    expect(await itemOf(id)).toMatchObject({ state: 'set-aside', title: '第一版', isLive: true });
  there.remove(gone);
  offer(renewed, '第三版');
  await catchUp(here);
  expect(await itemOf(gone)).toMatchObject({ state: 'removed', isLive: false, tries: 0 });
  expect(await itemOf(renewed)).toMatchObject({ state: 'taken', title: '第三版', isLive: true });
});

test('what was taken down and comes back in pieces is shown again in the end', async () => {
  const id = anId();
  offer(id, '第一版');
  await catchUp(here);
  there.remove(id);
  await catchUp(here);
  there.answers.set('/v1/assets/', breaksOff);
  offerWithFile(id, '第二版');
  await catchUp(here);
  expect(await itemOf(id)).toMatchObject({ state: 'set-aside', isLive: false });
  there.answers.set('/v1/assets/', gives(`${csv}${id}`));
  await catchUp(here);
  expect(await itemOf(id)).toMatchObject({ state: 'taken', title: '第二版', isLive: true });
});

test('files that hang cost their own resource its time', async () => {
  here.limits.resource = 150;
  const [slow, good] = [anId(), anId()];
  there.answers.set(offerWithFile(slow, '慢的'), (_request, response) => response.write('项'));
  offer(good, '快的');
  await catchUp(here);
  expect(await itemOf(slow)).toMatchObject({ state: 'set-aside', code: 'too-slow' });
  expect(await itemOf(good)).toMatchObject({ state: 'taken' });
});

test('between two turns of trying again the feed is read, withdrawals included', async () => {
  const [bad, gone] = [anId(), anId()];
  offer(gone, '要撤的');
  there.answers.set(offerWithFile(bad, '总是断的'), breaksOff);
  await catchUp(here);
  there.remove(gone);
  // Due again at once, however often it is tried.
  const isDue = () =>
    sql`update following.item set retry_at = now() - interval '1 hour' where retry_at is not null`.execute(
      db,
    );
  const now = new AbortController().signal;
  here.clock.ahead += 3_600_000;
  for (let turns = 0; turns < 2; turns += 1) {
    await isDue();
    await here.follower.step(now);
  }
  expect(await itemOf(gone)).toMatchObject({ state: 'removed', isLive: false });
});

test('a platform that puts off what is tried again without end is stopped', async () => {
  const id = anId();
  there.answers.set(offerWithFile(id, '断的'), breaksOff);
  await catchUp(here);
  there.answers.set('/v1/contents', (_request, response) =>
    response.end(JSON.stringify({ items: [], rest: [id] })),
  );
  await catchUp(here);
  expect(await standing()).toMatchObject({ state: 'paused', trouble_code: 'following.feed-endless' });
});

test('when more fail than one by one could, it stops and says so, and goes on when they do not', async () => {
  here.limits.mostSetAside = 3;
  there.answers.set('/v1/assets/', fails);
  const before = (await standing()).cursor;
  const bad = Array.from({ length: 3 }, anId);
  for (const id of bad) offerWithFile(id, '坏的');
  await catchUp(here);
  expect(await standing()).toMatchObject({ trouble_code: null });
  const more = anId();
  const path = offerWithFile(more, '又一条坏的');
  const stopped = (await standing()).cursor;
  await catchUp(here);
  expect(await standing()).toMatchObject({
    ...{ state: 'active', trouble_code: 'following.too-many-set-aside', cursor: stopped },
  });
  expect(stopped).not.toBe(before);
  expect(await itemOf(more)).toBeUndefined();
  there.answers.clear();
  for (const id of [...bad, more]) there.answers.set(aFile(`${csv}${id}`).path, gives(`${csv}${id}`));
  expect([...there.answers.keys()]).toContain(path);
  await catchUp(here);
  for (const id of [...bad, more]) expect(await itemOf(id)).toMatchObject({ state: 'taken' });
  expect(await standing()).toMatchObject({ trouble_code: null });
});

test('a platform that is away is no trouble of its resources', async () => {
  const id = anId();
  offerWithFile(id, '对方倒下');
  there.answers.set('/v1/assets/', (request, response) => {
    there.answers.set('/v1/about', fails);
    fails(request, response);
  });
  await catchUp(here);
  expect(await itemOf(id)).toBeUndefined();
  expect(await standing()).toMatchObject({ trouble_code: 'following.platform-unreachable' });
});

test('a full disk here is no trouble of a resource either', async () => {
  const id = anId();
  there.answers.set(offerWithFile(id, '盘满'), gives(`${csv}${id}`));
  const { assets } = system.parts;
  const receive = assets.receive.bind(assets);
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC', syscall: 'write' });
  assets.receive = () => Promise.reject(full);
  await catchUp(here);
  assets.receive = receive;
  expect(await itemOf(id)).toBeUndefined();
  expect((await standing()).trouble_code).toBe('internal');
});

test('an operator tries again at once what is set aside, and what was refused', async () => {
  const operator = { ...here.district.actor, roles: ['operator'] as const };
  const [broken, refused] = [anId(), anId()];
  there.answers.set('/v1/assets/', breaksOff);
  offerWithFile(broken, '断的');
  there.offer(refused, { type: 'x-spaceship' });
  await catchUp(here);
  expect(await itemOf(refused)).toMatchObject({ state: 'refused', code: 'type-unknown' });
  there.answers.set('/v1/assets/', gives(`${csv}${broken}`));
  there.offer(refused);
  const retry = (sourceId: string | null) =>
    here.stage.perform(operator, retryItems, { subscriptionId: subscription, sourceId });
  expect(await retry(refused)).toEqual({ due: 1 });
  expect(await retry(null)).toEqual({ due: 2 });
  const now = new AbortController().signal;
  while ((await here.follower.step(now)) > 0);
  expect(await itemOf(broken)).toMatchObject({ state: 'taken' });
  expect(await itemOf(refused)).toMatchObject({ state: 'taken' });
  await expect(retry(null)).rejects.toMatchObject({ code: 'following.nothing-to-retry' });
});
