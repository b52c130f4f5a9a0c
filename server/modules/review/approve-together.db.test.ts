import { beforeAll, describe, expect, it } from 'vitest';

import {
  type BatchApproval,
  type BatchResult,
  mostTogether,
  type ReviewSummary,
} from '../../../contracts/review.ts';
import type { Enrolment } from '../../../contracts/signing.ts';
import { aConsole, testSeal } from '../../../test/app.ts';
import { anAssessment } from '../../../test/factories/assessment.ts';
import { aChain, aDelegation } from '../../../test/factories/chain.ts';
import { anAccount, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import {
  aDraft,
  aSiteWithColumn,
  performAs,
  someContent,
  type TestColumn,
} from '../../../test/factories/library.ts';
import { codeAt } from '../../../test/factories/one-time-code.ts';
import {
  aComment,
  approve,
  aReviewTeam,
  giveBack,
  openReview,
  type ReviewTeam,
  submit,
} from '../../../test/factories/review.ts';
import { aDatabase } from '../../../test/harness.ts';
import { defaultIdentitySettings } from '../identity/index.ts';
import { saveDraft } from '../library/index.ts';
import { reviewRoutes } from './index.ts';

const { lockout } = defaultIdentitySettings;

describe('several works approved at once', () => {
  const database = aDatabase();
  const { db } = database;
  const lookedAt = new Set<string>();
  const app = aConsole(database, [
    reviewRoutes([], {
      proofs: { lockout, seal: async () => testSeal },
      needsLook: async (_db, revisionId) => lookedAt.has(revisionId),
    }),
  ]);
  let team: ReviewTeam;
  let column: TestColumn;
  const headers = new Map<string, Record<string, string>>();

  async function as(who: TestAccount): Promise<Record<string, string>> {
    const known = headers.get(who.id) ?? (await signIn(app, who));
    headers.set(who.id, known);
    return known;
  }
  beforeAll(async () => {
    ({ team, column } = await aUnitOfTwoSteps());
  });

  async function aUnitOfTwoSteps() {
    const own = await aReviewTeam(db);
    const { column: shown } = await aSiteWithColumn(db, own.unit);
    await aChain(db, { unitId: own.unit.id, columnId: shown.id });
    return { team: own, column: shown };
  }

  interface Work {
    readonly resourceId: string;
    readonly reviewId: string;
    readonly revisionId: string;
  }
  /** A work that waits for the signature. */
  async function aWork(by: ReviewTeam = team, on: TestColumn = column): Promise<Work> {
    const draft = await aDraft(db, { editor: by.editor, column: on });
    const reviewId = await submit(db, by.editor, draft.id);
    await approve(db, by.first, draft.id);
    return { resourceId: draft.id, reviewId, revisionId: draft.head.id };
  }
  const open = async (who: TestAccount, works: readonly Work[]): Promise<void> => {
    for (const { reviewId } of works)
      await app.inject({ url: `/api/reviews/${reviewId}`, headers: await as(who) });
  };
  const itemOf = async ({ resourceId, reviewId }: Work) => {
    const { step, digest } = await openReview(db, resourceId);
    return { reviewId, step, revisionDigest: digest };
  };
  async function send(who: TestAccount, items: BatchApproval['items'], part: Partial<BatchApproval> = {}) {
    const payload = {
      items,
      assessment: anAssessment(),
      proof: { method: 'password', secret: who.password },
      ...part,
    };
    return app.inject({ method: 'POST', url: '/api/review-approvals', headers: await as(who), payload });
  }
  async function together(who: TestAccount, works: readonly Work[], part: Partial<BatchApproval> = {}) {
    const items = [];
    for (const one of works) items.push(await itemOf(one));
    const answer = await send(who, items, part);
    expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
    return answer.json<BatchResult>().items.map(({ outcome, code }) => code ?? outcome);
  }
  const stateOf = async ({ reviewId }: Work) =>
    (
      await db
        .selectFrom('review.review')
        .select('state')
        .where('id', '=', reviewId)
        .executeTakeFirstOrThrow()
    ).state;

  it('are signed each by itself, with one proof, a signature and an assessment of their own', async () => {
    const works = [await aWork(), await aWork(), await aWork()];
    await open(team.principal, works);
    const list = await app.inject({ url: '/api/reviews?mine=true', headers: await as(team.principal) });
    expect(list.json<{ items: ReviewSummary[] }>().items.map(({ isOpened }) => isOpened)).toEqual([
      true,
      true,
      true,
    ]);
    expect(await together(team.principal, works, { reason: '同意' })).toEqual(['signed', 'signed', 'signed']);
    const ids = works.map(({ reviewId }) => reviewId);
    const kept = async (table: 'review.signature' | 'review.openness_assessment') =>
      (await db.selectFrom(table).selectAll().where('review_id', 'in', ids).execute()).length;
    expect([await kept('review.signature'), await kept('review.openness_assessment')]).toEqual([3, 6]);
    const acts = await db
      .selectFrom('audit.entry')
      .select('object_id')
      .where('action', '=', 'review.approve-together')
      .where('result', '=', 'done')
      .execute();
    expect(acts.map((one) => one.object_id)).toEqual(ids);
  });

  it('are those only that this very person opened, whatever ids are sent', async () => {
    const [read, unread] = [await aWork(), await aWork()];
    await open(team.principal, [read]);
    // Whoever it does not wait for opens nothing by looking at it.
    await open(team.second, [unread]);
    expect(await together(team.principal, [unread, read])).toEqual(['review.not-opened', 'signed']);
    expect(await stateOf(unread)).toBe('open');
    const marks = await db
      .selectFrom('review.opening')
      .selectAll()
      .where('review_id', '=', unread.reviewId)
      .execute();
    expect(marks).toEqual([]);
  });

  it('are not those opened as an earlier revision, or changed since', async () => {
    const [again, remarked] = [await aWork(), await aWork()];
    await open(team.principal, [again, remarked]);
    await giveBack(db, team.principal, again.resourceId);
    const { version } = await db
      .selectFrom('library.resource')
      .select('version')
      .where('id', '=', again.resourceId)
      .executeTakeFirstOrThrow();
    await performAs(database, team.editor)(saveDraft, {
      resourceId: again.resourceId,
      expectedVersion: version,
      content: someContent({ title: '改过的标题' }),
    });
    const reviewId = await submit(db, team.editor, again.resourceId);
    await approve(db, team.first, again.resourceId);
    const comment = await aComment(db, remarked.resourceId);
    const works = [{ ...again, reviewId }, remarked];
    expect(await together(team.principal, works)).toEqual([
      'review.opened-other-revision',
      'review.changed-since-opened',
    ]);
    await open(team.principal, works);
    expect(await together(team.principal, [remarked])).toEqual(['review.comments-unsettled']);
    await db
      .updateTable('review.comment')
      .set({ settled_by: '1', settled_by_name: '审核员', settled_at: new Date() })
      .where('id', '=', comment)
      .execute();
    expect(await together(team.principal, works)).toEqual(['signed', 'signed']);
  });

  it('are not the own, those of another unit, nor those that were decided meanwhile', async () => {
    const other = await aUnitOfTwoSteps();
    const foreign = await aWork(other.team, other.column);
    const writer = await anAccount(db, { unit: team.unit, roles: ['editor', 'principal'] });
    const own = await aWork({ ...team, editor: writer });
    const mine = await aWork();
    await open(writer, [own, mine, foreign]);
    const passed = { ...(await itemOf(mine)), step: 0 };
    expect(await together(writer, [own, foreign])).toEqual(['review.own-work', 'review.review-not-found']);
    const answer = await send(writer, [passed, await itemOf(mine), await itemOf(mine)]);
    expect(answer.json<BatchResult>().items.map(({ code, outcome }) => code ?? outcome)).toEqual([
      'review.step-passed',
      'signed',
      'review.not-open',
    ]);
  });

  it('share one form only where each states the same, and nothing else was found or is to be seen', async () => {
    const [plain, warned] = [await aWork(), await aWork()];
    const items = anAssessment().answers.map((one, at) =>
      at === 0 ? { ...one, answer: 'treated' as const, remark: '已隐去' } : one,
    );
    lookedAt.add(warned.revisionId);
    await open(team.principal, [plain, warned]);
    expect(await together(team.principal, [plain], { assessment: anAssessment({ answers: items }) })).toEqual(
      ['review.assessment-differs'],
    );
    const incomplete = anAssessment({ answers: anAssessment().answers.slice(1) });
    expect(await together(team.principal, [plain], { assessment: incomplete })).toEqual([
      'review.assessment-incomplete',
    ]);
    expect(await together(team.principal, [warned, plain])).toEqual(['review.findings-need-look', 'signed']);
  });

  it('are fifty at most, and nobody is signed for with a wrong password', async () => {
    const work = await aWork();
    await open(team.principal, [work]);
    const item = await itemOf(work);
    const many = await send(
      team.principal,
      Array.from({ length: mostTogether + 1 }, () => item),
    );
    expect([many.statusCode, (await send(team.principal, [])).statusCode]).toEqual([400, 400]);
    const wrong = await send(team.principal, [item], {
      proof: { method: 'password', secret: 'Wrong-Horse-58' },
    });
    expect(wrong.json()).toMatchObject({ status: 422, code: 'identity.proof-wrong' });
    const [unproven] = (await send(team.principal, [item], { proof: undefined as never })).json<BatchResult>()
      .items;
    expect(unproven?.code).toBe('review.signature-missing');
    expect(await stateOf(work)).toBe('open');
  });

  it('are signed with one code, which is used up with the first of them', async () => {
    const signer = await anAccount(db, { unit: team.unit, roles: ['principal'] });
    const post = async (url: string, payload: object) =>
      app.inject({
        method: 'POST',
        url: `/api/session/second-factor${url}`,
        headers: await as(signer),
        payload,
      });
    const { secret } = (await post('', { password: signer.password })).json<Enrolment>();
    await post('/confirmation', { code: codeAt(secret, new Date()) });
    const [first, second, unread] = [await aWork(), await aWork(), await aWork()];
    await open(signer, [first, second]);
    const proof = { method: 'totp', secret: codeAt(secret, new Date(Date.now() + 30_000)) } as const;
    expect(await together(signer, [unread, first, second], { proof })).toEqual([
      'review.not-opened',
      'signed',
      'signed',
    ]);
    await open(signer, [unread]);
    const again = await send(signer, [await itemOf(unread)], { proof });
    expect(again.json()).toMatchObject({ status: 422, code: 'identity.code-used' });
  });

  it('are not those on which another unit gave its opinion since', async () => {
    const work = await aWork();
    await open(team.principal, [work]);
    await db
      .insertInto('review.opinion')
      .values({
        ...{ review_id: work.reviewId, step: 1, step_name: '签发', unit_id: '1', unit_name: '司法局' },
        ...{ question: '是否合法？', asked_by_name: '审核流程', asked_at: new Date(), state: 'answered' },
        ...{ stance: 'amend', answer: '第三条请再核。', revision_digest: Buffer.alloc(32), ended_by: '0' },
        ...{ ended_by_name: '某', ended_at: new Date() },
      })
      .execute();
    expect(await together(team.principal, [work])).toEqual(['review.changed-since-opened']);
    await open(team.principal, [work]);
    expect(await together(team.principal, [work])).toEqual(['signed']);
  });

  it('need no proof before the signature, and are done in the place of whoever delegated', async () => {
    const delegate = await anAccount(db, { unit: team.unit, roles: ['editor'] });
    await aDelegation(db, team.second, delegate);
    const draft = await aDraft(db, { editor: team.editor, column });
    const work = { resourceId: draft.id, reviewId: await submit(db, team.editor, draft.id), revisionId: '' };
    await open(delegate, [work]);
    const answer = await send(delegate, [await itemOf(work)], { proof: undefined as never });
    expect(answer.json<BatchResult>().items).toMatchObject([{ outcome: 'approved' }]);
    const decision = await db
      .selectFrom('review.decision')
      .select(['decided_by', 'on_behalf_of'])
      .where('review_id', '=', work.reviewId)
      .executeTakeFirstOrThrow();
    expect(decision).toEqual({ decided_by: delegate.id, on_behalf_of: team.second.id });
    const entry = await db
      .selectFrom('audit.entry')
      .select('details')
      .where('action', '=', 'review.approve-together')
      .where('object_id', '=', work.reviewId)
      .executeTakeFirstOrThrow();
    expect(entry.details).toMatchObject({ onBehalfOf: team.second.id, resourceId: work.resourceId });
  });
});
