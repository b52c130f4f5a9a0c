import type { Ctx } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { accountsById, unitNames } from '../identity/index.ts';
import { liveResources, type RevisionRow } from '../library/index.ts';
import { insertResponsibility, type ResponsibilityRow } from './change-review.queries.ts';
import { type DecisionRow, decisionsOf, signedReviewsOf } from './decision.queries.ts';
import { opinionsOf } from './opinion.queries.ts';
import type { ReviewRow } from './review.queries.ts';
import { countingApprovals } from './review.rules.ts';
import { endUndisclosed } from './undisclosed.queries.ts';

/**
 * 谁采编、谁录入、谁审核、谁签发: put on record at the sign-off, with names and units as they are on that day, and again
 * with each approval after an urgent release: what is on record stays as it is.
 */
export async function recordResponsibility(
  ctx: Ctx,
  review: ReviewRow,
  revision: RevisionRow,
): Promise<void> {
  const decisions = answeredFor(await decisionsOf(ctx.db, [review.id]));
  const enteredBy = revision.createdBy === null ? [] : [revision.createdBy];
  const people = await accountsById(ctx.db, [...enteredBy, ...decisions.map((one) => one.decidedBy)]);
  const units = await unitNames(ctx.db, [review.unitId]);
  const ownUnit = { unitId: review.unitId, unitName: units.get(review.unitId) ?? '' };
  const unitOf = (accountId: string | null) => {
    const person = accountId === null ? undefined : people.get(accountId);
    return person ? { unitId: person.unitId, unitName: person.unitName } : ownUnit;
  };
  const common = {
    reviewId: review.id,
    revisionId: review.revisionId,
    resourceId: review.resourceId,
    place: 0,
    stepName: null,
    onBehalfOfName: null,
  };
  // 采编 may be somebody without an account: a name that the editor typed.
  const author = revision.content.author ?? revision.createdByName;
  const writer = author === revision.createdByName ? revision.createdBy : null;
  const entered = {
    personName: revision.createdByName,
    accountId: revision.createdBy,
    at: revision.createdAt,
  };
  const rows: ResponsibilityRow[] = [
    {
      ...common,
      duty: 'written',
      accountId: writer,
      personName: author,
      ...unitOf(writer),
      at: revision.createdAt,
    },
    { ...common, duty: 'entered', ...entered, ...unitOf(revision.createdBy) },
    ...decisions.map((one, place): ResponsibilityRow => {
      const person = { accountId: one.decidedBy, personName: one.decidedByName, ...unitOf(one.decidedBy) };
      return {
        ...common,
        ...person,
        duty: dutyOf(review, one),
        place,
        stepName: one.stepName,
        onBehalfOfName: one.onBehalfOfName,
        at: one.decidedAt,
      };
    }),
  ];
  await insertResponsibility(ctx.db, [...rows, ...(await consultedRows(ctx, review, common))]);
}

/** Who answered for which other unit on this revision, under the name that the unit had then. */
async function consultedRows(
  { db }: Ctx,
  review: ReviewRow,
  common: Pick<ResponsibilityRow, 'reviewId' | 'revisionId' | 'resourceId' | 'stepName'>,
): Promise<readonly ResponsibilityRow[]> {
  const answered = (await opinionsOf(db, review.id)).filter(({ state }) => state === 'answered');
  return answered.map((one, place) => ({
    ...common,
    duty: 'consulted',
    place,
    accountId: one.endedBy,
    personName: one.endedByName ?? '',
    onBehalfOfName: one.onBehalfOfName,
    unitId: one.unitId,
    unitName: one.unitName,
    at: one.endedAt ?? review.submittedAt,
  }));
}

/** What somebody answers for: approvals that count, and an urgent release, in their order. */
function answeredFor(decisions: readonly DecisionRow[]): readonly DecisionRow[] {
  const counting = new Set(countingApprovals(decisions));
  return decisions.filter((one) => one.outcome === 'urgent' || counting.has(one));
}

const dutyOf = ({ chain }: ReviewRow, { outcome, step }: DecisionRow): 'signed' | 'reviewed' =>
  outcome === 'urgent' || step === chain.length - 1 ? 'signed' : 'reviewed';

/** Whoever signed last, or released urgently: those who approve afterwards released nothing. */
const releaseOf = (decisions: readonly DecisionRow[]): DecisionRow | undefined =>
  decisions.find(({ outcome }) => outcome === 'urgent') ?? countingApprovals(decisions).at(-1);

/**
 * 谁发布: whoever signed answers for the release, at the time the revision really became public. Called by the
 * sign-off, and for releases at a set hour by the job that listens to `library.revision-released`; safe to run
 * twice. Of several who signed, whoever signed last released it. What is public is none of the undisclosed any more.
 * Nobody is on record for what came in without a review.
 */
export async function recordReleases(
  db: Db,
  releases: readonly { readonly resourceId: string; readonly revisionId: string }[],
): Promise<void> {
  const live = await liveResources(
    db,
    releases.map((one) => one.resourceId),
  );
  const released = releases.filter((one) => live.get(one.resourceId)?.revisionId === one.revisionId);
  await endUndisclosed(
    db,
    released.map((one) => one.resourceId),
    'published',
  );
  const reviews = await signedReviewsOf(db, released);
  const decisions = await decisionsOf(
    db,
    reviews.map((one) => one.id),
  );
  const ofReview = Map.groupBy(decisions, (one) => one.reviewId);
  const signers = await accountsById(db, [...new Set(decisions.map((one) => one.decidedBy))]);
  const rows = reviews.flatMap(({ id, resourceId, revisionId }): ResponsibilityRow[] => {
    const signature = releaseOf(ofReview.get(id) ?? []);
    if (!signature) throw new Error(`review ${id} is signed by nobody`);
    const signer = signers.get(signature.decidedBy);
    if (!signer) throw new Error(`account ${signature.decidedBy} does not exist`);
    const release = live.get(resourceId);
    if (!release) return [];
    return [
      {
        reviewId: id,
        revisionId,
        resourceId,
        duty: 'released',
        place: 0,
        stepName: null,
        onBehalfOfName: signature.onBehalfOfName,
        accountId: signature.decidedBy,
        personName: signature.decidedByName,
        unitId: signer.unitId,
        unitName: signer.unitName,
        at: release.lastPublishedAt,
      },
    ];
  });
  if (rows.length > 0) await insertResponsibility(db, rows);
}
