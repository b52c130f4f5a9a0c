import { linkCheckApi } from '../../../contracts/link-check.ts';
import type { Routes } from '../../platform/http.ts';
import { approveEmblem, endEmblem } from './approve-emblem.ts';
import { emblemPage } from './emblem.queries.ts';
import { presentEmblems, presentHostRuling } from './host-ruling.presenter.ts';
import { hostRulings } from './host-ruling.queries.ts';
import { deadLinks } from './link-state.queries.ts';
import { requireHostReader } from './outside-host.policy.ts';
import { endHostRuling, ruleHost } from './rule-host.ts';

const usualLimit = 20;

const beforeOf = (cursor: string | undefined): string | undefined =>
  /^[1-9]\d{0,17}$/.exec(cursor ?? '')?.[0];

/** One more was asked for than is shown: it tells whether there is a next page. */
function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  shown: { readonly cursor: (row: R) => string; readonly present: (row: R) => T },
) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(shown.present),
    nextCursor: rows.length > limit && last !== undefined ? shown.cursor(last) : null,
  };
}

/** Operators keep on record what may be linked to and shown, and see with supervisors which links are dead. */
export const linkCheckRoutes: Routes = (mount, { perform, consult }) => {
  mount(linkCheckApi.listHostRulings, ({ caller, query: { cursor, limit = usualLimit } }) =>
    consult(caller, 'proofreading.list-host-rulings', async ({ db, actor }) => {
      requireHostReader(actor);
      const rows = await hostRulings(db, { before: beforeOf(cursor), limit: limit + 1 });
      return pageOf(rows, limit, { cursor: ({ id }) => id, present: presentHostRuling });
    }),
  );
  mount(linkCheckApi.ruleHost, ({ caller, body }) => perform(caller, ruleHost, body));
  mount(linkCheckApi.endHostRuling, ({ caller, params: { id }, body }) =>
    perform(caller, endHostRuling, { ...body, id }),
  );
  mount(linkCheckApi.listEmblems, ({ caller, query: { cursor, limit = usualLimit } }) =>
    consult(caller, 'proofreading.list-emblems', async ({ db, actor }) => {
      requireHostReader(actor);
      const rows = await emblemPage(db, { before: beforeOf(cursor), limit: limit + 1 });
      const page = pageOf(rows, limit, { cursor: ({ id }) => id, present: (row) => row });
      return { ...page, items: await presentEmblems(db, page.items) };
    }),
  );
  mount(linkCheckApi.approveEmblem, ({ caller, body }) => perform(caller, approveEmblem, body));
  mount(linkCheckApi.endEmblem, ({ caller, params: { id }, body }) =>
    perform(caller, endEmblem, { ...body, id }),
  );
  mount(linkCheckApi.listDeadLinks, ({ caller, query: { cursor = '', limit = usualLimit } }) =>
    consult(caller, 'proofreading.list-dead-links', async ({ db, actor }) => {
      requireHostReader(actor);
      const rows = await deadLinks(db, { after: cursor, limit: limit + 1 });
      return pageOf(rows, limit, {
        cursor: ({ address }) => address,
        present: ({ resourceIds, triedAt, ...row }) => ({
          ...row,
          resourceIds: [...resourceIds],
          triedAt: triedAt.toISOString(),
        }),
      });
    }),
  );
};
