import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, Id, IdParams, Instant } from './endpoint.ts';
import { UnitName, UnitShortName } from './unit-kind.ts';
import { MovedHolding, NewSplit, Split } from './unit-split.ts';

export const ReorganizationState = Type.Union([
  Type.Literal('planned'),
  Type.Literal('confirmed'),
  Type.Literal('running'),
  Type.Literal('done'),
  Type.Literal('cancelled'),
]);
export type ReorganizationState = Static<typeof ReorganizationState>;

/** 撤并, 更名 or 拆分. */
export const ReorganizationKind = Type.Union([
  Type.Literal('merger'),
  Type.Literal('renaming'),
  Type.Literal('split'),
]);
export type ReorganizationKind = Static<typeof ReorganizationKind>;

const NamedUnit = Closed({ id: Id, name: Type.String(), organisationCode: Type.String() });

/**
 * 机构改革: units that merge into another one on a day, a unit that is called otherwise from a day on, or one that is
 * divided among others. A unit that gets a new name and a new code is merged into a new one.
 */
export const Reorganization = Closed({
  id: Id,
  kind: ReorganizationKind,
  name: Type.String(),
  basis: Type.String({ description: '改革依据: the document that orders it.' }),
  state: ReorganizationState,
  units: Type.Array(NamedUnit, { description: 'The units that end in a merger; none in the others.' }),
  /** Who takes over; of a renaming and of a split, the unit itself. */
  successor: NamedUnit,
  split: Type.Union([Split, Type.Null()]),
  newName: Type.Union([Type.String(), Type.Null()]),
  newShortName: Type.Union([Type.String(), Type.Null()]),
  startsAt: Instant,
  plannedByName: Type.String(),
  plannedAt: Instant,
  confirmedByName: Type.Union([Type.String(), Type.Null()]),
  confirmedAt: Type.Union([Instant, Type.Null()]),
  startedAt: Type.Union([Instant, Type.Null()]),
  endedAt: Type.Union([Instant, Type.Null()]),
  note: Type.Union([Type.String(), Type.Null()], {
    description: 'Why it could not begin when its hour came.',
  }),
  moved: Type.Array(MovedHolding, { description: 'Of a split, each receiver has its own.' }),
  actions: Type.Array(Type.Union([Type.Literal('confirm'), Type.Literal('cancel')])),
  version: Type.Integer(),
});
export type Reorganization = Static<typeof Reorganization>;

export const NewReorganization = Closed({
  name: Type.String({ minLength: 2, maxLength: 80 }),
  basis: Type.String({ minLength: 2, maxLength: 200 }),
  unitIds: Type.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true }),
  successorId: Id,
  startsAt: Instant,
});
export type NewReorganization = Static<typeof NewReorganization>;

/** A unit that keeps its code and is called otherwise from a day on. */
export const NewRenaming = Closed({
  basis: Type.String({ minLength: 2, maxLength: 200 }),
  newName: UnitName,
  newShortName: UnitShortName,
  startsAt: Instant,
});
export type NewRenaming = Static<typeof NewRenaming>;

const Versioned = Closed({ expectedVersion: Type.Integer({ minimum: 1 }) });

/** What a unit still holds, and what has to come to rest before the work begins. */
export const ReorganizationPreview = Closed({
  holdings: Type.Array(
    Closed({
      holding: Type.String(),
      name: Type.String(),
      count: Type.Integer({ description: 'Will move to the successor, or follow the new name.' }),
      busy: Type.Integer({ description: 'Still at work: the merger or split waits until it has ended.' }),
      shares: Type.Optional(
        Type.Array(Type.Integer(), {
          description: 'Of a split that has not begun: what each receiver will get of it, in their order.',
        }),
      ),
      stays: Type.Optional(Type.Integer({ description: 'Beside `shares`: what a unit that goes on keeps.' })),
    }),
  ),
});
export type ReorganizationPreview = Static<typeof ReorganizationPreview>;

