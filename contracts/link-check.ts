import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';

export const linkCheckErrorCodes = [
  'proofreading.host-keeper-required',
  'proofreading.host-reader-required',
  'proofreading.host-wrong',
  'proofreading.host-of-government',
  'proofreading.host-ruled',
  'proofreading.host-ruling-not-found',
  'proofreading.host-ruling-ended',
  'proofreading.agreed-later',
  'proofreading.emblem-file-unknown',
  'proofreading.emblem-approved',
  'proofreading.emblem-not-found',
  'proofreading.emblem-ended',
] as const;

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const oneOf = <T extends string>(values: readonly T[], description: string) =>
  Type.Unsafe<T>(
    Type.Union(
      values.map((value) => Type.Literal(value)),
      { description },
    ),
  );

export const hostStandings = ['approved', 'blocked'] as const;
export type HostStanding = (typeof hostStandings)[number];
const Standing = oneOf(hostStandings, 'approved: texts may link to it; blocked: none may.');
const Reason = Type.String({ minLength: 2, maxLength: 300, pattern: '\\S.*\\S' });

/** What is on record when a host is approved or blocked. */
export const HostRulingTerms = Closed({
  host: Type.String({
    minLength: 3,
    maxLength: 253,
    description: 'A host name; it stands for those below it.',
  }),
  standing: Standing,
  reason: Reason,
  agreedBy: Type.String({ minLength: 2, maxLength: 60, description: 'Who of the responsible unit agreed.' }),
  agreedOn: Day,
});
export type HostRulingTerms = Static<typeof HostRulingTerms>;

/** How something that was ruled came to its end; all null while it stands. */
const ending = {
  endedAt: nullable(Instant),
  endedByName: nullable(Type.String()),
  endReason: nullable(Type.String()),
};

export const HostRuling = Closed({
  id: Id,
  ...HostRulingTerms.properties,
  madeAt: Instant,
  madeByName: Type.String(),
  ...ending,
});
export type HostRuling = Static<typeof HostRuling>;

export const ApprovedEmblem = Closed({
  id: Id,
  digest: Type.String({ description: 'SHA-256 of the file.' }),
  assetId: nullable(
    Type.String({ description: 'An asset that has these bytes; null when none has them any more.' }),
  ),
  name: Type.String(),
  reason: Type.String(),
  madeAt: Instant,
  madeByName: Type.String(),
  ...ending,
});
export type ApprovedEmblem = Static<typeof ApprovedEmblem>;

export const linkProblems = [
  'status',
  'timeout',
  'connection',
  'private-address',
  'robots',
  'redirects',
] as const;
export type LinkProblem = (typeof linkProblems)[number];

/** What a host answered, or why nothing came. */
export interface LinkAnswer {
  readonly status: number | null;
  readonly problem: LinkProblem | null;
}

/** An address that failed on three days, and in how many live texts it stands. */
export const DeadLink = Closed({
  address: Type.String(),
  status: nullable(Type.Integer({ description: 'HTTP status of the last answer; null without one.' })),
  problem: nullable(oneOf(linkProblems, 'What was wrong the last time.')),
  failedDays: Type.Integer(),
  triedAt: Instant,
  uses: Type.Integer(),
  resourceIds: Type.Array(Id, { maxItems: 10, description: 'The newest texts that have it.' }),
});
export type DeadLink = Static<typeof DeadLink>;

const End = Closed({ reason: Reason });
const paging = Closed(pagingQuery);
const pageOf = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
  Closed({ items: Type.Array(item), nextCursor: nullable(Type.String()) });

export const linkCheckApi = {
  listHostRulings: defineEndpoint({
    method: 'GET',
    path: '/api/host-rulings',
    summary: 'Which hosts may be linked to and which may not, newest first, with those that ended.',
    access: 'signed-in',
    query: paging,
    response: pageOf(HostRuling),
  }),
  ruleHost: defineEndpoint({
    method: 'POST',
    path: '/api/host-rulings',
    summary: 'Put on record that a host that is not the government’s may be linked to, or never.',
    access: 'signed-in',
    body: HostRulingTerms,
    response: HostRuling,
    status: 201,
  }),
  endHostRuling: defineEndpoint({
    method: 'POST',
    path: '/api/host-rulings/:id/end',
    summary: 'End an approval or a block; it stays on record.',
    access: 'signed-in',
    params: IdParams,
    body: End,
    response: HostRuling,
  }),
  listEmblems: defineEndpoint({
    method: 'GET',
    path: '/api/approved-emblems',
    summary: 'Files of flags and emblems that may be shown, newest first, with those that ended.',
    access: 'signed-in',
    query: paging,
    response: pageOf(ApprovedEmblem),
  }),
  approveEmblem: defineEndpoint({
    method: 'POST',
    path: '/api/approved-emblems',
    summary: 'Approve the file of an asset; the same bytes are approved wherever they were uploaded.',
    access: 'signed-in',
    body: Closed({ assetId: Id, name: Type.String({ minLength: 2, maxLength: 60 }), reason: Reason }),
    response: ApprovedEmblem,
    status: 201,
  }),
  endEmblem: defineEndpoint({
    method: 'POST',
    path: '/api/approved-emblems/:id/end',
    summary: 'End the approval of a file; it stays on record.',
    access: 'signed-in',
    params: IdParams,
    body: End,
    response: ApprovedEmblem,
  }),
  listDeadLinks: defineEndpoint({
    method: 'GET',
    path: '/api/dead-links',
    summary: 'Addresses in live texts that failed on three days in a row, in order of address.',
    access: 'signed-in',
    query: paging,
    response: pageOf(DeadLink),
  }),
};
