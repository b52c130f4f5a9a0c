import type { Night, PublishedFinding, RuleCount } from '../../../contracts/proofreading.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { countsByRule } from './finding-counts.queries.ts';
import { presentFindings } from './finding.presenter.ts';
import { countFindings, type FindingFilter, findingPage, type FindingPlace } from './finding.queries.ts';
import { lastNights } from './night.queries.ts';
import { requireRuleReader } from './proofreading.policy.ts';

type Wish<T> = Omit<T, 'state'> & Partial<Pick<FindingPlace, 'state'>>;

export interface FindingsWanted extends Wish<FindingFilter> {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

const mostCounted = 1_000;
const capped = (count: number) => ({ value: Math.min(count, mostCounted), capped: count > mostCounted });

export async function listFindings(reader: Reader, wanted: FindingsWanted) {
  const { db, actor } = reader;
  const { cursor, limit = 20, state = 'open', ...rest } = wanted;
  const beforeId = cursor === undefined ? undefined : readCursor(cursor);
  const filter = { state, ...rest };
  const rows = await findingPage(db, actor.scope, filter, { beforeId, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const items: PublishedFinding[] = await presentFindings(reader, shown);
  return {
    items,
    nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    total: capped(await countFindings(db, actor.scope, filter, mostCounted + 1)),
  };
}

function readCursor(text: string): string {
  if (/^[1-9]\d{0,17}$/.test(text)) return text;
  throw new AppError('invalid', 'proofreading.cursor-wrong', '翻页位置无效，请从第一页重新开始。');
}

const mostRules = 200;

export async function countByRule(
  { db, actor }: Reader,
  { state = 'open', ...place }: Wish<FindingPlace>,
): Promise<RuleCount[]> {
  const most = { rules: mostRules, findings: mostCounted + 1 };
  const rows = await countsByRule(db, actor.scope, { state, ...place }, most);
  return rows.map(({ count, ...row }) => ({ ...row, count: capped(count) }));
}

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
