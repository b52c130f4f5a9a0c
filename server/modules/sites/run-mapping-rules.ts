import { createHash } from 'node:crypto';

import { type Command, defineCommand } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { unitsInScope } from '../identity/index.ts';
import { lockEach } from '../library/index.ts';
import { mappedChanges, termsOfRules } from './align-mapped.ts';
import { syncMapped } from './list-resource.ts';
import { type MappingRuleRow, ruleForUpdate, standingRules } from './mapping-rule.queries.ts';
import {
  columnIdsOfUnits,
  endTurns,
  fillTurns,
  nextTurns,
  noteFilled,
  noteStale,
  unfilledRules,
} from './mapping-turn.queries.ts';

export interface MappingRunner {
  readonly db: Db;
  readonly performAsSystem: <I, O>(command: Command<I, O>, input: I) => Promise<O>;
}

/** Held against rules in one look, without any lock. */
const lookedAtOnce = 500;
/** Moved in one transaction: so long somebody who publishes one of them waits at most. */
const movedAtOnce = 100;

type Source = Pick<MappingRuleRow, 'sourceColumnId' | 'unitId' | 'unitKind'>;

/** The columns that a rule takes from today. */
export async function sourceColumnIds(
  db: Db,
  { sourceColumnId, unitId, unitKind }: Source,
): Promise<readonly string[]> {
  if (sourceColumnId !== null) return [sourceColumnId];
  if (unitId !== null) return columnIdsOfUnits(db, [unitId]);
  const units = await unitsInScope(db, { kind: 'all' });
  return columnIdsOfUnits(
    db,
    units.filter((unit) => unit.kind === unitKind).map((unit) => unit.id),
  );
}

/** Changes when a rule would take from other columns, or by other terms, than before. */
async function fingerprintOf(
  db: Db,
  termsOf: Awaited<ReturnType<typeof termsOfRules>>,
  rule: MappingRuleRow,
): Promise<string> {
  const terms = [...(termsOf.get(rule.id) ?? [])].sort();
  const parts = JSON.stringify([await sourceColumnIds(db, rule), terms]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 32);
}

/**
 * Columns change hands, units change their kind and terms their place without any rule being asked: what takes from
 * others than before is held against everything again. Answers how many.
 */
export async function renewMappingRules(db: Db): Promise<number> {
  const rules = await standingRules(db);
  const termsOf = await termsOfRules(db, rules);
  let stale = 0;
  for (const rule of rules) {
    if (rule.filledVersion === null || rule.filledSources === (await fingerprintOf(db, termsOf, rule)))
      continue;
    await noteStale(db, rule.id);
    stale += 1;
  }
  return stale;
}

/** Writes down what a new, changed or ended rule has to be held against. */
const fillRule = defineCommand(
  'sites.fill-mapping-rule',
  (input: { readonly ruleId: string }) => ({ kind: 'mapping-rule', id: input.ruleId }),
  async (ctx, { ruleId }): Promise<void> => {
    const rule = await ruleForUpdate(ctx.db, ruleId);
    if (!rule) throw new Error(`there is no mapping rule ${ruleId}`);
    const sources = rule.endedAt === null ? await sourceColumnIds(ctx.db, rule) : [];
    const fingerprint = await fingerprintOf(ctx.db, await termsOfRules(ctx.db, [rule]), rule);
    await fillTurns(ctx.db, ruleId, sources);
    await noteFilled(ctx.db, ruleId, fingerprint);
  },
);

interface Batch {
  readonly ruleId: string;
  readonly resourceIds: readonly string[];
}

const moveMapped = defineCommand(
  'sites.move-mapped',
  (input: Batch, moved: number | undefined) => ({
    kind: 'mapping-rule',
    id: input.ruleId,
    details: { moved: moved ?? 0 },
  }),
  async (ctx, { resourceIds }): Promise<number> => {
    await lockEach(ctx.db, resourceIds);
    return syncMapped(ctx, resourceIds);
  },
);

/** A stretch of the work that rules have left; 0 when there is none. What it has done is done again without harm. */
export async function stepMappingRules({ db, performAsSystem }: MappingRunner): Promise<number> {
  const [unfilled] = await unfilledRules(db);
  if (unfilled !== undefined) {
    await performAsSystem(fillRule, { ruleId: unfilled });
    return 1;
  }
  const turns = await nextTurns(db, lookedAtOnce);
  const last = turns.at(-1);
  if (!last) return 0;
  const ids = turns.map((turn) => turn.resourceId);
  const changes = await mappedChanges(db, await standingRules(db), ids);
  const touched = new Set(
    [...changes.added, ...changes.removed, ...changes.found, ...changes.lost].map((one) => one.resourceId),
  );
  // Most are as they should be, and cost no more than this look.
  const moving = ids.filter((id) => touched.has(id));
  for (let start = 0; start < moving.length; start += movedAtOnce) {
    const resourceIds = moving.slice(start, start + movedAtOnce);
    await performAsSystem(moveMapped, { ruleId: last.ruleId, resourceIds });
  }
  await endTurns(db, last);
  return turns.length;
}
