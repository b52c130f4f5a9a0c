/** What a unit was called, and what became of it. */
export interface UnitPast {
  readonly name: string;
  /** The oldest first. */
  readonly formerNames: readonly { readonly name: string; readonly endedAt: Date }[];
  /** When parts of it went to which others; the oldest first. */
  readonly splits: readonly { readonly at: Date; readonly receiverIds: readonly string[] }[];
  readonly closedAt: Date | null;
  readonly successorId: string | null;
}

export type UnitPasts = ReadonlyMap<string, UnitPast>;

/** Something that became of a unit after an instant. */
export interface UnitTurn {
  readonly kind: 'renamed' | 'merged' | 'split';
  readonly at: Date;
  /** What it is called from then on, or what the unit was called then that it merged into or that received this part. */
  readonly name: string;
}

const nameOf = (past: UnitPast, at: Date): string =>
  past.formerNames.find(({ endedAt }) => endedAt > at)?.name ?? past.name;

/** What a unit was called at an instant; empty when there is none of this id. */
export function nameAt(pasts: UnitPasts, unitId: string, at: Date): string {
  const past = pasts.get(unitId);
  return past ? nameOf(past, at) : '';
}

/** Everything by which people may know a unit, its name of today first. */
export function namesOf(pasts: UnitPasts, unitId: string): readonly string[] {
  const past = pasts.get(unitId);
  return past ? [...new Set([past.name, ...past.formerNames.map(({ name }) => name)])] : [];
}

/** How a unit's matters went over to another one. */
interface Passage {
  readonly kind: 'merged' | 'split';
  readonly at: Date;
  readonly to: string;
}

/** Every way out of a unit after an instant, the earliest first. One that ended in a split did not merge. */
function passagesFrom(past: UnitPast, since: Date): readonly Passage[] {
  const { splits, closedAt, successorId } = past;
  const given = splits.flatMap(({ at, receiverIds }) =>
    receiverIds.map((to): Passage => ({ kind: 'split', at, to })),
  );
  const wasDivided = splits.some(({ at }) => at.getTime() === closedAt?.getTime());
  const ended: readonly Passage[] =
    closedAt === null || successorId === null || wasDivided
      ? []
      : [{ kind: 'merged', at: closedAt, to: successorId }];
  return [...given, ...ended].filter(({ at }) => at > since);
}

/** The passages that lead from a unit to the one that answers now; undefined when none does. */
function wayTo(
  pasts: UnitPasts,
  unitId: string,
  since: Date,
  answersId: string,
): readonly Passage[] | undefined {
  if (unitId === answersId) return [];
  const past = pasts.get(unitId);
  for (const passage of past ? passagesFrom(past, since) : []) {
    // Time only goes on, so there is no way round in a circle.
    const onward = wayTo(pasts, passage.to, passage.at, answersId);
    if (onward) return [passage, ...onward];
  }
  return undefined;
}

/**
 * What became of a unit after an instant, as far as it concerns what another one answers for now, and of those that took
 * over from it, in order of time. Of something that stayed with a unit while parts of it went away, nothing is told.
 */
export function turnsSince(
  pasts: UnitPasts,
  unitId: string,
  since: Date,
  answersId: string,
): readonly UnitTurn[] {
  const way = wayTo(pasts, unitId, since, answersId) ?? [];
  let [at, from] = [since, unitId];
  const turns: UnitTurn[] = [];
  const renamings = (until: Date | undefined): void => {
    const past = pasts.get(from);
    for (const { endedAt } of past?.formerNames ?? []) {
      if (past && endedAt > at && (until === undefined || endedAt <= until))
        turns.push({ kind: 'renamed', at: endedAt, name: nameOf(past, endedAt) });
    }
  };
  for (const passage of way) {
    renamings(passage.at);
    turns.push({ kind: passage.kind, at: passage.at, name: nameAt(pasts, passage.to, passage.at) });
    ({ at, to: from } = passage);
  }
  renamings(undefined);
  return turns;
}

/** The unit and all that took over from it, whose names {@link turnsSince} tells. */
export function successorsFrom(
  pasts: UnitPasts,
  unitId: string,
  since: Date,
  answersId: string,
): readonly string[] {
  return [unitId, ...(wayTo(pasts, unitId, since, answersId) ?? []).map(({ to }) => to)];
}
