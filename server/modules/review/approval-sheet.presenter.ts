import { stanceNames } from '../../../contracts/opinion.ts';
import type { ApprovalSheet } from '../../../contracts/approval-sheet.ts';
import { digestOf } from '../../platform/digest.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { signatureImageOf, unitNames } from '../identity/index.ts';
import { currentTypes, getResource } from '../library/index.ts';
import { placeNames } from '../sites/index.ts';
import { presentAssessments } from './assessment.presenter.ts';
import type { DecisionRow } from './decision.queries.ts';
import { type FoundReview, getReview } from './find-review.ts';
import { personShown } from './person-shown.ts';
import type { OpinionRow } from './opinion.queries.ts';
import { presentUrgentRelease } from './retrospective.presenter.ts';
import { type SignatureRow, signaturesOf } from './signature.queries.ts';

const outcomeNames = {
  approved: '同意',
  returned: '退回',
  'sent-back': '退回前面环节',
  recalled: '撤回审核',
  urgent: '紧急签发',
  objected: '补审不通过',
} as const;
const stateNames = {
  open: '审核中',
  signed: '已签发',
  returned: '已退回',
  recalled: '已撤回',
  retrospective: '已紧急发布，补审中',
  confirmed: '已紧急发布，已补审',
  objected: '已紧急发布，补审未通过',
} as const;

/** 信息发布审批表: from the records alone; what is not on record does not stand on it. */
export async function presentSheet(reader: Reader, reviewId: string): Promise<ApprovalSheet> {
  const { db } = reader;
  const found = await getReview(reader, reviewId);
  const { row, revision, decisions, opinions: asked } = found;
  const resource = await getResource(reader, row.resourceId);
  const units = await unitNames(db, [row.unitId]);
  const assessments = await presentAssessments(db, row.id);
  const steps = decisions.map(presentStep);
  const opinions = asked.map(presentOpinion);
  const over = opinions.filter((_one, index) => asked[index]?.state !== 'open');
  const signatures = (await countingSignatures(reader, found)).map(presentSignature);
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
    opinions,
    signatures,
    urgentRelease: row.lastStep === null ? null : await presentUrgentRelease(reader, row.id),
    // Of what can never change; where a resource stands, and what its unit is called, may.
    verification: digestOf({
      reviewId: row.id,
      revisionDigest,
      assessments,
      steps,
      signatures,
      // A sheet without any says what it always said.
      ...(over.length === 0 ? {} : { opinions: over }),
    }).toString('hex'),
  };
}

function presentStep(decision: DecisionRow): ApprovalSheet['steps'][number] {
  return {
    name: decision.stepName,
    outcome: outcomeNames[decision.outcome],
    opinion: decision.reason ?? (decision.outcome === 'approved' ? '同意发布。' : ''),
    personName: personShown(decision.decidedByName, decision.onBehalfOfName),
    at: decision.decidedAt.toISOString(),
  };
}

const opinionOutcomes = {
  open: '等待答复',
  withdrawn: '已撤回',
  unanswered: '逾期未答',
  closed: '未答复，已结束',
} as const;

function presentOpinion(row: OpinionRow): ApprovalSheet['opinions'][number] {
  const { state, stance, endedByName } = row;
  const isSaid = state === 'answered' || state === 'withdrawn';
  return {
    unitName: row.unitName,
    question: row.question,
    outcome: state === 'answered' ? stanceNames[stance ?? 'agree'] : opinionOutcomes[state],
    opinion: row.answer ?? row.endReason ?? '',
    // Whoever went on without an answer did not give one.
    personName: isSaid && endedByName !== null ? personShown(endedByName, row.onBehalfOfName) : '',
    at: row.endedAt?.toISOString() ?? null,
  };
}

/** Going back to an earlier step undoes every signature there is: those given since then stand on the sheet. */
async function countingSignatures(
  { db }: Reader,
  { row, decisions }: FoundReview,
): Promise<readonly SignatureRow[]> {
  const undone = decisions.findLast(({ outcome }) => outcome === 'sent-back')?.decidedAt;
  const signatures = await signaturesOf(db, row.id);
  return signatures.filter(({ signedAt }) => undone === undefined || signedAt > undone);
}

function presentSignature(row: SignatureRow): ApprovalSheet['signatures'][number] {
  return {
    id: row.id,
    personName: personShown(row.signedByName, row.onBehalfOfName),
    unitName: row.signedFor,
    at: row.signedAt.toISOString(),
    method: row.method,
    opinion: row.opinion,
    hasImage: row.imageDigest !== null,
    // Only where it is, so that sheets of before keep their digest.
    ...(row.urgent ? { urgent: true } : {}),
  };
}

/** The picture that a signer used on that day, for whoever may read the sheet. */
export async function sheetSignatureImage(
  reader: Reader,
  reviewId: string,
  signatureId: string,
): Promise<Buffer> {
  const { row } = await getReview(reader, reviewId);
  await getResource(reader, row.resourceId);
  const signature = (await signaturesOf(reader.db, row.id)).find(({ id }) => id === signatureId);
  const image =
    signature?.imageDigest && (await signatureImageOf(reader.db, signature.signedBy, signature.imageDigest));
  if (image) return image;
  throw new AppError('not-found', 'review.signature-image-missing', '这张审批表没有签名图片。');
}
