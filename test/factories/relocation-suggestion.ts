import type { SiteRules } from '../../contracts/relocation.ts';
import { pagesByIds, type RelocationEngine, suggestFor } from '../../server/modules/relocation/index.ts';
import type { Db } from '../../server/platform/db.ts';

/** What an operator gets who picks some deep pages of the samples and asks for rules. */
export async function suggestionFor(db: Db, { store }: RelocationEngine, id: string): Promise<SiteRules> {
  const rows = await db
    .selectFrom('relocation.page')
    .select(['id', 'address'])
    .where('project_id', '=', id)
    .where('digest', 'is not', null)
    .orderBy('address')
    .execute();
  const deep = rows.filter(({ address }) => /t\d{8}_\d+\.html$/.test(address));
  // From the beginning and from the end: of both kinds of layout.
  const chosen = [...deep.slice(0, 4), ...deep.slice(-4)].map((row) => row.id);
  return suggestFor({ store, hosts: [], pages: await pagesByIds(db, id, chosen) });
}
