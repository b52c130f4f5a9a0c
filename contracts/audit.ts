import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, Instant, pagingQuery } from './endpoint.ts';

export const auditErrorCodes = ['audit.reader-required', 'audit.cursor-wrong'] as const;

export const AuditResult = Type.Union([
  Type.Literal('done'),
  Type.Literal('refused'),
  Type.Literal('failed'),
]);

export const AuditEntry = Closed({
  seq: Type.String(),
  at: Instant,
  actorId: Type.String(),
  actorName: Type.String(),
  unitId: Type.Union([Id, Type.Null()]),
  action: Type.String(),
  objectKind: Type.String(),
  objectId: Type.Union([Type.String(), Type.Null()]),
  result: AuditResult,
  code: Type.Union([Type.String(), Type.Null()]),
  details: Type.Unknown(),
  address: Type.Union([Type.String(), Type.Null()]),
  requestId: Type.String(),
});
export type AuditEntry = Static<typeof AuditEntry>;

export const ChainReport = Closed({
  entries: Type.Integer(),
  intact: Type.Boolean(),
  brokenAt: Type.Union([Type.String(), Type.Null()]),
  reason: Type.Union([Type.String(), Type.Null()]),
});
export type ChainReport = Static<typeof ChainReport>;

export const auditApi = {
  listEntries: defineEndpoint({
    method: 'GET',
    path: '/api/audit-entries',
    summary: 'Entries of the audit record, newest first; for audit administrators.',
    access: 'signed-in',
    query: Closed({
      ...pagingQuery,
      actorId: Type.Optional(Type.String({ maxLength: 40 })),
      action: Type.Optional(Type.String({ maxLength: 60, pattern: '^[a-z.-]+$' })),
      objectKind: Type.Optional(Type.String({ maxLength: 40 })),
      objectId: Type.Optional(Type.String({ maxLength: 40 })),
      result: Type.Optional(AuditResult),
      from: Type.Optional(Instant),
      to: Type.Optional(Instant),
    }),
    response: Closed({ items: Type.Array(AuditEntry), nextCursor: Type.Union([Type.String(), Type.Null()]) }),
  }),
  verifyChain: defineEndpoint({
    method: 'POST',
    path: '/api/audit-entries/verification',
    summary: 'Recompute the hash chain and say whether it is whole.',
    access: 'signed-in',
    response: ChainReport,
  }),
} as const;
