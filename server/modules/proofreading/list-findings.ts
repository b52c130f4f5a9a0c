import type { FindingState, Night, PublishedFinding, Severity } from '../../../contracts/proofreading.ts';
import { defineCommand } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { unitsById } from '../identity/index.ts';
import { titlesInScope } from '../library/index.ts';
import { countFindings, findingPage, type FindingRow, lockFinding, markIgnored } from './finding.queries.ts';
import { lastNights } from './night.queries.ts';
import { canIgnore, requireRuleReader } from './proofreading.policy.ts';

export interface FindingsWanted {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  readonly state?: FindingState | undefined;
  readonly unitId?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly rule?: string | undefined;
}

const mostCounted = 1_000;

export async function listFindings({ db, actor }: Reader, wanted: FindingsWanted) {
  const { cursor, limit = 20, state = 'open', ...rest } = wanted;
  const beforeId = cursor === undefined ? undefined : readCursor(cursor);
  const filter = { state, ...rest };
  const rows = await findingPage(db, actor.scope, filter, { beforeId, limit: limit + 1 });
  const counted = await countFindings(db, actor.scope, filter, mostCounted + 1);
  const shown = rows.slice(0, limit);
  return {
    items: await presentFindings({ db, actor }, shown),
    nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    total: { value: Math.min(counted, mostCounted), capped: counted > mostCounted },
  };
}

function readCursor(text: string): string {
  if (/^[1-9]\d{0,17}$/.test(text)) return text;
  throw new AppError('invalid', 'proofreading.cursor-wrong', '翻页位置无效，请从第一页重新开始。');
}

async function presentFindings(
  { db, actor }: Pick<Reader, 'actor'> & { readonly db: Db },
  rows: readonly FindingRow[],
): Promise<PublishedFinding[]> {
  const units = await unitsById(db, [...new Set(rows.map((row) => row.unitId))]);
  const titles = await titlesInScope(db, actor.scope, [...new Set(rows.map((row) => row.resourceId))]);
  return rows.map((row) => ({
    id: row.id,
    resourceId: row.resourceId,
    title: titles.get(row.resourceId) ?? '',
    unitId: row.unitId,
    unitName: units.get(row.unitId)?.name ?? '',
    finding: {
      check: row.check,
      rule: row.rule,
      ruleName: row.ruleName,
      severity: row.severity,
      place: { part: row.part, start: row.start, end: row.end },
      found: row.found,
      suggestion: row.suggestion,
      message: row.message,
    },
    state: row.state,
    openedAt: row.openedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    ignoreReason: row.ignoreReason,
    ignoredByName: row.ignoredByName,
    mayIgnore: row.state === 'open' && canIgnore(actor, row.unitId),
  }));
}

export interface IgnoreInput {
  readonly id: string;
  readonly reason: string;
}

/** It stays ignored as long as it stands at its place; found elsewhere it is another. */
export const ignoreFinding = defineCommand(
  'proofreading.ignore-finding',
  (input: IgnoreInput, result: PublishedFinding | undefined) => ({
    kind: 'finding',
    id: input.id,
    unitId: result?.unitId ?? null,
    ...(result ? { details: { resourceId: result.resourceId, rule: result.finding.rule } } : {}),
  }),
  async (ctx, { id, reason }): Promise<PublishedFinding> => {
    const row = await lockFinding(ctx.db, ctx.actor.scope, id);
    if (!row) throw new AppError('not-found', 'proofreading.finding-not-found', '没有这条校核发现。');
    if (!canIgnore(ctx.actor, row.unitId)) {
      throw new AppError('forbidden', 'proofreading.unit-not-yours', '只有本单位的人员可以忽略校核发现。');
    }
    if (row.state !== 'open') {
      throw new AppError('conflict', 'proofreading.finding-settled', '这条校核发现已经处理过了。');
    }
    await markIgnored(ctx.db, id, { id: ctx.actor.id, name: ctx.actor.name, reason: reason.trim() }, ctx.now);
    const settled = await lockFinding(ctx.db, ctx.actor.scope, id);
    const [shown] = await presentFindings(ctx, settled ? [settled] : []);
    if (!shown) throw new Error(`finding ${id} is gone`);
    return shown;
  },
);

const nightsShown = 30;

export async function listNights({ db, actor }: Reader): Promise<Night[]> {
  requireRuleReader(actor);
  return (await lastNights(db, nightsShown)).map(
    ({ day, resources, opened, closed, startedAt, endedAt }) => ({
      ...{ day, resources, opened, closed },
      startedAt: startedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    }),
  );
}
