import sharp from 'sharp';

import { decideReview } from '../server/modules/review/index.ts';
import { anAssessment } from './factories/assessment.ts';
import { anAccount, type TestAccount } from './factories/identity.ts';
import { performAs } from './factories/library.ts';
import { codeAt } from './factories/one-time-code.ts';
import { approve, openReview } from './factories/review.ts';
import {
  anybody,
  type Ask,
  type Attempt,
  insiders,
  nothing,
  on,
  only,
  outsiders,
  overseers,
  readers,
  type Who,
  type World,
} from './route-rules.ts';
import { sealedFor } from '../server/modules/identity/prove-signer.ts';

const own = (name: string, ask: Attempt['ask'], spends = false): Attempt => ({
  endpoint: `identity.${name}`,
  what: 'the own',
  rule: anybody,
  ask,
  ...(spends ? { spends: true } : {}),
});

const ownPassword: Attempt['ask'] = ({ mine }, who) => ({
  payload: { password: mine(who).account.password },
});

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

async function giveSecret(
  { db, seal }: World,
  account: Pick<TestAccount, 'id'>,
  confirmedAt: Date | null,
): Promise<void> {
  await db.deleteFrom('identity.one_time_secret').where('account_id', '=', account.id).execute();
  const sealed = (await seal()).seal(sealedFor(account.id), secret);
  await db
    .insertInto('identity.one_time_secret')
    .values({
      account_id: account.id,
      sealed_secret: sealed,
      begun_at: new Date(),
      confirmed_at: confirmedAt,
    })
    .execute();
}

async function withFactor(world: World, account: Pick<TestAccount, 'id'>): Promise<Ask> {
  await giveSecret(world, account, new Date());
  return on(account.id);
}

const aPicture = async (): Promise<Ask> => {
  const picture = sharp({ create: { width: 30, height: 10, channels: 3, background: '#fff' } });
  return { payload: { png: (await picture.png().toBuffer()).toString('base64') } };
};

async function givePicture({ db }: World, account: Pick<TestAccount, 'id'>): Promise<void> {
  await db
    .updateTable('identity.signature_image')
    .set({ ended_at: new Date() })
    .where('account_id', '=', account.id)
    .where('ended_at', 'is', null)
    .execute();
  await db
    .insertInto('identity.signature_image')
    .values({
      ...{ account_id: account.id, digest: Buffer.alloc(32, 1), content: Buffer.from('png') },
      begun_at: new Date(),
    })
    .execute();
}

export const signingAttempts: readonly Attempt[] = [
  own('getSecondFactor', nothing),
  own('beginSecondFactor', ownPassword, true),
  own(
    'confirmSecondFactor',
    async (world, who) => {
      await giveSecret(world, world.mine(who).account, null);
      return { payload: { code: codeAt(secret, world.now()) } };
    },
    true,
  ),
  own(
    'endSecondFactor',
    async (world, who) => {
      await giveSecret(world, world.mine(who).account, new Date());
      return ownPassword(world, who);
    },
    true,
  ),
  {
    endpoint: 'identity.resetSecondFactor',
    what: 'of a person of the unit',
    rule: only('operator', 'system-admin'),
    ask: async (world) => withFactor(world, await world.secret.account(['principal'])),
  },
  {
    endpoint: 'identity.resetSecondFactor',
    what: 'of somebody with a platform role',
    rule: only('security-admin'),
    ask: async (world) => withFactor(world, await world.platformAccount()),
  },
  own('setSignatureImage', aPicture, true),
  ...(['removeSignatureImage', 'getSignatureImage'] as const).map((name) =>
    own(
      name,
      async (world, who) => {
        await givePicture(world, world.mine(who).account);
        return {};
      },
      true,
    ),
  ),
];

/** A review that ended in non-disclosure. */
async function aWithheld({ db, secret: unit }: World): Promise<string> {
  const { id: resourceId } = await unit.inReview();
  const { id } = await openReview(db, resourceId);
  const second = await anAccount(db, { unit: unit.unit, roles: ['reviewer'] });
  await approve(db, unit.staff.reviewer, resourceId);
  await approve(db, second, resourceId);
  const { step, digest } = await openReview(db, resourceId);
  await performAs({ db }, unit.staff.principal)(decideReview, {
    ...{ reviewId: id, action: 'return', step, revisionDigest: digest, reason: '不公开' },
    assessment: anAssessment({ openMode: '不予公开', reasonKey: 'privacy' }),
  });
  return id;
}

const reassessors: readonly Who[] = ['own reviewer', 'own principal', 'above'];
const exporters: readonly Who[] = ['own principal', 'above', 'operator', 'supervisor'];

export const findingAttempts: readonly Attempt[] = [
  { endpoint: 'review.getOpennessForm', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'review.listOpennessAssessments',
    what: 'of the unit',
    rule: readers,
    ask: ({ reviewId }) => on(reviewId),
  },
  { endpoint: 'review.listUndisclosed', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'review.listReassessments',
    what: 'of the unit',
    rule: readers,
    ask: async (world) => on(await aWithheld(world)),
  },
  {
    endpoint: 'review.reassess',
    what: 'of the unit',
    rule: {
      allowed: reassessors,
      forbidden: [...insiders, ...overseers].filter((who) => !reassessors.includes(who)),
      hidden: outsiders,
    },
    ask: async (world) => ({
      params: { id: await aWithheld(world) },
      payload: { outcome: 'may-open', note: '可以公开了' },
    }),
  },
  {
    endpoint: 'review.getApprovalSheet',
    what: 'of the unit',
    rule: readers,
    ask: ({ reviewId }) => on(reviewId),
  },
  {
    endpoint: 'review.getSheetSignature',
    what: 'of the unit',
    rule: readers,
    ask: async (world) => {
      const { db, secret: unit } = world;
      await givePicture(world, unit.staff.principal);
      const { id } = await unit.live();
      const review = await db
        .selectFrom('review.review')
        .select('id')
        .where('resource_id', '=', id)
        .executeTakeFirstOrThrow();
      const signature = await db
        .selectFrom('review.signature')
        .select('id')
        .where('review_id', '=', review.id)
        .executeTakeFirstOrThrow();
      return { params: { id: review.id, signatureId: signature.id } };
    },
  },
  {
    endpoint: 'review.exportResponsibility',
    what: 'of the unit',
    rule: {
      allowed: exporters,
      hidden: ['other principal', 'below'],
      forbidden: [...insiders, ...overseers, ...outsiders].filter(
        (who) => !exporters.includes(who) && who !== 'other principal' && who !== 'below',
      ),
    },
    ask: ({ secret: unit }) => ({
      query: { from: '2026-11-01', to: '2026-11-30', unitId: unit.unit.id },
    }),
  },
];
