import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, Id, IdParams, Instant } from './endpoint.ts';

export const ReorganizationState = Type.Union([
  Type.Literal('planned'),
  Type.Literal('confirmed'),
  Type.Literal('running'),
  Type.Literal('done'),
  Type.Literal('cancelled'),
]);
export type ReorganizationState = Static<typeof ReorganizationState>;

const NamedUnit = Closed({ id: Id, name: Type.String(), organisationCode: Type.String() });

/** 机构改革: units that merge into another one on a day. A unit that gets a new name and code is merged into a new one. */
export const Reorganization = Closed({
  id: Id,
  name: Type.String(),
  basis: Type.String({ description: '改革依据: the document that orders it.' }),
  state: ReorganizationState,
  units: Type.Array(NamedUnit, { description: 'The units that end.' }),
  successor: NamedUnit,
  startsAt: Instant,
  plannedByName: Type.String(),
  plannedAt: Instant,
  confirmedByName: Type.Union([Type.String(), Type.Null()]),
  confirmedAt: Type.Union([Instant, Type.Null()]),
  startedAt: Type.Union([Instant, Type.Null()]),
  endedAt: Type.Union([Instant, Type.Null()]),
  moved: Type.Array(Closed({ holding: Type.String(), name: Type.String(), count: Type.Integer() })),
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

const Versioned = Closed({ expectedVersion: Type.Integer({ minimum: 1 }) });

/** What a unit still holds, and what has to come to rest before the work begins. */
export const ReorganizationPreview = Closed({
  holdings: Type.Array(
    Closed({
      holding: Type.String(),
      name: Type.String(),
      count: Type.Integer({ description: 'Will move to the successor.' }),
      busy: Type.Integer({ description: 'Still at work: the merger waits until it has ended.' }),
    }),
  ),
});
export type ReorganizationPreview = Static<typeof ReorganizationPreview>;

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
  previewReorganization: defineEndpoint({
    method: 'GET',
    path: '/api/reorganizations/:id/preview',
    summary: 'Counts of everything that is still to move.',
    access: 'signed-in',
    params: IdParams,
    response: ReorganizationPreview,
  }),
  confirmReorganization: defineEndpoint({
    method: 'POST',
    path: '/api/reorganizations/:id/confirmation',
    summary: 'Confirm a planned merger; it begins at its hour.',
    access: 'signed-in',
    params: IdParams,
    body: Versioned,
    response: Reorganization,
  }),
  cancelReorganization: defineEndpoint({
    method: 'POST',
    path: '/api/reorganizations/:id/cancellation',
    summary: 'Give up a merger that has not begun.',
    access: 'signed-in',
    params: IdParams,
    body: Versioned,
    response: Reorganization,
  }),
} as const;
