import type { OpinionInList } from '../../../contracts/opinion.ts';
import type { Reader } from '../../platform/http.ts';
import { readTimeCursor, writeTimeCursor } from '../../platform/time-cursor.ts';
import { deskOf } from './find-desk.ts';
import { presentListed } from './opinion.presenter.ts';
import { opinionsAnsweredBy, opinionsWaitingAt } from './opinion.queries.ts';

export interface OpinionsWanted {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  readonly show?: 'waiting' | 'answered' | undefined;
}

export interface OpinionPage {
  readonly items: OpinionInList[];
  readonly nextCursor: string | null;
}

/** What is asked of the reader's units, the longest waiting first; or what the reader answered. Keyset paged. */
export async function listOpinions(
  reader: Reader,
  { cursor, limit = 20, show }: OpinionsWanted,
): Promise<OpinionPage> {
  const { db, actor } = reader;
  const after = cursor === undefined ? undefined : readTimeCursor(cursor, 'review.cursor-wrong');
  const rows =
    show === 'answered'
      ? await opinionsAnsweredBy(db, actor.id, after, limit + 1)
      : await opinionsWaitingAt(db, await deskOf(reader), after, limit + 1);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: await presentListed(reader, shown),
    nextCursor: last ? writeTimeCursor({ at: last.askedAt, id: last.id }) : null,
  };
}
