import type { Resource, ResourceContent, ResourceTypeKey } from '../../contracts/library.ts';
import type { Review } from '../../contracts/review.ts';
import { decideReview, submitResource } from '../../server/modules/review/index.ts';
import type { Db } from '../../server/platform/db.ts';
import { anAssessment } from './assessment.ts';
import { anAccount, aUnit, type TestAccount, type TestUnit } from './identity.ts';
import { aDraft, aSiteWithColumn, performAs, type TestColumn } from './library.ts';

/** The people that a unit needs to publish: one for each step. */
export interface ReviewTeam {
  readonly unit: TestUnit;
  readonly editor: TestAccount;
  readonly first: TestAccount;
  readonly second: TestAccount;
  readonly principal: TestAccount;
}

export async function aReviewTeam(db: Db, unit?: TestUnit): Promise<ReviewTeam> {
  const own = unit ?? (await aUnit(db));
  return {
    unit: own,
    editor: await anAccount(db, { unit: own, roles: ['editor'] }),
    first: await anAccount(db, { unit: own, roles: ['reviewer'] }),
    second: await anAccount(db, { unit: own, roles: ['reviewer'] }),
    principal: await anAccount(db, { unit: own, roles: ['principal'] }),
  };
}

interface Clocked {
  readonly clock?: () => Date;
}

/** The open review of a resource: its id, step and digest as a reviewer would send them. */
export async function openReview(
  db: Db,
  resourceId: string,
): Promise<{ readonly id: string; readonly step: number; readonly digest: string }> {
  const row = await db
    .selectFrom('review.review')
    .select(['id', 'step', 'revision_digest'])
    .where('resource_id', '=', resourceId)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow();
  return { id: row.id, step: row.step, digest: row.revision_digest.toString('hex') };
}

/** Submits the newest version of a resource, whatever it is now. */
export async function submit(
  db: Db,
  who: TestAccount,
  resourceId: string,
  wishes: Clocked = {},
): Promise<string> {
  const { version } = await db
    .selectFrom('library.resource')
    .select('version')
    .where('id', '=', resourceId)
    .executeTakeFirstOrThrow();
  await performAs({ db }, who, wishes)(submitResource, { resourceId, expectedVersion: version });
  return (await openReview(db, resourceId)).id;
}

/** Approves the step that waits, with every check done, and with the last one signs. */
export async function approve(
  db: Db,
  who: TestAccount,
  resourceId: string,
  wishes: Clocked = {},
): Promise<Review> {
  const { id, step, digest } = await openReview(db, resourceId);
  return performAs(
    { db },
    who,
    wishes,
  )(decideReview, {
    reviewId: id,
    action: 'approve',
    step,
    revisionDigest: digest,
    assessment: anAssessment(),
    signedBy: { method: 'password' },
  });
}

export async function giveBack(
  db: Db,
  who: TestAccount,
  resourceId: string,
  reason = '标题有误',
): Promise<Review> {
  const { id, step, digest } = await openReview(db, resourceId);
  return performAs({ db }, who)(decideReview, {
    reviewId: id,
    action: 'return',
    step,
    revisionDigest: digest,
    reason,
  });
}

/** Submission and all three steps, by the people of the team. */
export async function publish(
  db: Db,
  team: ReviewTeam,
  resourceId: string,
  wishes: Clocked = {},
): Promise<void> {
  await submit(db, team.editor, resourceId, wishes);
  for (const who of [team.first, team.second, team.principal]) await approve(db, who, resourceId, wishes);
}

export interface LiveWishes extends Clocked {
  /** New people in a new unit when absent. */
  readonly team?: ReviewTeam;
  /** A column of a new site when absent. */
  readonly column?: Pick<TestColumn, 'id'>;
  readonly content?: Partial<ResourceContent>;
  readonly type?: ResourceTypeKey;
}

export interface LiveArticle {
  readonly draft: Resource;
  readonly resourceId: string;
  readonly team: ReviewTeam;
  readonly columnId: string;
}

/** Something published through the real commands, from draft to sign-off. */
export async function aLiveArticle(db: Db, wishes: LiveWishes = {}): Promise<LiveArticle> {
  const team = wishes.team ?? (await aReviewTeam(db));
  const column = wishes.column ?? (await aSiteWithColumn(db, team.unit)).column;
  const { content, type, clock } = wishes;
  const draft = await aDraft(db, {
    editor: team.editor,
    column,
    ...(content === undefined ? {} : { content }),
    ...(type === undefined ? {} : { type }),
    ...(clock === undefined ? {} : { clock }),
  });
  await publish(db, team, draft.id, clock === undefined ? {} : { clock });
  return { draft, resourceId: draft.id, team, columnId: column.id };
}

/** A remark on the title in the open review of a resource, written past the commands. */
export async function aComment(db: Db, resourceId: string, text = '请再核对。'): Promise<string> {
  const review = await db
    .selectFrom('review.review')
    .select(['id', 'title'])
    .where('resource_id', '=', resourceId)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow();
  const { id } = await db
    .insertInto('review.comment')
    .values({
      review_id: review.id,
      anchor: JSON.stringify({ field: 'title', path: [], start: 0, end: review.title.length }),
      quote: review.title,
      text,
      written_by: '1',
      written_by_name: '审核员',
      written_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
