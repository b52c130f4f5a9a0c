import { type Static, Type } from 'typebox';

import { OpennessAssessment } from './openness.ts';
import { Closed, Day, defineEndpoint, Id, IdParams, Instant } from './endpoint.ts';
import { SigningMethod } from './signing.ts';
import { UrgentRelease } from './urgent-release.ts';

/** 信息发布审批表: what was approved, by whom and on what grounds, from the records of one review. */
export const ApprovalSheet = Closed({
  reviewId: Id,
  resourceId: Id,
  title: Type.String(),
  unitName: Type.String(),
  columns: Type.Array(Type.String()),
  typeName: Type.String(),
  indexNumber: Type.Union([Type.String(), Type.Null()]),
  source: Type.String(),
  stateName: Type.String(),
  submittedByName: Type.String(),
  submittedAt: Instant,
  revisionNumber: Type.Integer(),
  revisionDigest: Type.String(),
  assessment: Type.Union([OpennessAssessment, Type.Null()]),
  steps: Type.Array(
    Closed({
      name: Type.String(),
      outcome: Type.String(),
      opinion: Type.String(),
      personName: Type.String(),
      at: Instant,
    }),
  ),
  /** 会签: what other units were asked, and what came of it. */
  opinions: Type.Array(
    Closed({
      unitName: Type.String(),
      question: Type.String(),
      outcome: Type.String(),
      opinion: Type.String(),
      personName: Type.String(),
      at: Type.Union([Instant, Type.Null()]),
    }),
  ),
  /** Those that count, in the order in which they were given: several where all have to sign. */
  signatures: Type.Array(
    Closed({
      id: Id,
      personName: Type.String(),
      unitName: Type.String(),
      at: Instant,
      method: SigningMethod,
      opinion: Type.Union([Type.String(), Type.Null()]),
      hasImage: Type.Boolean(),
      /** Given before the steps were done (紧急发布). */
      urgent: Type.Optional(Type.Literal(true)),
    }),
  ),
  urgentRelease: Type.Union([UrgentRelease, Type.Null()]),
  /**
   * SHA-256 over what can never change: which revision of which review, all its assessments, steps, opinions that are over and signatures.
   * Two prints with the same are of the same records; where the resource stands and what its unit is called may differ.
   */
  verification: Type.String(),
});
export type ApprovalSheet = Static<typeof ApprovalSheet>;

export const sheetErrorCodes = ['review.signature-image-missing', 'review.period-wrong'] as const;

export const sheetApi = {
  getApprovalSheet: defineEndpoint({
    method: 'GET',
    path: '/api/reviews/:id/sheet',
    summary: 'What the 信息发布审批表 of a review says.',
    access: 'signed-in',
    params: IdParams,
    response: ApprovalSheet,
  }),
  getSheetSignature: defineEndpoint({
    method: 'GET',
    path: '/api/reviews/:id/sheet/signatures/:signatureId',
    summary: 'The picture of a signature on the sheet.',
    access: 'signed-in',
    params: Closed({ id: Id, signatureId: Id }),
    response: Type.Unknown(),
    produces: 'image/png',
  }),
  exportResponsibility: defineEndpoint({
    method: 'GET',
    path: '/api/responsibility/file',
    summary: '首发责任 of a period as a workbook: of the own unit, or of every unit for those who oversee.',
    access: 'signed-in',
    query: Closed({ from: Day, to: Day, unitId: Type.Optional(Id) }),
    response: Type.Unknown(),
    produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }),
} as const;
