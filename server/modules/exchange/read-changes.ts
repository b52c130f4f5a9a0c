import type { OpenChange, OpenChangePage } from '../../../contracts/open-exchange.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { type ChangeRow, changesAfter, feedHead, openIds, positionBefore } from '../library/index.ts';
import type { KeyView } from './key-view.ts';
import { marksOf } from './mark-contents.ts';
import { readChangeCursor, writeChangeCursor } from './open-cursor.rules.ts';

export interface ChangesWish {
  readonly after?: string | undefined;
  readonly since?: string | undefined;
  readonly limit?: number | undefined;
}

/** Positions that one answer looks through: a key that sees little is answered in time, and told to go on. */
const positionsPerAnswer = 5_000;
const defaultLimit = 100;

async function startOf(db: Db, { after, since }: ChangesWish): Promise<string> {
  if (after !== undefined && since !== undefined) {
    throw new AppError('invalid', 'exchange.start-twice', '起点只能给一个：after 或 since。');
  }
  if (after !== undefined) return readChangeCursor(after);
  return since === undefined ? '0' : positionBefore(db, new Date(since));
}

/**
 * The change feed as a key sees it. Whoever goes on from the cursor of each answer gets every change once; the last one
 * of a resource says what it is.
 */
export async function readChanges(db: Db, view: KeyView, wish: ChangesWish): Promise<OpenChangePage> {
  const start = BigInt(await startOf(db, wish));
  const head = BigInt(await feedHead(db));
  if (start > head) {
    const message = '这个起点在变更序列之后：数据可能从备份恢复过，请从头同步。';
    throw new AppError('conflict', 'exchange.cursor-ahead', message);
  }
  const limit = wish.limit ?? defaultLimit;
  const reach = start + BigInt(positionsPerAnswer);
  const upTo = reach < head ? reach : head;
  const rows = await changesAfter(db, {
    after: String(start),
    upTo: String(upTo),
    view: view.ever,
    limit,
  });
  const end = rows.length === limit ? BigInt(rows.at(-1)?.position ?? upTo) : upTo;
  return {
    items: await presentChanges(db, view, rows),
    cursor: writeChangeCursor(String(end)),
    more: end < head,
  };
}

export async function presentChanges(
  db: Db,
  view: KeyView,
  rows: readonly ChangeRow[],
): Promise<OpenChange[]> {
  const visible = await openIds(db, view.now, [...new Set(rows.map((row) => row.resourceId))]);
  const marks = await marksOf(db, view, [...visible]);
  return rows.map((row): OpenChange => {
    const isEnd = row.kind === 'withdrawn' || row.kind === 'expired';
    const deleted = isEnd || !visible.has(row.resourceId);
    return {
      cursor: writeChangeCursor(row.position),
      id: row.resourceId,
      kind: deleted && !isEnd ? 'removed' : row.kind,
      deleted,
      revision: deleted ? null : row.revisionNumber,
      digest: deleted ? null : row.digest,
      mark: deleted ? null : (marks.get(row.resourceId) ?? null),
      at: row.at.toISOString(),
    };
  });
}
