import type { TakeDown, TakeDownAnswer } from '../../../contracts/sites.ts';
import type { Task } from '../../../contracts/review.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { unitNames } from '../identity/index.ts';
import { seenAmong } from '../library/index.ts';
import { canFill } from './sites.policy.ts';
import {
  answerTakeDown,
  openTakeDowns,
  takeDownForUpdate,
  type TakeDownRow,
  takeDownsBefore,
} from './take-down.queries.ts';

const shownTasks = 50;

async function presentTakeDowns(
  { db, actor }: Pick<Reader, 'db' | 'actor'>,
  rows: readonly TakeDownRow[],
): Promise<TakeDown[]> {
  const names = await unitNames(db, [...new Set(rows.map((row) => row.unitId))]);
  const resources = await seenAmong(db, actor.scope, [...new Set(rows.map((row) => row.resourceId))]);
  return rows.map(({ unitId, ...row }) => ({
    ...row,
    unitName: names.get(unitId) ?? '',
    takenDownAt: row.takenDownAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    holds: resources.get(row.resourceId)?.takenDown ?? false,
    answerable: row.answeredAt === null && canFill(actor, unitId),
  }));
}

export interface TakeDownQuery {
  readonly resourceId?: string;
  readonly cursor?: string;
  readonly limit?: number;
}

export async function listTakeDowns(reader: Reader, { resourceId, cursor, limit = 20 }: TakeDownQuery) {
  if (cursor !== undefined && !/^[1-9]\d{0,17}$/.test(cursor)) {
    throw new AppError('invalid', 'sites.cursor-wrong', '翻页位置无效，请从第一页重新开始。');
  }
  const wish = { resourceId, before: cursor, limit: limit + 1 };
  const rows = await takeDownsBefore(reader.db, reader.actor.scope, wish);
  const shown = rows.slice(0, limit);
  return {
    items: await presentTakeDowns(reader, shown),
    nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** What was taken down of the reader's units, until somebody there has said what is done about it. */
export async function takeDownTasks({ db, actor }: Reader): Promise<Task[]> {
  if (actor.scope.kind === 'all') return [];
  const rows = (await openTakeDowns(db, actor.scope, shownTasks)).filter((row) => canFill(actor, row.unitId));
  return rows.map((row) => ({
    kind: 'take-down',
    title: row.title,
    detail: `${row.takenDownByName}下架：${row.reason}`,
    since: row.takenDownAt.toISOString(),
    resourceId: row.resourceId,
    reviewId: null,
    columnId: null,
    correctionId: null,
  }));
}

/** The unit says that it knows and what it does; the resource comes back by a new review only. */
export const replyToTakeDown = defineCommand(
  'sites.reply-to-take-down',
  ({ takeDownId }: TakeDownAnswer & { readonly takeDownId: string }, result: TakeDown | undefined) => ({
    kind: 'resource',
    id: result?.resourceId ?? null,
    details: { takeDownId },
  }),
  async (ctx, { takeDownId, reply: given }): Promise<TakeDown> => {
    const row = await takeDownForUpdate(ctx.db, ctx.actor.scope, takeDownId);
    if (!row) throw new AppError('not-found', 'sites.take-down-not-found', '没有这次下架，或者您无权查看。');
    if (!canFill(ctx.actor, row.unitId)) {
      throw new AppError(
        'forbidden',
        'sites.take-down-forbidden',
        '只有责任单位的信息员、审核员、签发人可以答复。',
      );
    }
    if (row.answeredAt !== null) {
      throw new AppError('conflict', 'sites.take-down-answered', '这次下架已经有人答复，请刷新后查看。');
    }
    const answer = { reply: given.trim(), byName: ctx.actor.name, at: ctx.now };
    await answerTakeDown(ctx.db, row.id, answer);
    const [shown] = await presentTakeDowns(ctx, [
      { ...row, reply: answer.reply, answeredByName: answer.byName, answeredAt: answer.at },
    ]);
    if (!shown) throw new Error(`take-down ${row.id} could not be presented`);
    return shown;
  },
);
