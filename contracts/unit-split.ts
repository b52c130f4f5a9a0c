import { type Static, Type } from 'typebox';

import { Closed, Id, Instant } from './endpoint.ts';
import { ResourceTypeKey } from './resource-type.ts';
import { TermReference } from './term-reference.ts';
import { OrganisationCode, UnitKind, UnitName, UnitShortName } from './unit-kind.ts';

/** A unit that the split makes when it begins. */
export const SplitUnit = Closed({
  parentId: Type.Union([Id, Type.Null()]),
  name: UnitName,
  shortName: UnitShortName,
  organisationCode: OrganisationCode,
  kind: UnitKind,
});
export type SplitUnit = Static<typeof SplitUnit>;

const accountIds = Type.Array(Id, {
  maxItems: 500,
  uniqueItems: true,
  description: 'Who goes along; everybody else goes with the rest.',
});
const NewReceiver = Type.Union([
  Closed({ unitId: Id, accountIds }),
  Closed({ newUnit: SplitUnit, accountIds }),
]);
export type NewReceiver = Static<typeof NewReceiver>;

const Position = Type.Integer({ minimum: 0, maximum: 19, description: 'Which of the receivers, from 0.' });
const conditionIds = { maxItems: 200, uniqueItems: true };

/**
 * What a receiver gets. Within one condition one match is enough, and each condition that is made has to hold:
 * it stands on one of the sites, or in one of the columns or below; it has one of the terms, or a narrower one; it is of
 * one of the types. The first rule that holds decides.
 */
export const SplitRule = Closed({
  receiver: Position,
  siteIds: Type.Array(Id, conditionIds),
  columnIds: Type.Array(Id, conditionIds),
  terms: Type.Array(TermReference, conditionIds),
  types: Type.Array(ResourceTypeKey, conditionIds),
});
export type SplitRule = Static<typeof SplitRule>;

export const NewSplit = Closed({
  name: Type.String({ minLength: 2, maxLength: 80 }),
  basis: Type.String({ minLength: 2, maxLength: 200 }),
  receivers: Type.Array(NewReceiver, { minItems: 1, maxItems: 20 }),
  rules: Type.Array(SplitRule, { maxItems: 100 }),
  restTo: Type.Union([Position, Type.Null()], {
    description: 'Who takes the rest, and then the unit ends; null: it goes on with what is left.',
  }),
  startsAt: Instant,
});
export type NewSplit = Static<typeof NewSplit>;

const Named = Closed({ id: Type.String(), name: Type.String() });
export const MovedHolding = Closed({ holding: Type.String(), name: Type.String(), count: Type.Integer() });

/** How a unit is divided. */
export const Split = Closed({
  receivers: Type.Array(
    Closed({
      unitId: Type.Union([Id, Type.Null()], { description: 'Null while the unit has not been made.' }),
      name: Type.String(),
      organisationCode: Type.String(),
      isNew: Type.Boolean(),
      accounts: Type.Array(Named),
      moved: Type.Array(MovedHolding),
    }),
  ),
  rules: Type.Array(
    Closed({
      receiver: Position,
      sites: Type.Array(Named),
      columns: Type.Array(Named),
      terms: Type.Array(Named),
      types: Type.Array(Named),
    }),
  ),
  restTo: Type.Union([Position, Type.Null()]),
});
export type Split = Static<typeof Split>;
