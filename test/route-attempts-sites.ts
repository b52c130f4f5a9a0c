import { chainAttempts } from './route-attempts-chains.ts';
import type { NewUrgentNotice } from '../contracts/sites.ts';
import { raiseUrgent } from '../server/modules/sites/index.ts';
import { anAssessment } from './factories/assessment.ts';
import { anAccount } from './factories/identity.ts';
import { aColumn, performAs } from './factories/library.ts';
import { openReview } from './factories/review.ts';
import { commentAttempts } from './route-attempts-comments.ts';
import { opinionAttempts } from './route-attempts-opinions.ts';
import { formOf } from './form-data.ts';
import { aSite, aStage } from './factories/sites.ts';
import { findingAttempts } from './route-attempts-signing.ts';
import { urgentAttempts } from './route-attempts-urgent.ts';
import {
  anybody,
  type Ask,
  type Attempt,
  insiders,
  insidersAs,
  nothing,
  on,
  only,
  outsiders,
  overseers,
  readAtEveryStage,
  readers,
  versioned,
  type World,
} from './route-rules.ts';

const siteOf = async ({ db, secret }: World, payload: object): Promise<Ask> => {
  const { version } = await db
    .selectFrom('sites.site')
    .select('version')
    .where('id', '=', secret.siteId)
    .executeTakeFirstOrThrow();
  return { params: { id: secret.siteId }, payload: { expectedVersion: version, ...payload } };
};

/** A new site of the unit, so that those who may change one do not meet in the same. */
const newSiteOf = async ({ db, secret }: World, payload: object): Promise<Ask> => {
  const site = await aSite(aStage(db), { unitId: secret.unit.id });
  return { params: { id: site.id }, payload: { expectedVersion: site.version, ...payload } };
};

const currentAlarmId = async ({ db }: World): Promise<string | undefined> => {
  const row = await db
    .selectFrom('sites.urgent_notice')
    .select('id')
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row?.id;
};

/** Takes the place of the one that stands, if one does. */
const anAlarm = async (world: World): Promise<NewUrgentNotice> => {
  const replaces = await currentAlarmId(world);
  return {
    resourceId: world.live.id,
    level: 'red',
    text: '防汛应急响应',
    reason: '值班领导电话指示',
    ...(replaces === undefined ? {} : { replaces }),
  };
};

const currentAlarm = async (world: World): Promise<void> => {
  const operator = await anAccount(world.db, { roles: ['operator'] });
  await performAs(world, operator)(raiseUrgent, await anAlarm(world));
};

const aLabel = (): string => `n${crypto.randomUUID().slice(0, 8)}`;

export const sitesAttempts: readonly Attempt[] = [
  { endpoint: 'sites.listSites', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'sites.createSite',
    what: 'of the unit',
    rule: only('operator'),
    ask: ({ secret }) => ({
      payload: {
        unitId: secret.unit.id,
        key: aLabel(),
        name: '新网站',
        shortName: '新站',
        description: '新网站的说明',
        domains: [`${aLabel()}.localhost`],
        identityCode: '',
        icpNumber: '',
        policeNumber: '',
        organiser: '主办单位',
        contact: '0792-1234567',
        address: '测试路2号',
        theme: { primary: '#1d5b8f' },
      },
    }),
  },
  {
    endpoint: 'sites.changeSite',
    what: 'of the unit',
    rule: only('operator'),
    ask: (world) => siteOf(world, { contact: '0792-7654321' }),
  },
  {
    endpoint: 'sites.changeSite',
    what: 'of the unit, its domains',
    rule: only('operator'),
    ask: (world) => newSiteOf(world, { domains: [`${aLabel()}.localhost`] }),
  },
  {
    endpoint: 'sites.changeSite',
    what: 'of the unit, its state',
    rule: only('operator'),
    ask: (world) => newSiteOf(world, { state: 'offline', notice: '系统升级' }),
  },
  {
    endpoint: 'sites.listShownColumns',
    what: 'all that citizens can open',
    rule: anybody,
    ask: nothing,
    // The site is online: what it shows is no secret.
    shownTo: outsiders,
  },
  {
    endpoint: 'sites.getUrgentNotice',
    what: 'the one for all',
    rule: anybody,
    ask: nothing,
    // It leads to something public, by its title.
    shownTo: outsiders,
  },
  {
    endpoint: 'sites.raiseUrgentNotice',
    what: 'to all',
    rule: only('operator'),
    ask: async (world) => ({ payload: await anAlarm(world) }),
  },
  {
    endpoint: 'sites.endUrgentNotice',
    what: 'to all',
    rule: only('operator'),
    ask: async (world) => {
      await currentAlarm(world);
      const current = await currentAlarmId(world);
      return { payload: { id: current ?? '1', reason: '险情解除' } };
    },
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
        updateRule: null,
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
      payload: { pinnedUntil: new Date(Date.now() + 86_400_000).toISOString() },
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
  {
    endpoint: 'sites.reuseResource',
    what: 'of a resource of the unit',
    rule: insidersAs('editor'),
    ask: async ({ db, secret }) => ({
      params: { id: (await secret.draft()).id },
      payload: { columnId: (await aColumn(db, { siteId: secret.siteId, unit: secret.unit })).id },
    }),
  },
  {
    endpoint: 'sites.startBulk',
    what: 'withdrawing resources of the unit',
    rule: insidersAs('reviewer', 'principal'),
    ask: async ({ secret }) => ({
      payload: { kind: 'withdraw', resourceIds: [(await secret.live()).id], reason: '内容有误' },
    }),
  },
  { endpoint: 'sites.listBulks', what: 'the own', rule: anybody, ask: nothing },
  {
    endpoint: 'sites.getBulk',
    what: 'the own',
    rule: anybody,
    ask: async ({ db, mine }, who) => {
      const { id } = await db
        .insertInto('sites.bulk_act')
        .values({ account_id: mine(who).account.id, kind: 'place', created_at: new Date() })
        .returning('id')
        .executeTakeFirstOrThrow();
      return on(id);
    },
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
      assessment: anAssessment(),
    },
  };
};

export const reviewAttempts: readonly Attempt[] = [
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
  ...chainAttempts,
  ...readAtEveryStage('review.listResponsibility'),
  ...commentAttempts,
  ...opinionAttempts,
  ...findingAttempts,
  ...urgentAttempts,
];

export const publishingAttempts: readonly Attempt[] = [
  { endpoint: 'publishing.getStatus', what: 'of all', rule: only('operator', 'supervisor'), ask: nothing },
  { endpoint: 'publishing.rebuildAll', what: 'of all', rule: only('operator'), ask: nothing },
  {
    endpoint: 'publishing.listRedirects',
    what: 'of the site of the unit',
    rule: only('operator', 'supervisor'),
    ask: ({ secret }) => ({ query: { siteId: secret.siteId } }),
  },
  {
    endpoint: 'publishing.importRedirects',
    what: 'into the site of the unit',
    rule: only('operator'),
    ask: ({ secret }) => formOf({ siteId: secret.siteId }, { name: 'old.csv', bytes: '/old.jsp,/' }),
  },
  {
    endpoint: 'publishing.setBackground',
    what: 'of all',
    rule: only('operator'),
    ask: () => ({ payload: { paused: false } }),
  },
  { endpoint: 'publishing.retryFailing', what: 'of all', rule: only('operator'), ask: nothing },
  ...readAtEveryStage('publishing.listReceipts'),
];
