import { describe, expect, it } from 'vitest';

import { objectOf } from './request-object.ts';

describe('what a request is about', () => {
  it.each([
    ['/api/resources/:id', { id: '42' }, {}, { kind: 'resource', id: '42' }],
    ['/api/resources/:id/revisions/:number', { id: '42', number: 1 }, {}, { kind: 'resource', id: '42' }],
    ['/api/columns/:id/listings/:resourceId', { id: '7', resourceId: '42' }, {}, { kind: 'column', id: '7' }],
    ['/api/columns', {}, { siteId: '5', writable: true }, { kind: 'site', id: '5' }],
    ['/api/columns/:id/listings', { id: '7' }, { siteId: '5' }, { kind: 'column', id: '7' }],
    ['/api/columns', {}, { siteId: undefined }, undefined],
    ['/api/audit-entries', {}, { actorId: '3' }, undefined],
    ['/api/session', {}, {}, undefined],
  ])('%s', (path, params, query, wanted) => {
    expect(objectOf(path, params, query)).toEqual(wanted);
  });
});
