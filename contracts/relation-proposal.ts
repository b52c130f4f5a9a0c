import { type Static, Type } from 'typebox';

import {
  Closed,
  Count,
  Day,
  defineEndpoint,
  Id,
  IdParams,
  Instant,
  Nothing,
  pagingQuery,
} from './endpoint.ts';

/** The kinds of relation that are proposed; of `replacedBy` it is the older document that names. */
export const proposedKinds = ['amends', 'repeals', 'replacedBy'] as const;
export type ProposedKind = (typeof proposedKinds)[number];
/** Two texts have one title, or one says so of the other. */
export const proposalReasons = ['same-title', 'said'] as const;
export type ProposalReason = (typeof proposalReasons)[number];
export const proposalStates = ['proposed', 'accepted', 'dismissed'] as const;
export type ProposalState = (typeof proposalStates)[number];

const oneOf = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(values.map((value) => Type.Literal(value))));
const Confidence = Type.Integer({ minimum: 0, maximum: 100 });

const Side = Closed({
  id: Id,
  title: Type.String(),
  unitName: Type.String(),
  writtenOn: Type.Union([Day, Type.Null()]),
  isOpen: Type.Boolean({ description: 'The caller may open it in the console.' }),
});

/** What the platform thinks belongs together: both are live. */
export const RelationProposal = Closed({
  id: Id,
  kind: oneOf(proposedKinds),
  from: Side,
  to: Side,
  reason: oneOf(proposalReasons),
  evidence: Type.String({ description: 'The words from which it was concluded.' }),
  confidence: Confidence,
  state: oneOf(proposalStates),
  foundAt: Instant,
  canDecide: Type.Boolean(),
});
export type RelationProposal = Static<typeof RelationProposal>;

export const RelationProposalQuery = Closed({
  ...pagingQuery,
  unitId: Type.Optional(Id),
  kind: Type.Optional(oneOf(proposedKinds)),
  state: Type.Optional(oneOf(proposalStates)),
  least: Type.Optional(Confidence),
});
export type RelationProposalQuery = Static<typeof RelationProposalQuery>;

/** What an accepted proposal changed: new drafts, which go through review like any change. */
export const AcceptedProposal = Closed({
  changed: Type.Array(Id, { description: 'Resources that have a new revision to hand in.' }),
  left: Type.Array(Id, {
    description: 'Resources whose validity should follow and is for others to change.',
  }),
});
export type AcceptedProposal = Static<typeof AcceptedProposal>;

export const relationProposalApi = {
  listProposals: defineEndpoint({
    method: 'GET',
    path: '/api/relation-proposals',
    summary: 'Relations between documents that titles, dates and texts suggest, the surest first.',
    access: 'signed-in',
    query: RelationProposalQuery,
    response: Closed({
      items: Type.Array(RelationProposal),
      nextCursor: Type.Union([Type.String(), Type.Null()]),
      count: Count,
    }),
  }),
  acceptProposal: defineEndpoint({
    method: 'POST',
    path: '/api/relation-proposals/:id/acceptance',
    summary: 'Writes the relation, and the validity that follows from it, into new drafts of its two sides.',
    access: 'signed-in',
    params: IdParams,
    response: AcceptedProposal,
  }),
  dismissProposal: defineEndpoint({
    method: 'POST',
    path: '/api/relation-proposals/:id/dismissal',
    summary: 'Says that the two do not belong together; the proposal does not come back.',
    access: 'signed-in',
    params: IdParams,
    response: Nothing,
  }),
} as const;
