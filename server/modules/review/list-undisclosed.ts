import type { Undisclosed } from '../../../contracts/openness.ts';
import type { Task } from '../../../contracts/review.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Reader } from '../../platform/http.ts';
import { readTimeCursor, writeTimeCursor } from '../../platform/time-cursor.ts';
import { unitNames } from '../identity/index.ts';
import { canReassess } from './undisclosed.policy.ts';
import { undisclosedPage, type UndisclosedRow } from './undisclosed.queries.ts';

/** So many days ahead it comes up on the workbench. */
const leadDays = 14;
const shownTasks = 20;

export interface UndisclosedWanted {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  readonly due?: boolean | undefined;
}

export interface UndisclosedList {
  readonly items: Undisclosed[];
  readonly nextCursor: string | null;
}

/** What the reader's units do not disclose, the one that is due first first. Keyset paged. */
export async function listUndisclosed(reader: Reader, wanted: UndisclosedWanted): Promise<UndisclosedList> {
  const { db, actor, now } = reader;
  const limit = wanted.limit ?? 20;
  const at = wanted.cursor === undefined ? undefined : readTimeCursor(wanted.cursor, 'review.cursor-wrong');
  const rows = await undisclosedPage(
    db,
    actor.scope,
    {
      dueBy: wanted.due === true ? dueBy(now) : undefined,
      after: at && { dueOn: at.at, reviewId: at.id },
    },
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const names = await unitNames(db, [...new Set(shown.map((row) => row.unitId))]);
  return {
    items: shown.flatMap((row) => presentUndisclosed(reader, row, names.get(row.unitId) ?? '')),
    nextCursor: last?.dueOn ? writeTimeCursor({ at: new Date(last.dueOn), id: last.reviewId }) : null,
  };
}

function presentUndisclosed({ actor, now }: Reader, row: UndisclosedRow, unitName: string): Undisclosed[] {
  const { dueOn } = row;
  if (dueOn === null) return [];
  return [
    {
      reviewId: row.reviewId,
      resourceId: row.resourceId,
      title: row.title,
      type: row.type,
      unitName,
      openMode: row.openMode,
      reason: `${row.article} ${row.reasonName}`,
      foundAt: row.foundAt.toISOString(),
      dueOn,
      overdue: dueOn < dayInChina(now),
      reassessable: canReassess(actor, row.unitId),
      lastNote: row.lastNote,
    },
  ];
}

const dueBy = (now: Date): string => dayInChina(new Date(now.getTime() + leadDays * 86_400_000));

/** 待重新评估: what is due, or will be within two weeks, for those who may look at it again. */
export async function reassessmentTasks({ db, actor, now }: Reader): Promise<Task[]> {
  if (!actor.roles.includes('reviewer') && !actor.roles.includes('principal')) return [];
  const rows = await undisclosedPage(db, actor.scope, { dueBy: dueBy(now) }, shownTasks);
  return rows
    .filter((row) => canReassess(actor, row.unitId))
    .map((row) => ({
      kind: 'reassessment',
      title: row.title,
      detail: `${row.openMode} · ${row.reasonName} · ${row.dueOn ?? ''}前重新评估`,
      since: row.foundAt.toISOString(),
      resourceId: row.resourceId,
      reviewId: row.reviewId,
      columnId: null,
      correctionId: null,
    }));
}
