import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import type { PageAddress, Redirect } from './page.queries.ts';

/** Old addresses that somebody brings in; a worker writes the files of those that can have one. */
export async function insertOldAddresses(db: Db, redirects: readonly Redirect[]): Promise<void> {
  await sql`
    insert into publishing.redirect (site, from_path, to_url, settled)
    select asked.site, asked.path, asked.to_url, position('?' in asked.path) > 0 from unnest(
      ${redirects.map((one) => one.site)}::text[],
      ${redirects.map((one) => one.path)}::text[],
      ${redirects.map((one) => one.to)}::text[]
    ) as asked (site, path, to_url)
    on conflict (site, from_path) do update set
      to_url = excluded.to_url, settled = excluded.settled, changed_at = clock_timestamp()`.execute(db);
}

/** What led to an address that is an old one itself now leads on to where that one leads. */
export async function shortenChains(
  db: Db,
  site: string,
  moved: readonly { readonly from: string; readonly to: string }[],
): Promise<number> {
  const { rows } = await sql`
    update publishing.redirect set
      to_url = moved.onward, settled = position('?' in from_path) > 0, changed_at = clock_timestamp()
    from unnest(${moved.map((one) => one.from)}::text[], ${moved.map((one) => one.to)}::text[])
      as moved (target, onward)
    where redirect.site = ${site} and redirect.to_url = moved.target
    returning 1 as one`.execute(db);
  return rows.length;
}

export async function isAnyUnsettled(db: Db): Promise<boolean> {
  const { rows } = await sql`select from publishing.redirect where not settled limit 1`.execute(db);
  return rows.length > 0;
}

/** Some redirects whose files are not written yet; nobody else takes them until the transaction ends. */
export async function claimUnsettled(db: Db, limit: number): Promise<readonly Redirect[]> {
  const { rows } = await sql<Redirect>`
    select site, from_path as path, to_url as to from publishing.redirect where not settled
    order by site, from_path limit ${limit} for update skip locked`.execute(db);
  return rows;
}

export async function markSettled(db: Db, list: readonly PageAddress[]): Promise<void> {
  await sql`
    update publishing.redirect set settled = true
    from unnest(${list.map((one) => one.site)}::text[], ${list.map((one) => one.path)}::text[])
      as asked (site, path)
    where redirect.site = asked.site and redirect.from_path = asked.path`.execute(db);
}

export interface StoredRedirect {
  readonly path: string;
  readonly to: string;
  readonly changedAt: Date;
}

/** Redirects of a site whose old address begins like this, in the order of their addresses. */
export async function redirectsOfSite(
  db: Db,
  site: string,
  wish: { readonly prefix: string; readonly after: string; readonly limit: number },
): Promise<readonly StoredRedirect[]> {
  const { rows } = await sql<StoredRedirect>`
    select from_path as path, to_url as to, changed_at as "changedAt" from publishing.redirect
    where site = ${site} and from_path > ${wish.after} and starts_with(from_path, ${wish.prefix})
    order by from_path limit ${wish.limit}`.execute(db);
  return rows;
}
