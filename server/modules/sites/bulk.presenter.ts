import type { BulkReport, BulkSummary } from '../../../contracts/sites.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { liveHeadings, titlesInScope } from '../library/index.ts';
import {
  type BulkAct,
  bulkActOf,
  type BulkCount,
  bulkItems,
  countBulkItems,
  lastBulkActs,
} from './bulk.queries.ts';

type Asking = Pick<Reader, 'db' | 'actor'>;
const shownActs = 20;

function presentSummary(act: BulkAct, counts: readonly BulkCount[]): BulkSummary {
  const of = (outcome: BulkCount['outcome']): number =>
    counts.find((one) => one.actId === act.id && one.outcome === outcome)?.number ?? 0;
  return {
    id: act.id,
    kind: act.kind,
    createdAt: act.createdAt.toISOString(),
    finishedAt: act.finishedAt?.toISOString() ?? null,
    counts: { waiting: of('waiting'), done: of('done'), refused: of('refused'), failed: of('failed') },
  };
}

export async function presentBulks({ db, actor }: Asking): Promise<BulkSummary[]> {
  const acts = await lastBulkActs(db, actor.id, shownActs);
  const counts = await countBulkItems(
    db,
    acts.map((act) => act.id),
  );
  return acts.map((act) => presentSummary(act, counts));
}

/** The report of an own order, or `sites.bulk-not-found`. */
export async function getBulkReport({ db, actor }: Asking, id: string): Promise<BulkReport> {
  const act = await bulkActOf(db, actor.id, id);
  if (!act) throw new AppError('not-found', 'sites.bulk-not-found', '没有这次批量操作。');
  const items = await bulkItems(db, act.id);
  const ids = items.map((item) => item.resourceId);
  const titles = await titlesInScope(db, actor.scope, ids);
  // What others published is called as citizens read it.
  const published = act.kind === 'reuse' ? await liveHeadings(db, ids) : new Map<string, never>();
  return {
    ...presentSummary(act, await countBulkItems(db, [act.id])),
    items: items.map(({ resourceId, outcome, message }) => ({
      resourceId,
      title: titles.get(resourceId) ?? published.get(resourceId)?.title ?? null,
      outcome,
      message,
    })),
  };
}
