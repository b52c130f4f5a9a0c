import { Type } from 'typebox';

import { Closed, Count, defineEndpoint, Instant } from './endpoint.ts';

export const publishingErrorCodes = ['publishing.operator-required'] as const;

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

export const publishingApi = {
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
