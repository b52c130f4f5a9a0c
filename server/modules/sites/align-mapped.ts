import type { Ctx } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { unitsById } from '../identity/index.ts';
import { liveFacts } from '../library/index.ts';
import { narrowerOfEach } from '../vocabulary/index.ts';
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

const none: ReadonlySet<string> = new Set();

/** By rule that names one: its term and all that is narrower. */
export async function termsOfRules(
  db: Db,
  rules: readonly MappingRuleRow[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const asking = rules.flatMap(({ id, term }) => (term === null ? [] : [{ id, term }]));
  const narrower = await narrowerOfEach(db, [...new Set(asking.map((one) => one.term))]);
  return new Map(asking.map(({ id, term }) => [id, narrower.get(term) ?? none]));
}

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
export async function mappedChanges(
  db: Db,
  everyRule: readonly MappingRuleRow[],
  ids: readonly string[],
): Promise<MappedChanges> {
  const placements = await placementsOfEach(db, ids);
  if (everyRule.length === 0 && placements.every((one) => one.ruleId === null)) {
    return { added: [], removed: [], found: [], lost: [] };
  }
  const sources = await sourcesOf(
    db,
    placements,
    everyRule.some((rule) => rule.unitKind !== null),
  );
  const columns = new Map([...sources.values()].flat().map((column) => [column.id, column]));
  const rules = everyRule.filter((rule) => [...columns.values()].some((one) => isSource(rule, one)));
  const narrower = await termsOfRules(db, rules);
  const facts = rules.length === 0 ? new Map<string, MappedFacts>() : await liveFacts(db, ids);
  const matches = Map.groupBy(await matchesOfEach(db, ids), (one) => one.resourceId);
  const standing = Map.groupBy(placements, (one) => one.resourceId);
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

interface Judged {
  /** Those that may take from where the resources stand. */
  readonly rules: readonly MappingRuleRow[];
  readonly narrower: ReadonlyMap<string, ReadonlySet<string>>;
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
  const rules = await standingRules(ctx.db);
  const { added, removed, found, lost } = await mappedChanges(ctx.db, rules, distinct);
  await deleteMappedPlacements(ctx.db, removed);
  await insertMappedPlacements(ctx.db, added, ctx.now);
  await insertWaitingMatches(ctx.db, found, ctx.now);
  await deleteWaitingMatches(ctx.db, lost);
  const changed = new Set([...added, ...removed].map((one) => one.resourceId));
  return distinct.filter((id) => changed.has(id));
}
