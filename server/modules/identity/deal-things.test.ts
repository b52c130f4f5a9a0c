import { describe, expect, it } from 'vitest';

import type { Db } from '../../platform/db.ts';
import { type Deal, dealThings } from './deal-things.ts';
import type { SplitGround } from './split-ground.ts';

/** Every resource is an article of unit 7 that stands nowhere. Nothing is asked of a database. */
const ground: SplitGround = {
  keepers: { resource: 'resources', column: 'columns', site: 'sites' },
  resources: (_, ids) =>
    Promise.resolve(
      new Map(ids.map((id) => [id, { unitId: '7', type: 'article', terms: [], columnId: null }])),
    ),
  columns: () => Promise.resolve(new Map()),
  sites: () => Promise.resolve(new Map()),
  terms: () => Promise.resolve(new Map()),
  types: () => Promise.resolve(new Map()),
  broader: () => Promise.resolve(new Map()),
};
const none = { siteIds: [], columns: [], terms: [], types: [] };
const deal: Deal = {
  unitId: '7',
  receivers: ['8', '9'],
  rules: [{ ...none, receiver: 1, types: ['article'] }],
  through: new Set(),
};
const review = { id: '70', resourceId: '1', columnId: null, siteId: null };

describe('what hangs on a resource', () => {
  it('goes where the rules will send the resource, while resources are still to be dealt', async () => {
    expect(await dealThings({} as Db, ground, deal, [review])).toEqual(new Map([[1, ['70']]]));
  });

  it('stays with a resource that came after the turn of the resources, whatever the rules say of it', async () => {
    const later = { ...deal, through: new Set(['resources']) };
    expect(await dealThings({} as Db, ground, later, [review])).toEqual(new Map([[null, ['70']]]));
  });
});
