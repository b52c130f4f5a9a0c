import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import type { DumpPart, LoadStep } from '../../platform/dump/dump.types.ts';
import { insertRows } from '../../platform/dump/load-rows.ts';

/** Where pages used to stand, on this platform or before it. */
export const redirectPart: DumpPart = {
  name: 'redirects',
  from: sql.table('publishing.redirect'),
  fields: { site: 'text', from_path: 'text', to_url: 'text', changed_at: 'instant' },
  left: { settled: 'says whether the file of a redirect was written here' },
  order: ['site', 'from_path'],
};

export const redirectStep: LoadStep = {
  name: 'redirects',
  part: redirectPart,
  load: ({ db }, rows) =>
    insertRows(db, redirectPart, rows, {
      constants: { settled: sql`position('?' in one ->> 'fromPath') > 0` },
    }),
};

export async function countRedirects(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from publishing.redirect`.execute(db);
  return rows[0]?.count ?? 0;
}
