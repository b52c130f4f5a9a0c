import type { Ctx } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { unitsById } from '../identity/index.ts';
import { liveFacts } from '../library/index.ts';
import { withNarrower } from '../vocabulary/index.ts';
import {
  deleteMappedPlacements,
  deleteWaitingMatches,
  insertMappedPlacements,
  insertWaitingMatches,
  type MappedPlace,
  matchesOfEach,
  type MatchRow,
  placementsOfEach,
  type StandingPlacement,
} from './mapped-placement.queries.ts';
import { type MappingRuleRow, standingRules } from './mapping-rule.queries.ts';
import { isSource, type MappedFacts, type SourceColumn, suits } from './mapping-rule.rules.ts';

/** What has to change so that resources stand where rules say. */
export interface MappedChanges {
  readonly added: readonly MappedPlace[];
  readonly removed: readonly MappedPlace[];
  readonly found: readonly Pick<MatchRow, 'ruleId' | 'resourceId'>[];
  readonly lost: readonly Pick<MatchRow, 'ruleId' | 'resourceId'>[];
}

/** The rules that stand, with what judging by them needs. */
export interface RuleBook {
  readonly rules: readonly MappingRuleRow[];
  /** By rule: its term and all that is narrower. */
  readonly narrower: ReadonlyMap<string, ReadonlySet<string>>;
}

export async function readRuleBook(db: Db): Promise<RuleBook> {
  const rules = await standingRules(db);
  const narrower = new Map<string, ReadonlySet<string>>();
  for (const { id, term } of rules)
    if (term !== null) narrower.set(id, new Set(await withNarrower(db, [term])));
  return { rules, narrower };
}

const none: ReadonlySet<string> = new Set();

/** Columns in which their own units placed resources, with the kinds of the units when a rule asks for kinds. */
async function sourcesOf(
  db: Db,
  placements: readonly StandingPlacement[],
  asksKinds: boolean,
): Promise<ReadonlyMap<string, readonly SourceColumn[]>> {
  const own = placements.filter((one) => one.ruleId === null && !one.isReuse);
  const units = asksKinds ? await unitsById(db, [...new Set(own.map((one) => one.unitId))]) : undefined;
  const ofResource = Map.groupBy(own, (one) => one.resourceId);
  return new Map(
    [...ofResource].map(([id, places]) => [
      id,
      places.map(({ columnId, unitId }) => ({
        id: columnId,
        unitId,
        unitKind: units?.get(unitId)?.kind ?? null,
      })),
    ]),
  );
}

/**
 * Told from where units themselves placed their resources and from what citizens read of them, never from what other
 * rules, mappings or reuses show: so no two rules can feed each other, and the order of repair does not matter.
 */
export async function mappedChanges(db: Db, book: RuleBook, ids: readonly string[]): Promise<MappedChanges> {
  const placements = await placementsOfEach(db, ids);
  const { rules, narrower } = book;
  if (rules.length === 0 && placements.every((one) => one.ruleId === null)) {
    return { added: [], removed: [], found: [], lost: [] };
  }
  const facts = await liveFacts(db, ids);
  const matches = Map.groupBy(await matchesOfEach(db, ids), (one) => one.resourceId);
  const standing = Map.groupBy(placements, (one) => one.resourceId);
  const sources = await sourcesOf(
    db,
    placements,
    rules.some((rule) => rule.unitKind !== null),
  );
  const judged = ids.map((resourceId) =>
    judge({
      ...{ resourceId, rules, narrower },
      facts: facts.get(resourceId),
      sources: sources.get(resourceId) ?? [],
      standing: standing.get(resourceId) ?? [],
      matches: matches.get(resourceId) ?? [],
    }),
  );
  return {
    added: judged.flatMap((one) => one.added),
    removed: judged.flatMap((one) => one.removed),
    found: judged.flatMap((one) => one.found),
    lost: judged.flatMap((one) => one.lost),
  };
}

interface Judged extends RuleBook {
  readonly resourceId: string;
  /** Undefined for what is not public: no rule shows it. */
  readonly facts: MappedFacts | undefined;
  readonly sources: readonly SourceColumn[];
  readonly standing: readonly StandingPlacement[];
  readonly matches: readonly MatchRow[];
}

function judge({ resourceId, facts, sources, standing, matches, rules, narrower }: Judged): MappedChanges {
  const taken = new Set(standing.filter((one) => one.ruleId === null).map((one) => one.columnId));
  const suiting = facts
    ? rules.filter(
        (rule) =>
          !taken.has(rule.columnId) &&
          sources.some((source) => isSource(rule, source)) &&
          suits(rule, facts, narrower.get(rule.id) ?? none),
      )
    : [];
  const stateOf = new Map(matches.map((match) => [match.ruleId, match.state]));
  const wanted = new Map<string, string>();
  for (const rule of suiting) {
    const state = stateOf.get(rule.id);
    const shows = rule.mode === 'automatic' ? state !== 'declined' : state === 'accepted';
    // Of several rules for one column the oldest is named.
    if (shows && !wanted.has(rule.columnId)) wanted.set(rule.columnId, rule.id);
  }
  const present = standing.flatMap(({ columnId, ruleId }): MappedPlace[] =>
    ruleId === null ? [] : [{ resourceId, columnId, ruleId }],
  );
  const stays = new Set(
    present.filter((one) => wanted.get(one.columnId) === one.ruleId).map((one) => one.columnId),
  );
  // What another rule shows there already is nobody's question.
  const asking = suiting
    .filter((rule) => rule.mode === 'confirmed' && (wanted.get(rule.columnId) ?? rule.id) === rule.id)
    .map((rule) => rule.id);
  return {
    added: [...wanted].flatMap(([columnId, ruleId]) =>
      stays.has(columnId) ? [] : [{ resourceId, columnId, ruleId }],
    ),
    removed: present.filter((one) => !stays.has(one.columnId)),
    found: asking.filter((ruleId) => !stateOf.has(ruleId)).map((ruleId) => ({ ruleId, resourceId })),
    lost: matches
      .filter((match) => match.state === 'waiting' && !asking.includes(match.ruleId))
      .map(({ ruleId }) => ({ ruleId, resourceId })),
  };
}

/**
 * Makes the placements of rules what the rules say, for resources that the caller has locked, and the tree too.
 * Listings follow by whoever called. Answers the resources whose placements changed.
 */
export async function alignMapped(ctx: Ctx, ids: readonly string[]): Promise<readonly string[]> {
  const distinct = [...new Set(ids)];
  const book = await readRuleBook(ctx.db);
  const { added, removed, found, lost } = await mappedChanges(ctx.db, book, distinct);
  await deleteMappedPlacements(ctx.db, removed);
  await insertMappedPlacements(ctx.db, added, ctx.now);
  await insertWaitingMatches(ctx.db, found, ctx.now);
  await deleteWaitingMatches(ctx.db, lost);
  const changed = new Set([...added, ...removed].map((one) => one.resourceId));
  return distinct.filter((id) => changed.has(id));
}
