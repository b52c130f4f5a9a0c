import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import type { Redirect } from './page.queries.ts';

const AT_ONCE = 10_000;

/** Another text after every change of a redirect: nobody changes one without its moment, and deleting one lessens them. */
export async function stateOfRedirects(db: Db): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select concat(count(*), ' ', max(changed_at)) as state from publishing.redirect`.execute(db);
  return rows[0]?.state ?? '';
}

/**
 * Every redirect whose address differs from all others of its site in more than the case of Latin letters, a part at a
 * time: there may be a million.
 */
export async function eachDistinctRedirect(
  db: Db,
  handle: (redirects: readonly Redirect[]) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`
      declare distinct_redirects cursor for
      select site, from_path as path, to_url as to from (
        select *, count(*) over (partition by site, lower(from_path collate "C")) as twins
        from publishing.redirect
      ) as redirect where twins = 1`.execute(trx);
    for (;;) {
      const { rows } = await sql<Redirect>`fetch ${sql.lit(AT_ONCE)} from distinct_redirects`.execute(trx);
      if (rows.length === 0) return;
      await handle(rows);
    }
  });
}
