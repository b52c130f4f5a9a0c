import type { UpdateRule, UpdateState, UpdateWarning } from '../../../contracts/sites.ts';
import type { Db } from '../../platform/db.ts';
import { type ColumnRow, lastEntries } from './column.queries.ts';
import { takesEntries } from './column.rules.ts';
import { dueAfter, soonAfter, updateStateOf } from './update-times.ts';

/** A column that is to be updated, and since when or until when. */
export interface WaitingColumn {
  readonly column: ColumnRow;
  readonly rule: UpdateRule;
  readonly state: Exclude<UpdateState, 'fresh'>;
  readonly lastEntryAt: Date | null;
  /** When it became or becomes overdue; a column without entries has been so since it was made. */
  readonly dueAt: Date;
  /** From when on one is reminded of it. */
  readonly soonAt: Date;
}

/**
 * The open columns with an interval that wait for an update soon, already, or for their first entry. What leads elsewhere
 * is kept filled there, and waits for nothing here.
 */
export async function waitingAmong(
  db: Db,
  columns: readonly ColumnRow[],
  { now, warning }: { readonly now: Date; readonly warning: UpdateWarning },
): Promise<readonly WaitingColumn[]> {
  const asked = columns.filter(
    ({ closedAt, kind, linkUrl }) => closedAt === null && linkUrl === null && takesEntries(kind),
  );
  const timed = asked.filter(({ updateRule }) => updateRule !== null && updateRule.kind !== 'event');
  const last = await lastEntries(
    db,
    timed.map(({ id }) => id),
  );
  return timed.flatMap((column): WaitingColumn[] => {
    const { updateRule: rule, createdAt } = column;
    const lastEntryAt = last.get(column.id) ?? null;
    const state = updateStateOf({ updateRule: rule, lastEntryAt, closed: false }, now, warning);
    if (state === 'fresh' || rule === null) return [];
    const dueAt = (lastEntryAt && dueAfter(rule, lastEntryAt)) ?? createdAt;
    const soonAt = (lastEntryAt && soonAfter(rule, lastEntryAt, warning)) ?? createdAt;
    return [{ column, rule, state, lastEntryAt, dueAt, soonAt }];
  });
}