/** What became of a unit, the newest first. */
export const UnitHistory = Type.Array(
  Closed({
    kind: Type.Union([
      Type.Literal('renamed'),
      Type.Literal('took-over'),
      Type.Literal('merged'),
      Type.Literal('received'),
      Type.Literal('gave'),
    ]),
    at: Instant,
    formerName: Type.Union([Type.String(), Type.Null()]),
    newName: Type.Union([Type.String(), Type.Null()]),
    unit: Type.Union([NamedUnit, Type.Null()], {
      description:
        'The unit that it took over or that took it over; from which it received a part, or to which it gave one.',
    }),
    basis: Type.Union([Type.String(), Type.Null()]),
  }),
);
export type UnitHistory = Static<typeof UnitHistory>;

export const UnitFigures = Type.Array(
  Closed({
    unitId: Id,
    unitName: Type.String(),
    accessions: Type.Integer({ description: 'Resources that entered the library in the period (入库).' }),
  }),
);
export type UnitFigures = Static<typeof UnitFigures>;

/** Which unit a figure is told under: the one it was at the time, or the one that stands for it today. */
export const Attribution = Type.Union([Type.Literal('then'), Type.Literal('successor')]);
export type Attribution = Static<typeof Attribution>;

export const unitFiguresEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/unit-figures',
  summary: 'Resources that entered the library in a period, by unit as it was then or by the successor.',
  access: 'signed-in',
  query: Closed({ from: Day, to: Day, by: Type.Optional(Attribution) }),
  response: UnitFigures,
});

export const reorganizationEndpoints = {
  listReorganizations: defineEndpoint({
    method: 'GET',
    path: '/api/reorganizations',
    summary: 'The newest hundred reorganizations (机构改革).',
    access: 'signed-in',
    response: Type.Array(Reorganization),
  }),
  planReorganization: defineEndpoint({
    method: 'POST',
    path: '/api/reorganizations',
    summary: 'Plan the merger of units; nothing moves before somebody else confirms it.',
    access: 'signed-in',
    body: NewReorganization,
    response: Reorganization,
    status: 201,
  }),
  getReorganization: defineEndpoint({
    method: 'GET',
    path: '/api/reorganizations/:id',
    summary: 'One reorganization, with how far it has come.',
    access: 'signed-in',
    params: IdParams,
    response: Reorganization,
  }),
  planRenaming: defineEndpoint({
    method: 'POST',
    path: '/api/units/:id/renamings',
    summary: 'Plan the renaming (更名) of a unit from a day on; somebody else confirms it.',
    access: 'signed-in',
    params: IdParams,
    body: NewRenaming,
    response: Reorganization,
    status: 201,
  }),
  planSplit: defineEndpoint({
    method: 'POST',
    path: '/api/units/:id/splits',
    summary: 'Plan how a unit is divided among others (拆分) on a day; somebody else confirms it.',
    access: 'signed-in',
    params: IdParams,
    body: NewSplit,
    response: Reorganization,
    status: 201,
  }),
  readUnitHistory: defineEndpoint({
    method: 'GET',
    path: '/api/units/:id/history',
    summary:
      'What a unit was called, which units it took over, into which it merged, and what it gave or received.',
    access: 'signed-in',
    params: IdParams,
    response: UnitHistory,
  }),
  previewReorganization: defineEndpoint({
    method: 'GET',
    path: '/api/reorganizations/:id/preview',
    summary: 'Counts of everything that is still to move, or follows the new name.',
    access: 'signed-in',
    params: IdParams,
    response: ReorganizationPreview,
  }),
  confirmReorganization: defineEndpoint({
    method: 'POST',
    path: '/api/reorganizations/:id/confirmation',
    summary: 'Confirm what was planned; it begins at its hour.',
    access: 'signed-in',
    params: IdParams,
    body: Versioned,
    response: Reorganization,
  }),
  cancelReorganization: defineEndpoint({
    method: 'POST',
    path: '/api/reorganizations/:id/cancellation',
    summary: 'Give up what has not begun.',
    access: 'signed-in',
    params: IdParams,
    body: Versioned,
    response: Reorganization,
  }),
} as const;
