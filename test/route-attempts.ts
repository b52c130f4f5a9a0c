import { someContent } from './factories/library.ts';
import { aDefinition, aField, anExtension } from './factories/types.ts';
import { formOf } from './form-data.ts';
import { intakeAttempts } from './route-attempts-intake.ts';
import { catalogueAttempts } from './route-attempts-catalogue.ts';
import { describingAttempts } from './route-attempts-describing.ts';
import { exchangeAttempts } from './route-attempts-exchange.ts';
import { followingAttempts } from './route-attempts-following.ts';
import { assetAttempts } from './route-attempts-assets.ts';
import { jointReleaseAttempts } from './route-attempts-joint-release.ts';
import { interactionAttempts } from './route-attempts-interaction.ts';
import { linkCheckAttempts } from './route-attempts-link-check.ts';
import { packagingAttempts } from './route-attempts-packaging.ts';
import { proofreadingAttempts } from './route-attempts-proofreading.ts';
import { spellingAttempts } from './route-attempts-spelling.ts';
import { relationAttempts } from './route-attempts-relations.ts';
import { relocationAttempts } from './route-attempts-relocation.ts';
import { validityAttempts } from './route-attempts-validity.ts';
import { takeDownAttempts } from './route-attempts-take-down.ts';
import { vocabularyAttempts } from './route-attempts-vocabulary.ts';
import { reorganizationAttempts } from './route-attempts-reorganization.ts';
import { reuseAttempts } from './route-attempts-reuse.ts';
import { signingAttempts } from './route-attempts-signing.ts';
import { publishingAttempts, reviewAttempts, sitesAttempts } from './route-attempts-sites.ts';
import { topicAttempts } from './route-attempts-topic.ts';
import { waysAttempts } from './route-attempts-ways.ts';
import { webhookAttempts } from './route-attempts-webhook.ts';
import {
  anybody,
  type Attempt,
  everybody,
  insidersAnd,
  insidersAs,
  nothing,
  on,
  outsiders,
  only,
  overseers,
  readAtEveryStage,
  readers,
  versioned,
  type Who,
} from './route-rules.ts';

const aPassword = 'Wrong-Horse-58-Battery';

const session: readonly Attempt[] = [
  {
    endpoint: 'identity.signIn',
    what: 'as oneself',
    rule: { allowed: everybody },
    ask: ({ mine }, who) => {
      const { login, password } = mine(who).account;
      return { payload: { login, password } };
    },
    spends: true,
  },
  { endpoint: 'identity.currentSession', what: 'the own', rule: anybody, ask: nothing },
  { endpoint: 'identity.signOut', what: 'the own', rule: anybody, ask: nothing, spends: true },
  { endpoint: 'identity.signOutEverywhere', what: 'the own', rule: anybody, ask: nothing, spends: true },
  {
    endpoint: 'identity.changePassword',
    what: 'the own',
    rule: anybody,
    ask: ({ mine }, who) => ({
      payload: { currentPassword: mine(who).account.password, newPassword: aPassword },
    }),
    spends: true,
  },
];

const newAccount = (unitId: string, roles: readonly string[]) => ({
  payload: {
    unitId,
    login: `n${crypto.randomUUID().slice(0, 13)}`,
    realName: '新来的人',
    phone: null,
    roles,
  },
});
const accountListers: readonly Who[] = ['own principal', 'own liaison', 'above', ...overseers];

