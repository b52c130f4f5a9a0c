import { type Static, Type } from 'typebox';

import { Closed, Count, defineEndpoint, Id, Instant, pagingQuery } from './endpoint.ts';

export const publishingErrorCodes = [
  'publishing.operator-required',
  'publishing.list-missing',
  'publishing.list-too-long',
  'publishing.list-unreadable',
] as const;

export const PublishingStatus = Closed({
  waiting: Type.Integer({ description: 'Pages that wait for a rebuild a person asked for.' }),
  waitingBackground: Type.Integer(),
  oldestWaitingSince: Type.Union([Instant, Type.Null()]),
  failing: Type.Integer({ description: 'Pages that could not be built and are tried again.' }),
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
});

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
} as const;
