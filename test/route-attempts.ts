import type { PlatformRole, UnitRole } from '../contracts/actor.ts';
import { unitRoles } from '../contracts/actor.ts';
import type { Resource } from '../contracts/library.ts';
import type { TestAccount } from './factories/identity.ts';
import { someContent } from './factories/library.ts';
import { openReview } from './factories/review.ts';
import type { Db } from '../server/platform/db.ts';
import { formOf } from './form-data.ts';
import type { Place, SecretUnit } from './secret-unit.ts';

/*
 * Who may do what to a unit's things, as data. Written from the rules of the house (unit roles reach the own
 * unit and those below; platform roles look but write no content; the auditor sees the record and no unit;
 * what somebody may not know of is not found), not from the code.
 */
export type Who = 'nobody' | `own ${UnitRole}` | `other ${UnitRole}` | 'above' | 'below' | PlatformRole;
export type Outcome = 'allowed' | 'forbidden' | 'hidden' | 'unauthenticated';
export type Rule = Readonly<Partial<Record<Exclude<Outcome, 'unauthenticated'>, readonly Who[]>>>;

const own = unitRoles.map((role): Who => `own ${role}`);
const other = unitRoles.map((role): Who => `other ${role}`);
/** `above` and `below` hold every unit role in the unit above or below. */
const insiders: readonly Who[] = [...own, 'above'];
const overseers: readonly Who[] = ['operator', 'supervisor', 'system-admin', 'security-admin'];
export const outsiders: readonly Who[] = [...other, 'below', 'audit-admin'];
export const signedIn: readonly Who[] = [...insiders, ...overseers, ...outsiders];
export const everybody: readonly Who[] = ['nobody', ...signedIn];

const anybody: Rule = { allowed: signedIn };
const readers: Rule = { allowed: [...insiders, ...overseers], hidden: outsiders };
/** Insiders with one of the roles; the rest of those who see it are told that they may not. */
function insidersAs(...roles: readonly UnitRole[]): Rule {
  const allowed: readonly Who[] = [...roles.map((role): Who => `own ${role}`), 'above'];
  const forbidden = [...insiders, ...overseers].filter((who) => !allowed.includes(who));
  return { allowed, forbidden, hidden: outsiders };
}
/** Only these, whatever it is about: everybody else is refused before anything is looked up. */
function only(...allowed: readonly Who[]): Rule {
  return { allowed, forbidden: signedIn.filter((who) => !allowed.includes(who)) };
}

export interface Ask {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly payload?: object | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface World {
  readonly db: Db;
  readonly secret: SecretUnit;
  readonly draft: Resource;
  readonly inReview: Resource;
  readonly scheduled: Resource;
  readonly live: Resource;
  readonly withdrawn: Resource;
  readonly discarded: Resource;
  readonly reviewId: string;
  readonly assetId: string;
  readonly platformAccount: () => Promise<TestAccount>;
  /** The asking person's own account, unit and column. */
  readonly mine: (who: Who) => { readonly account: TestAccount; readonly place: Place };
}

export interface Attempt {
  /** `<module>.<name>` of the contract. */
  readonly endpoint: string;
  readonly what: string;
  readonly rule: Rule;
  /** Once for all who are refused; anew for everybody who is allowed. */
  readonly ask: (world: World, who: Who) => Ask | Promise<Ask>;
  /** Uses up the session or the password: somebody with the same role in the same unit asks instead. */
  readonly spends?: true;
  /** Outsiders to whom the answer may name the unit. */
  readonly shownTo?: readonly Who[];
}

const nothing = (): Ask => ({});
const on = (id: string): Ask => ({ params: { id } });
const stages = ['draft', 'inReview', 'scheduled', 'live', 'withdrawn', 'discarded'] as const;

function readAtEveryStage(endpoint: string, more: Ask['params'] = {}): readonly Attempt[] {
  return stages.map((stage) => ({
    endpoint,
    what: `of the unit, ${stage}`,
    rule: readers,
    ask: (world) => ({ params: { id: world[stage].id, ...more } }),
  }));
}

const versioned = async (made: Promise<Resource>, more: object = {}): Promise<Ask> => {
  const { id, version } = await made;
  return { params: { id }, payload: { expectedVersion: version, ...more } };
};
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
    rule: insidersAs('editor'),
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
  {
    endpoint: 'library.convertHtml',
    what: 'anything',
    rule: anybody,
    ask: () => ({ payload: { html: '<p>text</p>' } }),
  },
];

const siteOf = async ({ db, secret }: World, payload: object): Promise<Ask> => {
  const { version } = await db
    .selectFrom('sites.site')
    .select('version')
    .where('id', '=', secret.siteId)
    .executeTakeFirstOrThrow();
  return { params: { id: secret.siteId }, payload: { expectedVersion: version, ...payload } };
};