const people: readonly Attempt[] = [
  { endpoint: 'identity.listUnits', what: 'all', rule: anybody, ask: nothing, shownTo: ['audit-admin'] },
  {
    endpoint: 'identity.createUnit',
    what: 'below the unit',
    rule: only('operator', 'system-admin'),
    ask: ({ secret }) => ({
      payload: {
        parentId: secret.unit.id,
        name: '新设科室',
        shortName: '新科',
        organisationCode: crypto.randomUUID().slice(0, 8).toUpperCase().concat('X'),
        kind: 'section',
      },
    }),
  },
  {
    endpoint: 'identity.changeUnit',
    what: 'below the unit',
    rule: only('operator', 'system-admin'),
    ask: async ({ secret }) => ({
      params: { id: (await secret.childUnit()).id },
      payload: { expectedVersion: 1, position: 5 },
    }),
  },
  {
    endpoint: 'identity.listAccounts',
    what: 'all',
    rule: only('other principal', 'other liaison', 'below', ...accountListers),
    ask: nothing,
  },
  {
    endpoint: 'identity.listAccounts',
    what: 'of the unit',
    rule: {
      allowed: accountListers,
      hidden: ['other principal', 'other liaison', 'below'],
      forbidden: [
        ...[
          'own editor',
          'own reviewer',
          'own responder',
          'other editor',
          'other reviewer',
          'other responder',
        ],
        'audit-admin',
      ] as readonly Who[],
    },
    ask: ({ secret }) => ({ query: { unitId: secret.unit.id } }),
  },
  {
    endpoint: 'identity.createAccount',
    what: 'with a unit role',
    rule: only('operator', 'system-admin'),
    ask: ({ secret }) => newAccount(secret.unit.id, ['editor']),
  },
  {
    endpoint: 'identity.createAccount',
    what: 'with a platform role',
    rule: only('security-admin'),
    ask: ({ secret }) => newAccount(secret.unit.id, ['supervisor']),
  },
  ...(['changeAccount', 'resetPassword', 'unlockAccount'] as const).flatMap((name): readonly Attempt[] => {
    const payload = name === 'changeAccount' ? { payload: { expectedVersion: 1, realName: '改了姓名' } } : {};
    return [
      {
        endpoint: `identity.${name}`,
        what: 'of a person of the unit',
        rule: only('operator', 'system-admin'),
        ask: async ({ secret }) => ({ params: { id: (await secret.account(['reviewer'])).id }, ...payload }),
      },
      {
        endpoint: `identity.${name}`,
        what: 'of somebody with a platform role',
        rule: only('security-admin'),
        ask: async ({ platformAccount }) => ({ params: { id: (await platformAccount()).id }, ...payload }),
      },
    ];
  }),
  ...signingAttempts,
];

