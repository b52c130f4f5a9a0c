/** What a unit was called, and what became of it. */
export interface UnitPast {
  readonly name: string;
  /** The oldest first. */
  readonly formerNames: readonly { readonly name: string; readonly endedAt: Date }[];
  readonly closedAt: Date | null;
  readonly successorId: string | null;
}

export type UnitPasts = ReadonlyMap<string, UnitPast>;

/** Something that became of a unit after an instant. */
export interface UnitTurn {
  readonly kind: 'renamed' | 'merged';
  readonly at: Date;
  /** What it is called from then on, or the unit that it merged into was called then. */
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

/** What became of a unit after an instant, and of those that took over from it, in order of time. */
export function turnsSince(pasts: UnitPasts, unitId: string, since: Date): readonly UnitTurn[] {
  const past = pasts.get(unitId);
  if (!past) return [];
  const turns: UnitTurn[] = past.formerNames
    .filter(({ endedAt }) => endedAt > since)
    .map(({ endedAt }) => ({ kind: 'renamed', at: endedAt, name: nameOf(past, endedAt) }));
  const { closedAt, successorId } = past;
  const successor = successorId === null ? undefined : pasts.get(successorId);
  if (!successor || successorId === null || closedAt === null) return turns;
  return [
    ...turns,
    { kind: 'merged', at: closedAt, name: nameOf(successor, closedAt) },
    ...turnsSince(pasts, successorId, closedAt),
  ];
}

/** The unit and all that took over from it, whose names {@link turnsSince} tells. */
export function successorsFrom(pasts: UnitPasts, unitId: string): readonly string[] {
  const successorId = pasts.get(unitId)?.successorId;
  return successorId ? [unitId, ...successorsFrom(pasts, successorId)] : [unitId];
}
