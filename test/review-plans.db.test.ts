import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Actor } from '../contracts/actor.ts';
import { waitingCalls } from '../server/modules/review/call.queries.ts';
import { listReviews } from '../server/modules/review/list-reviews.ts';
import { reviewsEscalatedTo } from '../server/modules/review/review.queries.ts';
import { openedAmong } from '../server/modules/review/opening.queries.ts';
import type { Db } from '../server/platform/db.ts';
import { anAccount } from './factories/identity.ts';
import { readingsOf } from './factories/readings.ts';
import { aDatabase } from './harness.ts';

const { db, url } = aDatabase();
const count = 20_000;
/** One in a hundred is open and half of those have a time limit: whoever reads a table whole reads a hundred times more. */
const enough = 1_500;
const now = new Date('2026-11-27T02:00:00Z');
let operator: Actor;
let principal: Actor;

beforeAll(async () => {
  operator = (await anAccount(db, { roles: ['operator'] })).actor;
  principal = (await anAccount(db, { roles: ['principal'] })).actor;
  await sql`
    insert into review.review (resource_id, revision_id, revision_digest, unit_id, type, title, chain, step, state,
      submitted_by, submitted_by_name, author_ids, submitted_at, step_since, ended_at,
      soon_at, due_at, escalate_at, call_at, escalated_ids)
    select n, n, decode(repeat('00', 32), 'hex'), ${principal.unitId}::bigint, 'article', '标题' || n,
      '[{"key":"signature","name":"签发","role":"principal"}]', 0, case when n % 100 = 0 then 'open' else 'signed' end,
      1, '某', array[1], ${now}, ${now}, case when n % 100 = 0 then null else now() end,
      t.at, t.at, t.at, case when n % 400 = 0 then t.at end, case when n % 2000 = 0 then array[${principal.id}::bigint] end
    from generate_series(1, ${count}) as n,
      lateral (select case when n % 200 = 0 then ${now}::timestamptz + (n % 1000 - 500) * interval '1 minute' end as at) as t`.execute(
    db,
  );
  await sql`insert into review.opening (review_id, account_id, revision_digest, opened_at)
    select id, ${principal.id}::bigint, revision_digest, ${now} from review.review`.execute(db);
  await sql`analyze review.review, review.opening`.execute(db);
});

async function expectFewRows(ask: (db: Db) => Promise<unknown>): Promise<void> {
  for (const { sql: text, rows } of await readingsOf(url, ask)) expect(rows, text).toBeLessThan(enough);
}

describe('among many reviews, only what is answered is read', () => {
  it.each<[string, (on: Db) => Promise<unknown>]>([
    ['of what the clock has to do', (on) => waitingCalls(on, now, 100)],
    ['of what is overdue', (on) => listReviews({ db: on, actor: operator, now }, { deadline: 'overdue' })],
    ['of what is due soon', (on) => listReviews({ db: on, actor: operator, now }, { deadline: 'soon' })],
    [
      'of what is overdue and waits for somebody',
      (on) => listReviews({ db: on, actor: principal, now }, { deadline: 'overdue', mine: true }),
    ],
    [
      'of what is escalated to somebody',
      (on) => reviewsEscalatedTo(on, { actor: principal, delegators: [] }, 100),
    ],
    ['of what somebody opened', (on) => openedAmong(on, principal.id, ['100', '200', '300'])],
  ])('%s', async (_what, ask) => {
    await expectFewRows(ask);
  });
});
