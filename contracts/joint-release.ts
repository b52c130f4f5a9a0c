import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';
import { ResourceTypeKey } from './resource-type.ts';
import { Stage } from './stage.ts';

export const jointReleaseStates = ['waiting', 'released', 'cancelled'] as const;
export type JointReleaseState = (typeof jointReleaseStates)[number];
export const jointReleaseStateNames: Readonly<Record<JointReleaseState, string>> = {
  waiting: '待发布',
  released: '已发布',
  cancelled: '已取消',
};
const JointReleaseState = Type.Unsafe<JointReleaseState>(
  Type.Union(jointReleaseStates.map((state) => Type.Literal(state))),
);
/** More than a document with all that explains it is no plan of one occasion. */
export const mostReleaseMembers = 30;

/** One of those that go out together. */
export const ReleaseMember = Closed({
  resourceId: Id,
  /** Null when it went to a unit that the caller does not see. */
  title: Type.Union([Type.String(), Type.Null()]),
  type: Type.Union([ResourceTypeKey, Type.Null()]),
  stage: Type.Union([Stage, Type.Null()]),
  /** Signed, and waiting for the others. */
  isReady: Type.Boolean(),
  /** Signed, but its own end has come: it holds the others until it has a later one or is taken out. */
  isOver: Type.Boolean(),
  addedByName: Type.String(),
  addedAt: Instant,
  removedAt: Type.Union([Instant, Type.Null()]),
  removedByName: Type.Union([Type.String(), Type.Null()]),
  removalReason: Type.Union([Type.String(), Type.Null()]),
});
export type ReleaseMember = Static<typeof ReleaseMember>;

export const JointReleaseAction = Type.Union([Type.Literal('change'), Type.Literal('cancel')]);

const summary = {
  id: Id,
  unitId: Id,
  unitName: Type.String(),
  name: Type.String(),
  state: JointReleaseState,
  /** Null: as soon as all are signed. */
  releaseAt: Type.Union([Instant, Type.Null()]),
  madeByName: Type.String(),
  madeAt: Instant,
  endedAt: Type.Union([Instant, Type.Null()]),
  endedByName: Type.Union([Type.String(), Type.Null()]),
  endReason: Type.Union([Type.String(), Type.Null()]),
  /** How many take part, and how many of them are signed and not over. */
  members: Type.Integer(),
  ready: Type.Integer(),
  /** The hour has come, and not all are signed. */
  isOverdue: Type.Boolean(),
};
export const JointReleaseSummary = Closed(summary);
export type JointReleaseSummary = Static<typeof JointReleaseSummary>;

/** 联合发布: several resources of one unit that citizens see from the same instant, or none of them. */
export const JointRelease = Closed({
  ...summary,
  /** Those that take part first, then those that were taken out. */
  list: Type.Array(ReleaseMember),
  actions: Type.Array(JointReleaseAction),
  version: Type.Integer(),
});
export type JointRelease = Static<typeof JointRelease>;

const name = Type.String({ minLength: 2, maxLength: 100 });
const releaseAt = Type.Union([Instant, Type.Null()]);
const expectedVersion = Type.Integer({ minimum: 1 });
const Reason = Type.String({ minLength: 2, maxLength: 500 });

export const NewJointRelease = Closed({
  name,
  releaseAt,
  /** The first is what the others belong to. */
  resourceIds: Type.Array(Id, { minItems: 1, maxItems: mostReleaseMembers, uniqueItems: true }),
});
export type NewJointRelease = Static<typeof NewJointRelease>;
export const JointReleaseChange = Closed({ expectedVersion, name, releaseAt });
export type JointReleaseChange = Static<typeof JointReleaseChange>;
export const NewReleaseMember = Closed({ expectedVersion, resourceId: Id });
export type NewReleaseMember = Static<typeof NewReleaseMember>;
export const ReleaseMemberRemoval = Closed({ expectedVersion, resourceId: Id, reason: Reason });
export type ReleaseMemberRemoval = Static<typeof ReleaseMemberRemoval>;
export const JointReleaseCancellation = Closed({ expectedVersion, reason: Reason });
export type JointReleaseCancellation = Static<typeof JointReleaseCancellation>;

export const jointReleaseApi = {
  listJointReleases: defineEndpoint({
    method: 'GET',
    path: '/api/joint-releases',
    summary: 'Joint releases in scope, the newest first; those that ended too.',
    access: 'signed-in',
    query: Closed({
      ...pagingQuery,
      state: Type.Optional(JointReleaseState),
      /** The one that waits for this resource. */
      resourceId: Type.Optional(Id),
    }),
    response: Closed({
      items: Type.Array(JointReleaseSummary),
      nextCursor: Type.Union([Type.String(), Type.Null()]),
    }),
  }),
  getJointRelease: defineEndpoint({
    method: 'GET',
    path: '/api/joint-releases/:id',
    summary: 'One joint release with its members and what holds it.',
    access: 'signed-in',
    params: IdParams,
    response: JointRelease,
  }),
  planJointRelease: defineEndpoint({
    method: 'POST',
    path: '/api/joint-releases',
    summary: 'Plan that resources of one unit go out together.',
    access: 'signed-in',
    body: NewJointRelease,
    response: JointRelease,
    status: 201,
  }),
  changeJointRelease: defineEndpoint({
    method: 'PUT',
    path: '/api/joint-releases/:id',
    summary: 'Change name and hour of what has not gone out yet.',
    access: 'signed-in',
    params: IdParams,
    body: JointReleaseChange,
    response: JointRelease,
  }),
  addReleaseMember: defineEndpoint({
    method: 'POST',
    path: '/api/joint-releases/:id/members',
    summary: 'Another resource goes out with them.',
    access: 'signed-in',
    params: IdParams,
    body: NewReleaseMember,
    response: JointRelease,
    status: 201,
  }),
  removeReleaseMember: defineEndpoint({
    method: 'POST',
    path: '/api/joint-releases/:id/removals',
    summary: 'Take one out, with a reason: it goes its own way again.',
    access: 'signed-in',
    params: IdParams,
    body: ReleaseMemberRemoval,
    response: JointRelease,
  }),
  cancelJointRelease: defineEndpoint({
    method: 'POST',
    path: '/api/joint-releases/:id/cancellation',
    summary: 'Give the plan up, with a reason: what is signed goes out by its own hour.',
    access: 'signed-in',
    params: IdParams,
    body: JointReleaseCancellation,
    response: JointRelease,
  }),
} as const;
