import { sql } from 'kysely';

import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { ReviewStep } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import type { ChainRule, ChainSubject } from './chain.types.ts';

/** Whoever defines chains takes turns, so that what was checked still holds when it is written. */
const chainLock = 7246112;

export async function lockChains(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${chainLock})`.execute(db);
}

export interface ChainRow extends ChainRule {
  readonly version: number;
}

export interface ChainVersionRow {
  readonly chainId: string;
  readonly number: number;
  readonly name: string;
  readonly steps: ReviewStep[] | null;
  readonly fewPeopleReason: string | null;
  readonly note: string;
  readonly effectiveOn: string;
  readonly madeByName: string;
  readonly madeAt: Date;
}

function chains(db: Db) {
  return db
    .selectFrom('review.chain')
    .select([
      'id',
      'unit_id as unitId',
      'column_id as columnId',
      sql<ResourceTypeKey | null>`type`.as('type'),
      'version',
    ]);
}

/** Some hundred at most: a chain is made by hand for where things are done differently. */
export function allChains(db: Db): Promise<readonly ChainRow[]> {
  return chains(db).orderBy('id').limit(2000).execute();
}

export function chainById(db: Db, id: string): Promise<ChainRow | undefined> {
  return chains(db).where('id', '=', id).executeTakeFirst();
}

/** Versions of chains, each chain's newest first. */
export function versionsOf(db: Db, chainIds: readonly string[]): Promise<readonly ChainVersionRow[]> {
  return db
    .selectFrom('review.chain_version')
    .select([
      'chain_id as chainId',
      'number',
      'name',
      sql<ReviewStep[] | null>`steps`.as('steps'),
      'few_people_reason as fewPeopleReason',
      'note',
      sql<string>`effective_on::text`.as('effectiveOn'),
      'made_by_name as madeByName',
      'made_at as madeAt',
    ])
    .where('chain_id', '=', sql<string>`any(${[...chainIds]}::bigint[])`)
    .orderBy('chain_id')
    .orderBy('number', 'desc')
    .execute();
}

/** Undefined when there is a chain for these works already. */
export async function insertChain(
  db: Db,
  rule: Omit<ChainRule, 'id'>,
  at: Date,
): Promise<string | undefined> {
  const row = await db
    .insertInto('review.chain')
    .values({
      unit_id: rule.unitId,
      column_id: rule.columnId,
      type: rule.type,
      version: 1,
      created_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** The number that the next version gets. */
export async function countChainVersion(db: Db, id: string): Promise<number> {
  const row = await db
    .updateTable('review.chain')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow();
  return row.version;
}

export interface NewVersionRow extends Omit<ChainVersionRow, 'madeAt'> {
  readonly madeBy: string | null;
}

export async function insertChainVersion(db: Db, version: NewVersionRow, at: Date): Promise<void> {
  await db
    .insertInto('review.chain_version')
    .values({
      chain_id: version.chainId,
      number: version.number,
      name: version.name,
      steps: version.steps === null ? null : JSON.stringify(version.steps),
      few_people_reason: version.fewPeopleReason,
      note: version.note,
      effective_on: version.effectiveOn,
      made_by: version.madeBy,
      made_by_name: version.madeByName,
      made_at: at,
    })
    .execute();
}

export interface ChainInForce extends ChainRule {
  readonly name: string;
  readonly steps: readonly ReviewStep[];
}

/** The chains that hold on a day and could be meant for the subject, each in the version of that day. */
export async function chainsInForce(
  db: Db,
  subject: ChainSubject,
  day: string,
): Promise<readonly ChainInForce[]> {
  const { rows } = await sql<ChainInForce>`
    select c.id, c.unit_id as "unitId", c.column_id as "columnId", c.type, v.name, v.steps
    from review.chain c join lateral (
      select name, steps from review.chain_version
      where chain_id = c.id and effective_on <= ${day} order by number desc limit 1
    ) v on v.steps is not null
    where (c.unit_id is null or c.unit_id = any(${[...subject.unitLine]}::bigint[]))
      and (c.column_id is null or c.column_id = any(${[...subject.columns.keys()]}::bigint[]))
      and (c.type is null or c.type = ${subject.type})`.execute(db);
  return rows;
}
