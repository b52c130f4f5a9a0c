import type { Unit, UnitKind } from '../../../contracts/identity.ts';
import type { ResourceTypeKey } from '../../../contracts/resource-type.ts';
import type { TermReference } from '../../../contracts/vocabulary.ts';
import type { NewSplit } from '../../../contracts/unit-split.ts';
import { startOfDay } from '../../lib/time.ts';

/** Instead of the id of a unit: the split makes it. */
export const newUnit = 'new';
/** Instead of a receiver of the rest: the unit goes on with it. */
export const goesOn = 'goes-on';

export interface ReceiverFields {
  readonly unit?: string;
  readonly made?: {
    readonly parentId?: string | null;
    readonly name?: string;
    readonly shortName?: string;
    readonly organisationCode: string;
    readonly kind: UnitKind;
  };
  readonly accountIds?: string[];
}

interface RuleFields {
  readonly receiver: number;
  readonly siteIds?: string[];
  readonly columnIds?: string[];
  readonly terms?: TermReference[];
  readonly types?: ResourceTypeKey[];
}

export interface SplitFields {
  readonly unitId: string;
  readonly name: string;
  readonly receivers: ReceiverFields[];
  readonly rules?: RuleFields[];
  readonly rest: number | typeof goesOn;
  readonly basis: string;
  readonly day: string;
}

function receiverOf({ unit, made, accountIds = [] }: ReceiverFields): NewSplit['receivers'][number] {
  if (unit !== newUnit || !made) return { unitId: unit ?? '', accountIds };
  const { parentId = null, name = '', shortName = '', organisationCode, kind } = made;
  const named = { name: name.trim(), shortName: shortName.trim() };
  return { newUnit: { parentId, ...named, organisationCode, kind }, accountIds };
}

export const splitOf = ({ name, basis, day, receivers, rules = [], rest }: SplitFields): NewSplit => ({
  name: name.trim(),
  basis: basis.trim(),
  startsAt: startOfDay(day),
  receivers: receivers.map(receiverOf),
  rules: rules.map(({ receiver, siteIds = [], columnIds = [], terms = [], types = [] }) => ({
    ...{ receiver, siteIds, columnIds, terms, types },
  })),
  restTo: rest === goesOn ? null : rest,
});

/** What speaks of receivers, when the one at a position is gone: what named it names nobody, and has to be chosen anew. */
export function afterRemoval(
  { rules = [], rest }: Partial<Pick<SplitFields, 'rules' | 'rest'>>,
  removed: number,
): { rules: Partial<RuleFields>[]; rest: SplitFields['rest'] | undefined } {
  const moved = (position: number | undefined): number | undefined => {
    if (position === undefined || position < removed) return position;
    return position === removed ? undefined : position - 1;
  };
  return {
    rules: rules.map((rule) => {
      const { receiver, ...conditions } = rule;
      const position = moved(receiver);
      return position === undefined ? conditions : { ...conditions, receiver: position };
    }),
    rest: rest === goesOn ? rest : moved(rest),
  };
}

/** What receivers are called while the form is filled. */
export function receiverOptions(
  receivers: readonly (ReceiverFields | undefined)[],
  units: readonly Unit[],
): { value: number; label: string }[] {
  return receivers.map((one, value) => {
    const name = one?.unit === newUnit ? one.made?.name : units.find(({ id }) => id === one?.unit)?.name;
    return { value, label: name?.trim() ? name : `接收单位 ${String(value + 1)}` };
  });
}