const library: readonly Attempt[] = [
  { endpoint: 'library.listResourceTypes', what: 'all', rule: anybody, ask: nothing },
  { endpoint: 'library.listResources', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'library.listResources',
    what: 'of the unit',
    rule: anybody,
    ask: ({ secret }) => ({ query: { unitId: secret.unit.id } }),
  },
  {
    endpoint: 'library.listResources',
    what: 'in the bin',
    rule: anybody,
    ask: () => ({ query: { stage: 'discarded' } }),
  },
  { endpoint: 'library.listFacets', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'library.listFacets',
    what: 'of the unit',
    rule: anybody,
    ask: ({ secret }) => ({ query: { unitId: secret.unit.id } }),
  },
  { endpoint: 'library.downloadList', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'library.downloadList',
    what: 'of the unit',
    rule: anybody,
    ask: ({ secret }) => ({ query: { unitId: secret.unit.id } }),
  },
  { endpoint: 'library.listLikenesses', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'library.listLikenesses',
    what: 'of the unit',
    rule: anybody,
    ask: ({ secret }) => ({ query: { unitId: secret.unit.id } }),
  },
  ...relationAttempts,
  ...readAtEveryStage('library.listAlike'),
  ...readAtEveryStage('library.getRelations'),
  ...readAtEveryStage('library.listRulings'),
  ...validityAttempts,
  ...readAtEveryStage('library.listUses'),
  { endpoint: 'library.listViews', what: 'the own', rule: anybody, ask: nothing },
  {
    endpoint: 'library.keepView',
    what: 'for oneself',
    rule: anybody,
    ask: () => ({ payload: { name: '我的', search: 'stage=draft' } }),
  },
  {
    endpoint: 'library.forgetView',
    what: 'the own',
    rule: anybody,
    ask: async ({ db, mine }, who) => {
      const view = { name: crypto.randomUUID().slice(0, 20), search: '', created_at: new Date() };
      const { id } = await db
        .insertInto('library.saved_view')
        .values({ ...view, account_id: mine(who).account.id })
        .returning('id')
        .executeTakeFirstOrThrow();
      return on(id);
    },
  },
  // What is public may be named by everybody.
  { endpoint: 'library.listPublished', what: 'all', rule: anybody, ask: nothing, shownTo: outsiders },
  {
    endpoint: 'library.listPublished',
    what: 'a draft of the unit',
    rule: anybody,
    ask: ({ secret }) => secret.draft().then(({ id }) => ({ query: { ids: id } })),
  },
  {
    endpoint: 'library.createResource',
    what: 'in the unit',
    rule: insidersAs('editor'),
    ask: ({ secret }) => ({ payload: { unitId: secret.unit.id, type: 'article', content: someContent() } }),
  },
  ...readAtEveryStage('library.getResource'),
  {
    endpoint: 'library.saveDraft',
    what: 'of the unit',
    rule: insidersAs('editor'),
    ask: ({ secret }) => versioned(secret.draft(), { content: someContent() }),
  },
  ...readAtEveryStage('library.listRevisions'),
  ...readAtEveryStage('library.getRevision', { number: '1' }),
  {
    endpoint: 'library.withdrawResource',
    what: 'live in the unit',
    rule: insidersAs('reviewer', 'principal'),
    ask: ({ secret }) => versioned(secret.live(), { reason: '内容有误' }),
  },
  {
    endpoint: 'library.discardResource',
    what: 'of the unit',
    rule: insidersAs('editor'),
    ask: ({ secret }) => versioned(secret.draft()),
  },
  {
    endpoint: 'library.restoreResource',
    what: 'of the unit',
    rule: insidersAs('editor'),
    ask: ({ secret }) => versioned(secret.discarded()),
  },
  {
    endpoint: 'library.scheduleResource',
    what: 'of the unit',
    rule: insidersAs('editor'),
    ask: ({ secret }) => versioned(secret.draft(), { releaseAt: null, expireAt: null }),
  },
  {
    endpoint: 'library.uploadAsset',
    what: 'into the unit',
    rule: insidersAnd('operator', 'editor'),
    ask: ({ secret }) =>
      formOf({ unitId: secret.unit.id }, { name: 'plan.txt', bytes: `plan ${crypto.randomUUID()}` }),
  },
  { endpoint: 'library.getAsset', what: 'of the unit', rule: readers, ask: ({ assetId }) => on(assetId) },
  {
    endpoint: 'library.getAssetContent',
    what: 'of the unit',
    rule: readers,
    ask: ({ assetId }) => on(assetId),
  },
  { endpoint: 'library.listTypeDefinitions', what: 'all', rule: only('operator'), ask: nothing },
  {
    endpoint: 'library.listTypeVersions',
    what: 'of a built-in type',
    rule: only('operator'),
    ask: () => on('article'),
  },
  {
    endpoint: 'library.createType',
    what: 'of the operators',
    rule: only('operator'),
    ask: () => {
      const name = crypto.randomUUID().slice(0, 12);
      return { payload: { key: `x-t${name}`, definition: aDefinition(name, [aField('用途')]) } };
    },
  },
  {
    endpoint: 'library.changeType',
    what: 'that the program brings',
    rule: only('operator'),
    ask: async ({ db }) => {
      const defined = db.selectFrom('library.resource_type').select('current').where('key', '=', 'video');
      const { current = 0 } = (await defined.executeTakeFirst()) ?? {};
      return {
        ...on('video'),
        payload: { expectedVersion: current, definition: anExtension(aField('片长')) },
      };
    },
  },
  {
    endpoint: 'library.convertHtml',
    what: 'anything',
    rule: anybody,
    ask: () => ({ payload: { html: '<p>text</p>' } }),
  },
];

const auditAttempts: readonly Attempt[] = [
  {
    endpoint: 'audit.listEntries',
    what: 'all',
    rule: only('audit-admin'),
    ask: nothing,
    shownTo: ['audit-admin'],
  },
  { endpoint: 'audit.verifyChain', what: 'all', rule: only('audit-admin'), ask: nothing },
];

/** Every endpoint, with what is tried on it by everybody. */
export const attempts: readonly Attempt[] = [
  ...session,
  ...people,
  ...vocabularyAttempts,
  ...reorganizationAttempts,
  ...library,
  ...assetAttempts,
  ...sitesAttempts,
  ...catalogueAttempts,
  ...reuseAttempts,
  ...waysAttempts,
  ...topicAttempts,
  ...jointReleaseAttempts,
  ...takeDownAttempts,
  ...reviewAttempts,
  ...proofreadingAttempts,
  ...spellingAttempts,
  ...interactionAttempts,
  ...intakeAttempts,
  ...publishingAttempts,
  ...relocationAttempts,
  ...packagingAttempts,
  ...describingAttempts,
  ...exchangeAttempts,
  ...webhookAttempts,
  ...followingAttempts,
  ...linkCheckAttempts,
  ...auditAttempts,
];
