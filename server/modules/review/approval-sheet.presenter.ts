import type { ApprovalSheet } from '../../../contracts/approval-sheet.ts';
import { digestOf } from '../../platform/digest.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { signatureImageOf, unitNames } from '../identity/index.ts';
import { currentTypes, getResource } from '../library/index.ts';
import { placeNames } from '../sites/index.ts';
import { presentAssessments } from './assessment.presenter.ts';
import type { DecisionRow } from './decision.queries.ts';
import { getReview } from './find-review.ts';
import { signatureOf } from './signature.queries.ts';

const outcomeNames = {
  approved: '同意',
  returned: '退回',
  'sent-back': '退回前面环节',
  recalled: '撤回审核',
} as const;
const stateNames = { open: '审核中', signed: '已签发', returned: '已退回', recalled: '已撤回' } as const;

/** 信息发布审批表: from the records alone; what is not on record does not stand on it. */
export async function presentSheet(reader: Reader, reviewId: string): Promise<ApprovalSheet> {
  const { db } = reader;
  const { row, revision, decisions } = await getReview(reader, reviewId);
  const resource = await getResource(reader, row.resourceId);
  const units = await unitNames(db, [row.unitId]);
  const assessments = await presentAssessments(db, row.id);
  const steps = decisions.map(presentStep);
  const signature = await presentSignature(reader, row.id);
  const revisionDigest = row.revisionDigest.toString('hex');
  return {
    reviewId: row.id,
    resourceId: row.resourceId,
    title: revision.content.title,
    unitName: units.get(row.unitId) ?? '',
    columns: [...(await placeNames(db, row.resourceId))],
    typeName: (await currentTypes(db)).find(({ key }) => key === row.type)?.name ?? row.type,
    indexNumber: resource.indexNumber,
    source: revision.content.source ?? '',
    stateName: stateNames[row.state],
    submittedByName: row.submittedByName,
    submittedAt: row.submittedAt.toISOString(),
    revisionNumber: revision.number,
    revisionDigest,
    assessment: assessments.at(-1) ?? null,
    steps,
    signature,
    // Of what can never change; where a resource stands, and what its unit is called, may.
    verification: digestOf({ reviewId: row.id, revisionDigest, assessments, steps, signature }).toString(
      'hex',
    ),
  };
}

function presentStep(decision: DecisionRow): ApprovalSheet['steps'][number] {
  return {
    name: decision.stepName,
    outcome: outcomeNames[decision.outcome],
    opinion: decision.reason ?? (decision.outcome === 'approved' ? '同意发布。' : ''),
    personName:
      decision.onBehalfOfName === null
        ? decision.decidedByName
        : `${decision.decidedByName}（代${decision.onBehalfOfName}）`,
    at: decision.decidedAt.toISOString(),
  };
}

async function presentSignature({ db }: Reader, reviewId: string): Promise<ApprovalSheet['signature']> {
  const row = await signatureOf(db, reviewId);
  return row
    ? {
        personName: row.signedByName,
        unitName: row.signedFor,
        at: row.signedAt.toISOString(),
        method: row.method,
        opinion: row.opinion,
        hasImage: row.imageDigest !== null,
      }
    : null;
}

/** The picture that the signer used on that day, for whoever may read the review. */
export async function sheetSignatureImage(reader: Reader, reviewId: string): Promise<Buffer> {
  const { row } = await getReview(reader, reviewId);
  const signature = await signatureOf(reader.db, row.id);
  const image =
    signature?.imageDigest && (await signatureImageOf(reader.db, signature.signedBy, signature.imageDigest));
  if (image) return image;
  throw new AppError('not-found', 'review.signature-image-missing', '这张审批表没有签名图片。');
}
