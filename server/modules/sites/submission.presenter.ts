import type { Submission, SubmissionSide, SubmissionState } from '../../../contracts/ways.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { type Calendar, lastWorkingDay, loadCalendar } from '../../platform/working-days.ts';
import { isInScope, unitNames } from '../identity/index.ts';
import { canEdit, type LiveHeading, liveHeadings } from '../library/index.ts';
import type { PublicBase } from './address.rules.ts';
import { columnById, columnsById, type ColumnRow } from './column.queries.ts';
import { type OpenPlace, openPlaces } from './open-places.ts';
import { allSites } from './site.queries.ts';
import { canFill, canRetitle } from './sites.policy.ts';
import {
  forColumnsOf,
  offeredBy,
  submissionById,
  type SubmissionRow,
  submissionsBefore,
} from './submission.queries.ts';

type Asking = Pick<Reader, 'db' | 'actor' | 'now'>;

/** Within so many working days an offer is to be decided on. */
const adoptionDays = 3;

export const dueDayOf = (
  calendar: Calendar,
  { offeredAt }: Pick<SubmissionRow, 'offeredAt'>,
): string | null => lastWorkingDay(calendar, dayInChina(offeredAt), adoptionDays);

/** Both sides know of it; for everybody else it does not exist. */
export async function getSubmission(
  { db, actor }: Pick<Asking, 'db' | 'actor'>,
  id: string,
): Promise<SubmissionRow> {
  const row = await submissionById(db, id);
  const column = row && (await columnById(db, row.columnId));
  if (row && column) {
    if (isInScope(actor.scope, row.unitId)) return row;
    if (row.state !== 'prepared' && isInScope(actor.scope, column.unitId)) return row;
  }
  throw new AppError('not-found', 'sites.submission-not-found', '没有这次报送，或者您无权查看。');
}

export interface SubmissionQuery {
  readonly side: SubmissionSide;
  readonly state?: SubmissionState;
  readonly cursor?: string;
  readonly limit?: number;
}

export async function listSubmissions(reader: Asking, base: PublicBase, query: SubmissionQuery) {
  const { side, state, cursor, limit = 20 } = query;
  if (cursor !== undefined && !/^[1-9]\d{0,17}$/.test(cursor)) {
    throw new AppError('invalid', 'sites.cursor-wrong', '翻页位置无效，请从第一页重新开始。');
  }
  const condition = side === 'waiting' ? forColumnsOf(reader.actor.scope) : offeredBy(reader.actor.scope);
  const rows = await submissionsBefore(reader.db, condition, {
    state,
    before: cursor ?? null,
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit);
  return {
    items: await presentSubmissions(reader, base, shown),
    nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

export async function presentSubmission(reader: Asking, base: PublicBase, id: string): Promise<Submission> {
  const row = await submissionById(reader.db, id);
  const [submission] = row ? await presentSubmissions(reader, base, [row]) : [];
  if (!submission) throw new Error(`submission ${id} could not be presented`);
  return submission;
}

async function presentSubmissions(
  { db, actor, now }: Asking,
  base: PublicBase,
  rows: readonly SubmissionRow[],
): Promise<Submission[]> {
  if (rows.length === 0) return [];
  const ids = [...new Set(rows.map((row) => row.resourceId))];
  const headings = await liveHeadings(db, ids);
  const columns = new Map(
    (await columnsById(db, [...new Set(rows.map((row) => row.columnId))])).map((one) => [one.id, one]),
  );
  const siteName = new Map((await allSites(db)).map((site) => [site.id, site.shortName]));
  const names = await unitNames(db, [...new Set(rows.map((row) => row.unitId))]);
  const places = await openPlaces(db, base, ids, []);
  const calendar = await loadCalendar(db);
  const today = dayInChina(now);
  return rows.flatMap((row): Submission[] => {
    const column = columns.get(row.columnId);
    if (!column) return [];
    const { id, resourceId, columnId, state, note, offeredByName, decidedByName, reason, ended } = row;
    const dueOn = dueDayOf(calendar, row);
    return [
      {
        ...{ id, resourceId, columnId, state, note, offeredByName, decidedByName, reason, ended },
        ...wordsOf(headings.get(resourceId), places.get(resourceId)),
        unitName: names.get(row.unitId) ?? '',
        columnName: column.name,
        siteName: siteName.get(column.siteId) ?? '',
        offeredAt: row.offeredAt.toISOString(),
        decidedAt: row.decidedAt?.toISOString() ?? null,
        dueOn,
        overdue: state === 'offered' && dueOn !== null && today > dueOn,
        actions: actionsOn(actor, row, column),
      },
    ];
  });
}

/** What citizens read of it: nothing while it is not public. */
function wordsOf(
  heading: LiveHeading | undefined,
  place: OpenPlace | undefined,
): Pick<Submission, 'title' | 'summary' | 'url'> {
  if (!heading) return { title: null, summary: null, url: null };
  return { title: heading.title, summary: heading.summary, url: place?.url ?? null };
}

function actionsOn(
  actor: Asking['actor'],
  { state, unitId }: SubmissionRow,
  column: ColumnRow,
): Submission['actions'] {
  const open = state === 'offered';
  return [
    ...(open && canFill(actor, column.unitId) ? (['adopt', 'return'] as const) : []),
    ...(open && canRetitle(actor, column.unitId) ? (['retitle'] as const) : []),
    ...((open || state === 'prepared') && canEdit(actor, unitId) ? (['withdraw'] as const) : []),
  ];
}
