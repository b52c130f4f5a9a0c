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
