import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { ProposalReason, ProposalState, ProposedKind } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';
import type { ProposedRelation } from './version.types.ts';

/**
 * What some names propose now. What was decided stays decided, and what is recorded already, in whichever direction, needs
 * no proposal.
 */
export async function replaceProposals(
  db: Db,
  names: readonly string[],
  found: readonly ProposedRelation[],
  at: Date,
): Promise<void> {
  const given = sql`unnest(${found.map((one) => one.fromId)}::bigint[], ${found.map((one) => one.kind)}::text[],
      ${found.map((one) => one.toId)}::bigint[], ${found.map((one) => one.name)}::text[],
      ${found.map((one) => one.reason)}::text[], ${found.map((one) => one.evidence)}::text[],
      ${found.map((one) => one.confidence)}::smallint[])
    as given (from_id, kind, to_id, name, reason, evidence, confidence)`;
  await sql`
    delete from library.relation_proposal as known
    where known.state = 'proposed' and known.name = any(${[...names]}::text[]) and not exists (
      select from ${given}
      where given.from_id = known.from_id and given.kind = known.kind and given.to_id = known.to_id
    )`.execute(db);
  await sql`
    insert into library.relation_proposal (from_id, kind, to_id, name, reason, evidence, confidence, found_at, unit_id)
    select given.*, ${at}::timestamptz, resource.unit_id
    from ${given} join library.resource on resource.id = given.from_id
    where not exists (
      select from library.relation
      where relation.kind in ('amends', 'repeals', 'replacedBy')
        and (relation.resource_id, relation.target_id) in ((given.from_id, given.to_id), (given.to_id, given.from_id))
    )
    on conflict (from_id, kind, to_id) do update
      set evidence = excluded.evidence, confidence = excluded.confidence, name = excluded.name
      where relation_proposal.state = 'proposed'`.execute(db);
}

export interface ProposalFilter {
  readonly unitId?: string | undefined;
  readonly kind?: ProposedKind | undefined;
  readonly state: ProposalState;
  readonly least: number;
  readonly after?: { readonly confidence: number; readonly id: string } | undefined;
}

export interface ProposalRow {
  readonly id: string;
  readonly fromId: string;
  readonly fromUnitId: string;
  readonly kind: ProposedKind;
  readonly toId: string;
  readonly reason: ProposalReason;
  readonly evidence: string;
  readonly confidence: number;
  readonly state: ProposalState;
  readonly foundAt: Date;
}

/** Proposals of which the naming side is in scope and both sides are public. */
function proposalsInScope(db: Db, scope: Scope, { unitId, kind, state, least }: ProposalFilter) {
  let query = db
    .selectFrom('library.relation_proposal as proposal')
    .innerJoin('library.resource as naming', 'naming.id', 'proposal.from_id')
    .innerJoin('library.resource as named', 'named.id', 'proposal.to_id')
    .where(inScope(scope, 'proposal.unit_id'))
    .where('naming.live_revision_id', 'is not', null)
    .where('named.live_revision_id', 'is not', null)
    .where('proposal.state', '=', state)
    .where('proposal.confidence', '>=', least);
  if (unitId !== undefined) query = query.where('proposal.unit_id', '=', unitId);
  if (kind !== undefined) query = query.where('proposal.kind', '=', kind);
  return query;
}

/** One page, the surest and newest first. */
export function proposalPage(
  db: Db,
  scope: Scope,
  filter: ProposalFilter,
  limit: number,
): Promise<readonly ProposalRow[]> {
  let query = proposalsInScope(db, scope, filter).select([
    'proposal.id',
    'proposal.from_id as fromId',
    'proposal.unit_id as fromUnitId',
    sql<ProposedKind>`proposal.kind`.as('kind'),
    'proposal.to_id as toId',
    sql<ProposalReason>`proposal.reason`.as('reason'),
    'proposal.evidence',
    'proposal.confidence',
    sql<ProposalState>`proposal.state`.as('state'),
    'proposal.found_at as foundAt',
  ]);
  if (filter.after) {
    const { confidence, id } = filter.after;
    query = query.where(
      sql<boolean>`(proposal.confidence, proposal.id) < (${confidence}::smallint, ${id}::bigint)`,
    );
  }
  return query.orderBy('proposal.confidence', 'desc').orderBy('proposal.id', 'desc').limit(limit).execute();
}

export async function countProposals(
  db: Db,
  scope: Scope,
  filter: ProposalFilter,
  cap: number,
): Promise<{ value: number; capped: boolean }> {
  const some = proposalsInScope(db, scope, filter)
    .select('proposal.id')
    .limit(cap + 1);
  const row = await db
    .selectFrom(some.as('some'))
    .select((is) => is.fn.countAll<string>().as('number'))
    .executeTakeFirstOrThrow();
  return { value: Math.min(Number(row.number), cap), capped: Number(row.number) > cap };
}

export interface OpenProposal {
  readonly id: string;
  readonly fromId: string;
  readonly kind: ProposedKind;
  readonly toId: string;
  readonly state: ProposalState;
}

const openColumns = [
  'id',
  'from_id as fromId',
  sql<ProposedKind>`kind`.as('kind'),
  'to_id as toId',
  sql<ProposalState>`state`.as('state'),
] as const;

export function proposalForUpdate(db: Db, id: string): Promise<OpenProposal | undefined> {
  return db
    .selectFrom('library.relation_proposal')
    .select(openColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Undecided ones among what a unit brought in from elsewhere, in the order in which they were found. */
export function proposalsOfImports(
  db: Db,
  { unitId, least, after }: { readonly unitId: string; readonly least: number; readonly after: string },
  limit: number,
): Promise<readonly OpenProposal[]> {
  return db
    .selectFrom('library.relation_proposal')
    .select(openColumns)
    .where('state', '=', 'proposed')
    .where('confidence', '>=', least)
    .where('id', '>', after)
    .where('from_id', 'in', (is) =>
      is
        .selectFrom('library.resource')
        .select('library.resource.id')
        .where('unit_id', '=', unitId)
        .where('imported_from', 'is not', null),
    )
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .execute();
}

export async function decideProposals(
  db: Db,
  ids: readonly string[],
  decision: { readonly state: ProposalState; readonly by: string | null; readonly at: Date },
): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('library.relation_proposal')
    .set({ state: decision.state, decided_by: decision.by, decided_at: decision.at })
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute();
}
