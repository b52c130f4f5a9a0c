import type { EntryChange } from '../../../contracts/sites.ts';

interface KnownUnit {
  readonly id: string;
  readonly parentId: string | null;
  readonly closed: boolean;
}
interface KnownPerson {
  readonly unitId: string;
  readonly disabled: boolean;
}

/** Everything that an entry can name, and whom the giver may give columns to. */
export interface KnownKeepers {
  readonly units: ReadonlyMap<string, KnownUnit>;
  readonly people: ReadonlyMap<string, KnownPerson>;
  readonly isAssignable: (unitId: string) => boolean;
}

export interface KeeperProblem {
  readonly code: 'sites.keeper-unknown' | 'sites.entry-forbidden';
  readonly message: string;
}

const unknown = (message: string): KeeperProblem => ({ code: 'sites.keeper-unknown', message });

/** The unit and all that it is part of. */
function chainOf(units: KnownKeepers['units'], unitId: string): ReadonlySet<string> {
  const chain = new Set<string>();
  for (let at: string | null = unitId; at !== null && !chain.has(at); at = units.get(at)?.parentId ?? null)
    chain.add(at);
  return chain;
}

/** Somebody answers for his unit, for those below it, and for the one that his is part of. */
export function areOfBranch(units: KnownKeepers['units'], one: string, other: string): boolean {
  return chainOf(units, one).has(other) || chainOf(units, other).has(one);
}

/** What a change names must be there, and the giver's to name. `unitIds`: who answers for the columns afterwards. */
export function keeperProblem(
  { units, people, isAssignable }: KnownKeepers,
  { unitId, supplierIds = [], responsibleId, contactId }: EntryChange,
  unitIds: readonly string[],
): KeeperProblem | undefined {
  const wanted = [...(unitId === undefined ? [] : [unitId]), ...supplierIds];
  if (wanted.some((id) => units.get(id)?.closed !== false)) {
    return unknown('责任单位或供稿单位不存在，或者已经撤销。');
  }
  if (unitId !== undefined && !isAssignable(unitId)) {
    return { code: 'sites.entry-forbidden', message: '本单位网站的栏目只能交给本单位及所属机构。' };
  }
  const named = [responsibleId, contactId].filter((id) => typeof id === 'string');
  const isKeeper = (id: string): boolean => {
    const person = people.get(id);
    return person?.disabled === false && unitIds.every((unit) => areOfBranch(units, person.unitId, unit));
  };
  return named.every(isKeeper) ? undefined : unknown('责任人和联络员应当是责任单位在用账号的人员。');
}