const sites: readonly Attempt[] = [
  { endpoint: 'sites.listSites', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'sites.changeSite',
    what: 'of the unit',
    rule: only('operator'),
    ask: (world) => siteOf(world, { contact: '0792-7654321' }),
  },
  { endpoint: 'sites.listColumns', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'sites.listColumns',
    what: 'to write in',
    rule: anybody,
    ask: () => ({ query: { writable: 'true' } }),
  },
  {
    endpoint: 'sites.listColumns',
    what: 'of the site of the unit',
    rule: readers,
    ask: ({ secret }) => ({ query: { siteId: secret.siteId } }),
  },
  {
    endpoint: 'sites.createColumn',
    what: 'on the site of the unit',
    rule: only('operator'),
    ask: ({ secret }) => ({
      payload: {
        siteId: secret.siteId,
        parentId: null,
        unitId: secret.unit.id,
        name: '新栏目',
        slug: `n${crypto.randomUUID().slice(0, 8)}`,
        kind: 'notice',
        description: '新栏目的说明',
        keywords: '新,栏目',
        updateDays: null,
      },
    }),
  },
  {
    endpoint: 'sites.changeColumn',
    what: 'of the unit',
    rule: only('operator'),
    ask: async ({ secret }) => ({
      params: { id: await secret.column() },
      payload: { expectedVersion: 1, keywords: '别的,关键词' },
    }),
  },
  {
    endpoint: 'sites.setMappings',
    what: 'of a column of the unit',
    rule: only('operator'),
    ask: async ({ secret }) => ({
      params: { id: await secret.column() },
      payload: { sourceColumnIds: [secret.columnId] },
    }),
  },
  {
    endpoint: 'sites.listListings',
    what: 'of the unit',
    rule: readers,
    ask: ({ secret }) => on(secret.columnId),
  },
  {
    endpoint: 'sites.changeListing',
    what: 'of a column of the unit',
    rule: {
      allowed: ['own editor', 'own reviewer', 'own principal', 'above', 'operator'],
      forbidden: ['own responder', 'own liaison', 'supervisor', 'system-admin', 'security-admin'],
      hidden: outsiders,
    },
    ask: ({ secret, live }) => ({
      params: { id: secret.columnId, resourceId: live.id },
      payload: { titleOverride: `另一个标题${crypto.randomUUID().slice(0, 6)}` },
    }),
  },
  ...readAtEveryStage('sites.getPlacements'),
  {
    endpoint: 'sites.setPlacements',
    what: 'of a resource of the unit',
    rule: insidersAs('editor'),
    ask: async ({ secret }) => ({
      params: { id: (await secret.draft()).id },
      payload: { columnIds: [secret.columnId] },
    }),
  },
  ...readAtEveryStage('sites.previewResource'),
  {
    endpoint: 'sites.getTheme',
    what: 'of the site of the unit',
    rule: readers,
    ask: ({ secret }) => on(secret.siteId),
  },
];

const decisionOn = async ({ db, secret }: World): Promise<Ask> => {
  const review = await openReview(db, (await secret.inReview()).id);
  return {
    params: { id: review.id },
    payload: {
      action: 'approve',
      step: review.step,
      revisionDigest: review.digest,
      openness: '主动公开',
      opennessChecked: true,
      secrecyChecked: true,
    },
  };
};

const review: readonly Attempt[] = [
  {
    endpoint: 'review.submitResource',
    what: 'of the unit',
    rule: insidersAs('editor'),
    ask: ({ secret }) => versioned(secret.draft()),
  },
  { endpoint: 'review.listReviews', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'review.listReviews',
    what: 'of a resource of the unit',
    rule: anybody,
    ask: ({ inReview }) => ({ query: { resourceId: inReview.id } }),
  },
  {
    endpoint: 'review.listReviews',
    what: 'that wait',
    rule: anybody,
    ask: () => ({ query: { mine: 'true' } }),
  },
  { endpoint: 'review.getReview', what: 'of the unit', rule: readers, ask: ({ reviewId }) => on(reviewId) },
  { endpoint: 'review.decideReview', what: 'of the unit', rule: insidersAs('reviewer'), ask: decisionOn },
  {
    endpoint: 'review.recallReview',
    what: 'submitted by the editor of the unit',
    rule: {
      allowed: ['own editor'],
      forbidden: [...insiders, ...overseers].filter((who) => who !== 'own editor'),
      hidden: outsiders,
    },
    ask: async ({ db, secret }) => on((await openReview(db, (await secret.inReview()).id)).id),
  },
  { endpoint: 'review.getWorkbench', what: 'the own', rule: anybody, ask: nothing },
  ...readAtEveryStage('review.listResponsibility'),
];

const platform: readonly Attempt[] = [
  { endpoint: 'publishing.getStatus', what: 'of all', rule: only('operator', 'supervisor'), ask: nothing },
  { endpoint: 'publishing.rebuildAll', what: 'of all', rule: only('operator'), ask: nothing },
  {
    endpoint: 'audit.listEntries',
    what: 'all',
    rule: only('audit-admin'),
    ask: nothing,
    shownTo: ['audit-admin'],
  },
  { endpoint: 'audit.verifyChain', what: 'all', rule: only('audit-admin'), ask: nothing },
];

export const attempts: readonly Attempt[] = [
  ...session,
  ...people,
  ...library,
  ...sites,
  ...review,
  ...platform,
];

/** What the table expects for somebody. */
export function expectedOf(rule: Rule, who: Who): Outcome | 'not in the table' {
  const named = (['allowed', 'forbidden', 'hidden'] as const).filter((outcome) =>
    rule[outcome]?.includes(who),
  );
  if (named.length === 0 && who === 'nobody') return 'unauthenticated';
  return named.length === 1 ? (named[0] ?? 'not in the table') : 'not in the table';
}
