import { sql } from 'kysely';

import type { EntryChange, KeepingWay, UpdateRule, UpdateWarning } from '../../../contracts/sites.ts';
import type { Db } from '../../platform/db.ts';

/** What an entry says beside the unit and the update rule, which stand with the column. */
export interface EntryRow {
  readonly columnId: string;
  readonly responsibleId: string | null;
  readonly contactId: string | null;
  readonly requirement: string;
  readonly ways: readonly KeepingWay[];
  readonly supplierIds: readonly string[];
  readonly version: number;
}

export async function entriesOf(
  db: Db,
  columnIds: readonly string[],
): Promise<ReadonlyMap<string, EntryRow>> {
  if (columnIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('sites.responsibility_entry')
    .select([
      'column_id as columnId',
      'responsible_id as responsibleId',
      'contact_id as contactId',
      'requirement',
      sql<KeepingWay[]>`ways`.as('ways'),
      sql<string[]>`unit_ids::text[]`.as('supplierIds'),
      'version',
    ])
    .where('column_id', 'in', [...columnIds])
    .execute();
  return new Map(rows.map((row) => [row.columnId, row]));
}

/** What a column's entry said until some instant, as the database noted it. */
export interface PastState {
  readonly name: string;
  readonly unitId: string;
  readonly closed: boolean;
  readonly updateRule: UpdateRule | null;
  readonly responsibleId: string | null;
  readonly contactId: string | null;
  readonly requirement: string;
  readonly ways: readonly KeepingWay[];
  readonly supplierIds: readonly string[];
}

interface NotedState extends Omit<PastState, 'updateRule' | 'supplierIds'> {
  readonly updateDays: number | null;
  readonly updateMonths: number | null;
  readonly updateEvent: string | null;
  readonly unitIds: readonly string[];
}

function notedRule({ updateDays, updateMonths, updateEvent }: NotedState): UpdateRule | null {
  if (updateDays !== null) return { kind: 'days', days: updateDays };
  if (updateMonths !== null) return { kind: 'months', months: updateMonths };
  return updateEvent === null ? null : { kind: 'event', words: updateEvent };
}

/** What held at an instant, of those columns that were changed since. */
export async function statesAt(
  db: Db,
  columnIds: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, PastState>> {
  const { rows } = await sql<{ id: string; state: NotedState }>`
    select distinct on (column_id) column_id as id, state from sites.responsibility_past
    where column_id = any(${[...columnIds]}::bigint[]) and until >= ${at}
    order by column_id, until`.execute(db);
  return new Map(
    rows.map(({ id, state }) => {
      const { name, unitId, closed, responsibleId, contactId, requirement, ways, unitIds } = state;
      const people = { responsibleId, contactId };
      const rule = notedRule(state);
      return [
        id,
        { name, unitId, closed, updateRule: rule, ...people, requirement, ways, supplierIds: unitIds },
      ];
    }),
  );
}

/** What is undefined stays. */
export async function updateEntry(
  db: Db,
  columnId: string,
  change: Pick<EntryChange, 'responsibleId' | 'contactId' | 'requirement' | 'ways' | 'supplierIds'>,
): Promise<void> {
  await db
    .updateTable('sites.responsibility_entry')
    .set({
      responsible_id: change.responsibleId,
      contact_id: change.contactId,
      requirement: change.requirement,
      ways: change.ways,
      unit_ids: change.supplierIds,
      version: sql`version + 1`,
    })
    .where('column_id', '=', columnId)
    .execute();
}

/** Columns that came into the database without one get an empty entry. */
export async function requireEntries(db: Db, columnIds: readonly string[]): Promise<void> {
  await db
    .insertInto('sites.responsibility_entry')
    .values(columnIds.map((id) => ({ column_id: id })))
    .onConflict((conflict) => conflict.column('column_id').doNothing())
    .execute();
}

export function readUpdateWarning(db: Db): Promise<UpdateWarning> {
  return db
    .selectFrom('sites.update_warning')
    .select([
      'soon_percent as soonPercent',
      'fortnight_days as fortnightDays',
      'escalate_days as escalateDays',
      'topic_days as topicDays',
    ])
    .executeTakeFirstOrThrow();
}

export async function writeUpdateWarning(db: Db, warning: UpdateWarning): Promise<void> {
  const { soonPercent, fortnightDays, escalateDays, topicDays } = warning;
  await db
    .updateTable('sites.update_warning')
    .set({
      soon_percent: soonPercent,
      fortnight_days: fortnightDays,
      escalate_days: escalateDays,
      topic_days: topicDays,
    })
    .execute();
}
