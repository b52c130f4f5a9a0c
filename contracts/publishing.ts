import { type Static, Type } from 'typebox';

import { Closed, Count, defineEndpoint, Id, Instant, pagingQuery } from './endpoint.ts';

export const publishingErrorCodes = [
  'publishing.operator-required',
  'publishing.list-missing',
  'publishing.list-too-long',
  'publishing.list-unreadable',
] as const;

const Moment = Type.Union([Instant, Type.Null()]);

export const FailingPage = Closed({
  key: Type.String(),
  site: Type.Union([Type.String(), Type.Null()], { description: 'Null when it never stood anywhere.' }),
  path: Type.Union([Type.String(), Type.Null()]),
  problem: Type.Union([Type.String(), Type.Null()]),
  failures: Type.Integer(),
  since: Instant,
});
export type FailingPage = Static<typeof FailingPage>;

export const BackgroundWork = Closed({
  waiting: Type.Integer(),
  total: Type.Integer({ description: 'What there was to do when it began; at least what still waits.' }),
  startedAt: Moment,
  pausedAt: Type.Union([Instant, Type.Null()], { description: 'Set while an operator makes it wait.' }),
  pagesPerMinute: Type.Union([Type.Number(), Type.Null()]),
  endsAt: Type.Union([Instant, Type.Null()], { description: 'Estimated from the pace of the last minutes.' }),
});
export type BackgroundWork = Static<typeof BackgroundWork>;

export const ResourceReceipt = Closed({
  act: Type.Union([Type.Literal('released'), Type.Literal('removed'), Type.Literal('listed')]),
  requestedAt: Instant,
  liveAt: Type.Union([Instant, Type.Null()], { description: 'When the last of its pages was published.' }),
  verifiedAt: Type.Union([Instant, Type.Null()], {
    description: 'When every file was found on the disk with the digest on record.',
  }),
  pages: Type.Integer(),
  sites: Type.Integer(),
  waiting: Type.Integer({ description: 'Pages that do not yet stand as the act left them.' }),
  failing: Type.Integer({ description: 'Those of them that cannot be built and are tried again.' }),
});
export type ResourceReceipt = Static<typeof ResourceReceipt>;

export const PublishingStatus = Closed({
  waiting: Type.Integer({ description: 'Pages that wait for a rebuild a person asked for.' }),
  waitingBackground: Type.Integer(),
  oldestWaitingSince: Type.Union([Instant, Type.Null()]),
  failing: Type.Integer({
    description: 'Pages that could not be built and are tried again; counted up to 1,000.',
  }),
  failingPages: Type.Array(FailingPage, { description: 'Those that failed most often.', maxItems: 20 }),
  background: BackgroundWork,
  pages: Count,
  alarms: Closed({
    open: Type.Integer({
      description: 'Files of the page store that are not what was published, not put right yet.',
    }),
    lastDay: Type.Integer({ description: 'All that were found within 24 hours.' }),
  }),
  overdueReleases: Type.Integer({
    description: 'Scheduled releases whose hour has passed by more than a minute.',
  }),
  scheduled: Type.Integer({ description: 'Signed resources that wait to go out.' }),
  runnable: Type.Integer({
    description:
      'Those of them that go out by their hour or with others that are planned; less means some never will.',
  }),
});
export type PublishingStatus = Static<typeof PublishingStatus>;

export const RedirectReport = Closed({
  lines: Type.Integer({ description: 'Lines that held something.' }),
  kept: Type.Integer({ description: 'Redirects that are new or lead elsewhere now.' }),
  known: Type.Integer({ description: 'Lines that say what was known already.' }),
  shortened: Type.Integer({ description: 'Redirects that lead on at once instead of over another one.' }),
  refused: Type.Array(
    Closed({
      line: Type.Integer(),
      from: Type.String(),
      code: Type.String(),
      reason: Type.String({ description: 'Chinese, for people.' }),
    }),
  ),
});
export type RedirectReport = Static<typeof RedirectReport>;

export const Redirect = Closed({ from: Type.String(), to: Type.String(), changedAt: Instant });
export type Redirect = Static<typeof Redirect>;

export const publishingApi = {
  listRedirects: defineEndpoint({
    method: 'GET',
    path: '/api/redirects',
    summary: 'Old addresses of a site and where they lead, in their order; for operators and supervisors.',
    access: 'signed-in',
    query: Closed({
      siteId: Id,
      prefix: Type.Optional(Type.String({ maxLength: 500, description: 'How the old address begins.' })),
      ...pagingQuery,
    }),
    response: Closed({
      items: Type.Array(Redirect),
      nextCursor: Type.Union([Type.String(), Type.Null()]),
    }),
  }),
  importRedirects: defineEndpoint({
    method: 'POST',
    path: '/api/redirects',
    summary:
      'Bring in a list of old addresses (multipart/form-data: field siteId, then field file; CSV, TSV or JSON Lines). Good lines are kept, the others are named with their reasons.',
    access: 'signed-in',
    upload: true,
    response: RedirectReport,
  }),
  getStatus: defineEndpoint({
    method: 'GET',
    path: '/api/publishing/status',
    summary: 'How far publication is; for operators and supervisors.',
    access: 'signed-in',
    response: PublishingStatus,
  }),
  rebuildAll: defineEndpoint({
    method: 'POST',
    path: '/api/publishing/rebuild',
    summary: 'Mark every page for a rebuild at low priority.',
    access: 'signed-in',
    response: Closed({ marked: Type.Integer() }),
    status: 202,
  }),
  setBackground: defineEndpoint({
    method: 'PUT',
    path: '/api/publishing/background',
    summary: 'Make work in the background wait, or let it go on. What people publish is not touched.',
    access: 'signed-in',
    body: Closed({ paused: Type.Boolean() }),
    response: BackgroundWork,
  }),
  retryFailing: defineEndpoint({
    method: 'POST',
    path: '/api/publishing/failing-pages/retry',
    summary: 'Try pages that could not be built again at once.',
    access: 'signed-in',
    response: Closed({ pages: Type.Integer() }),
    status: 202,
  }),
  listReceipts: defineEndpoint({
    method: 'GET',
    path: '/api/resources/:id/receipts',
    summary: 'When the newest releases and withdrawals of a resource had reached all their pages.',
    access: 'signed-in',
    params: Closed({ id: Id }),
    response: Type.Array(ResourceReceipt, { maxItems: 20 }),
  }),
} as const;
