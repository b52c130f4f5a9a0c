import type { Selectable } from 'kysely';

import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { AttemptProblem, PauseCause } from '../../../contracts/webhook.ts';
import type { WebhookEndpoint } from '../../platform/database.types.ts';
import type { Db } from '../../platform/db.ts';

/** Whom it tells and how far it reaches, as it is stored. */
export interface EndpointTerms {
  readonly name: string;
  readonly holder: string;
  readonly url: string;
  readonly unitIds: readonly string[] | null;
  readonly columnIds: readonly string[] | null;
  readonly types: readonly ResourceTypeKey[] | null;
}

export interface EndpointRow extends EndpointTerms {
  readonly id: string;
  readonly position: string;
  /** Dead letters that were given up until then are to be sent again. */
  readonly deadAgainUntil: Date | null;
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly heldUntil: Date | null;
  readonly lastAttemptAt: Date | null;
  readonly lastStatus: number | null;
  readonly lastProblem: AttemptProblem | null;
  readonly lastSuccessAt: Date | null;
  readonly pausedAt: Date | null;
  readonly pauseCause: PauseCause | null;
  readonly pauseReason: string | null;
  readonly createdAt: Date;
  readonly createdByName: string;
  readonly version: number;
}

export function endpointOf(row: Selectable<WebhookEndpoint>): EndpointRow {
  return {
    id: row.id,
    name: row.name,
    holder: row.holder,
    url: row.url,
    unitIds: row.unit_ids,
    columnIds: row.column_ids,
    types: row.types as ResourceTypeKey[] | null,
    position: row.position,
    deadAgainUntil: row.dead_again_until,
    failures: row.failures,
    failingSince: row.failing_since,
    heldUntil: row.held_until,
    lastAttemptAt: row.last_attempt_at,
    lastStatus: row.last_status,
    lastProblem: row.last_problem as AttemptProblem | null,
    lastSuccessAt: row.last_success_at,
    pausedAt: row.paused_at,
    pauseCause: row.pause_cause as PauseCause | null,
    pauseReason: row.pause_reason,
    createdAt: row.created_at,
    createdByName: row.created_by_name,
    version: row.version,
  };
}

const columnsOf = (terms: EndpointTerms) => ({
  name: terms.name,
  holder: terms.holder,
  url: terms.url,
  unit_ids: terms.unitIds === null ? null : [...terms.unitIds],
  column_ids: terms.columnIds === null ? null : [...terms.columnIds],
  types: terms.types === null ? null : [...terms.types],
});

export interface NewEndpoint extends EndpointTerms {
  readonly position: string;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly createdByName: string;
}

export async function insertEndpoint(db: Db, endpoint: NewEndpoint): Promise<EndpointRow> {
  const row = await db
    .insertInto('webhook.endpoint')
    .values({
      ...columnsOf(endpoint),
      position: endpoint.position,
      created_at: endpoint.createdAt,
      created_by: endpoint.createdBy,
      created_by_name: endpoint.createdByName,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return endpointOf(row);
}

export async function countEndpoints(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('webhook.endpoint')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** All of them, newest first; a district has some dozens. */
export async function allEndpoints(db: Db): Promise<readonly EndpointRow[]> {
  const rows = await db.selectFrom('webhook.endpoint').selectAll().orderBy('id', 'desc').execute();
  return rows.map(endpointOf);
}

export async function endpointById(db: Db, id: string): Promise<EndpointRow | undefined> {
  const row = await db.selectFrom('webhook.endpoint').selectAll().where('id', '=', id).executeTakeFirst();
  return row && endpointOf(row);
}

export async function endpointForUpdate(db: Db, id: string): Promise<EndpointRow | undefined> {
  const row = await db
    .selectFrom('webhook.endpoint')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && endpointOf(row);
}

/** What an operator changes of a locked endpoint; its version counts the acts of people. */
export interface EndpointChange {
  readonly terms?: EndpointTerms;
  readonly position?: string;
  readonly deadAgainUntil?: Date | null;
  readonly pause?: { readonly at: Date; readonly cause: PauseCause; readonly reason: string | null } | null;
  /** Forget how often it failed, and send at once. */
  readonly isFresh?: true;
}

export async function changeEndpoint(
  db: Db,
  endpoint: EndpointRow,
  { terms, position, deadAgainUntil, pause, isFresh }: EndpointChange,
): Promise<EndpointRow> {
  const row = await db
    .updateTable('webhook.endpoint')
    .set({
      version: endpoint.version + 1,
      ...(terms ? columnsOf(terms) : {}),
      ...(position === undefined ? {} : { position }),
      ...(deadAgainUntil === undefined ? {} : { dead_again_until: deadAgainUntil }),
      ...(pause === undefined
        ? {}
        : {
            paused_at: pause?.at ?? null,
            pause_cause: pause?.cause ?? null,
            pause_reason: pause?.reason ?? null,
          }),
      ...(isFresh ? { failures: 0, failing_since: null, held_until: null } : {}),
    })
    .where('id', '=', endpoint.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return endpointOf(row);
}
