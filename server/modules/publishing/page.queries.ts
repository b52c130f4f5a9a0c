import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import type { IntendedForm, PageRow, ValidForm } from './page.types.ts';

export interface PageAddress {
  readonly site: string;
  readonly path: string;
}

interface StoredRow extends Omit<PageRow, 'size'> {
  readonly size: string;
}

const pageColumns = sql`
  page.key, page.kind, page.rank, page.site, page.path, page.outcome, page.media_type as "mediaType",
  encode(page.digest, 'hex') as digest, page.size, page.tags, page.target`;

const toPageRow = (row: StoredRow): PageRow => ({ ...row, size: Number(row.size) });

const addresses = (list: readonly PageAddress[]) => sql`
  unnest(${list.map((one) => one.site)}::text[], ${list.map((one) => one.path)}::text[]) as asked (site, path)`;

export async function pagesByKeys(db: Db, keys: readonly string[]): Promise<readonly PageRow[]> {
  const { rows } = await sql<StoredRow>`
    select ${pageColumns} from publishing.page where key = any(${[...keys]}::text[])`.execute(db);
  return rows.map(toPageRow);
}

export async function pagesAt(db: Db, list: readonly PageAddress[]): Promise<readonly PageRow[]> {
  if (list.length === 0) return [];
  const { rows } = await sql<StoredRow>`
    select ${pageColumns} from ${addresses(list)}
    join publishing.page on page.site = asked.site and page.path = asked.path`.execute(db);
  return rows.map(toPageRow);
}

/** Pages that people can open and that are made from what the tag names, those that are seen first before others. */
export async function pagesWithTag(
  db: Db,
  tag: string,
  limit: number,
): Promise<readonly Pick<PageRow, 'key' | 'kind' | 'site' | 'path'>[]> {
  const { rows } = await sql<Pick<PageRow, 'key' | 'kind' | 'site' | 'path'>>`
    select key, kind, site, path from publishing.page
    where tags @> array[${tag}]::text[] and outcome = 'page' order by rank, key limit ${limit}`.execute(db);
  return rows;
}

/** Stored pages in key order, for walks over everything. */
export async function pagesAfter(db: Db, after: string, limit: number): Promise<readonly PageRow[]> {
  const { rows } = await sql<StoredRow>`
    select ${pageColumns} from publishing.page where key > ${after} order by key limit ${limit}`.execute(db);
  return rows.map(toPageRow);
}

export interface Redirect extends PageAddress {
  readonly to: string;
}

export async function redirectsAt(db: Db, list: readonly PageAddress[]): Promise<readonly Redirect[]> {
  if (list.length === 0) return [];
  const { rows } = await sql<Redirect>`
    select redirect.site, redirect.from_path as path, redirect.to_url as to from ${addresses(list)}
    join publishing.redirect on redirect.site = asked.site and redirect.from_path = asked.path`.execute(db);
  return rows;
}

export async function upsertRedirects(db: Db, redirects: readonly Redirect[]): Promise<void> {
  if (redirects.length === 0) return;
  await sql`
    insert into publishing.redirect (site, from_path, to_url)
    select asked.site, asked.path, asked.to_url from unnest(
      ${redirects.map((one) => one.site)}::text[],
      ${redirects.map((one) => one.path)}::text[],
      ${redirects.map((one) => one.to)}::text[]
    ) as asked (site, path, to_url)
    on conflict (site, from_path) do update set
      to_url = excluded.to_url, settled = true, changed_at = clock_timestamp()
  `.execute(db);
}

export async function deleteRedirects(db: Db, list: readonly PageAddress[]): Promise<void> {
  if (list.length === 0) return;
  await sql`
    delete from publishing.redirect using ${addresses(list)}
    where redirect.site = asked.site and redirect.from_path = asked.path`.execute(db);
}

/** Addresses are locked while their files change, so that two pages can hand one over between workers. */
export async function lockAddresses(db: Db, list: readonly PageAddress[]): Promise<readonly PageAddress[]> {
  if (list.length === 0) return [];
  const { rows } = await sql<PageAddress>`
    select site, path from ${addresses(list)}
    where pg_try_advisory_xact_lock(hashtextextended('address ' || site || path, 0))`.execute(db);
  return rows;
}

export async function deletePages(db: Db, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await sql`delete from publishing.page where key = any(${[...keys]}::text[])`.execute(db);
}

// Arrays of arrays must be rectangular in PostgreSQL, so each page's tags travel as one text.
const TAG_SEPARATOR = '\u001f';

export async function upsertPages(db: Db, pages: readonly PageRow[]): Promise<void> {
  if (pages.length === 0) return;
  const column = (value: (page: PageRow) => unknown) => pages.map(value);
  await sql`
    insert into publishing.page (key, kind, rank, site, path, outcome, media_type, digest, size, tags, target)
    select key, kind, rank, site, path, outcome, media_type, decode(digest, 'hex'), size,
      string_to_array(tags, ${TAG_SEPARATOR}), target
    from unnest(
      ${column((page) => page.key)}::text[], ${column((page) => page.kind)}::text[],
      ${column((page) => page.rank)}::smallint[], ${column((page) => page.site)}::text[],
      ${column((page) => page.path)}::text[], ${column((page) => page.outcome)}::text[],
      ${column((page) => page.mediaType)}::text[], ${column((page) => page.digest)}::text[],
      ${column((page) => page.size)}::bigint[], ${column((page) => page.tags.join(TAG_SEPARATOR))}::text[],
      ${column((page) => page.target)}::text[]
    ) as built (key, kind, rank, site, path, outcome, media_type, digest, size, tags, target)
    on conflict (key) do update set
      kind = excluded.kind, rank = excluded.rank, site = excluded.site, path = excluded.path,
      outcome = excluded.outcome, media_type = excluded.media_type, digest = excluded.digest,
      size = excluded.size, tags = excluded.tags, target = excluded.target, built_at = excluded.built_at
  `.execute(db);
}

/** Lets events see what pages will be made from while they are being built. */
export async function insertExpectedTags(db: Db, pages: readonly PageRow[]): Promise<void> {
  await sql`
    insert into publishing.expected_tag (page_key, tags)
    select key, string_to_array(tags, ${TAG_SEPARATOR}) from unnest(
      ${pages.map((page) => page.key)}::text[], ${pages.map((page) => page.tags.join(TAG_SEPARATOR))}::text[]
    ) as built (key, tags) order by key
    on conflict (page_key) do update set tags = excluded.tags`.execute(db);
}

export async function deleteExpectedTags(db: Db, pages: readonly PageRow[]): Promise<void> {
  if (pages.length === 0) return;
  await sql`delete from publishing.expected_tag where page_key = any(${pages.map((page) => page.key)}::text[])`.execute(
    db,
  );
}

/** Pages whose bytes are as they were, but made from other things than before. */
export async function updateTags(db: Db, pages: readonly PageRow[]): Promise<void> {
  if (pages.length === 0) return;
  await sql`
    update publishing.page set tags = string_to_array(built.tags, ${TAG_SEPARATOR}), rank = built.rank
    from unnest(
      ${pages.map((page) => page.key)}::text[],
      ${pages.map((page) => page.tags.join(TAG_SEPARATOR))}::text[],
      ${pages.map((page) => page.rank)}::smallint[]
    ) as built (key, tags, rank)
    where page.key = built.key`.execute(db);
}

/** What may rightfully stand at some addresses now: their pages, their redirects, or what is being put there. */
export async function validForms(
  db: Db,
  list: readonly PageAddress[],
): Promise<readonly (PageAddress & ValidForm)[]> {
  if (list.length === 0) return [];
  const { rows } = await sql<PageAddress & ValidForm>`
    select page.site, page.path, page.outcome, page.media_type as "mediaType",
      encode(page.digest, 'hex') as digest, 'page' as "knownFrom"
    from ${addresses(list)} join publishing.page on page.site = asked.site and page.path = asked.path
    union all
    select redirect.site, redirect.from_path, 'moved', 'text/plain',
      encode(sha256(convert_to(redirect.to_url, 'UTF8')), 'hex'), 'redirect'
    from ${addresses(list)}
    join publishing.redirect on redirect.site = asked.site and redirect.from_path = asked.path
    union all
    select form.site, form.path, form.outcome, form.media_type, form.digest, 'announcement'
    from ${addresses(list)}
    join publishing.intent on intent.paths @> array[asked.path]
    join unnest(intent.sites, intent.paths, intent.outcomes, intent.media_types, intent.digests)
      as form (site, path, outcome, media_type, digest)
      on form.site = asked.site and form.path = asked.path
    where form.outcome <> 'absent'`.execute(db);
  return rows;
}

/** Those of these addresses where a worker is, or was when it died, about to change the files. */
export async function addressesInHand(db: Db, list: readonly PageAddress[]): Promise<readonly PageAddress[]> {
  if (list.length === 0) return [];
  const { rows } = await sql<PageAddress>`
    select distinct asked.site, asked.path from ${addresses(list)}
    join publishing.intent on intent.paths @> array[asked.path]
    join unnest(intent.sites, intent.paths) as form (site, path)
      on form.site = asked.site and form.path = asked.path`.execute(db);
  return rows;
}

/** A number for a batch of changes; the transaction holds it, so while it lives nobody recovers it. */
export async function openIntent(db: Db): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with next as materialized (select nextval('publishing.intent_id') as id)
    select id::text from next where pg_try_advisory_xact_lock(hashtextextended('intent ' || id, 0))`.execute(
    db,
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('the lock of a fresh intent is taken');
  return id;
}

export async function insertIntent(db: Db, id: string, forms: readonly IntendedForm[]): Promise<void> {
  await sql`
    insert into publishing.intent (id, keys, sites, paths, outcomes, media_types, digests) values (
      ${id}::bigint, ${forms.map((one) => one.key)}::text[], ${forms.map((one) => one.site)}::text[],
      ${forms.map((one) => one.path)}::text[], ${forms.map((one) => one.outcome)}::text[],
      ${forms.map((one) => one.mediaType)}::text[], ${forms.map((one) => one.digest ?? '')}::text[]
    )`.execute(db);
}

export async function deleteIntent(db: Db, id: string): Promise<void> {
  await sql`delete from publishing.intent where id = ${id}::bigint`.execute(db);
}

export interface AbandonedIntent {
  readonly id: string;
  readonly keys: readonly string[];
  readonly sites: readonly string[];
  readonly paths: readonly string[];
}

/** Whether any batch is under way, was broken off, or waits for what was broken off. */
export async function isAnyIntent(db: Db): Promise<boolean> {
  const { rows } = await sql`select from publishing.intent limit 1`.execute(db);
  return rows.length > 0;
}

/** A batch whose worker is gone: its lock went with its connection. */
export async function claimAbandonedIntent(db: Db): Promise<AbandonedIntent | undefined> {
  const { rows } = await sql<AbandonedIntent>`
    with known as materialized (
      select id, keys, sites, paths from publishing.intent where not recovered order by id
    )
    select id::text, keys, sites, paths from known
    where pg_try_advisory_xact_lock(hashtextextended('intent ' || id, 0)) limit 1`.execute(db);
  const claimed = rows[0];
  if (claimed === undefined) return undefined;
  // Its worker may have ended well between reading the row and taking the lock.
  const { rows: still } = await sql<{ id: string }>`
    select id::text from publishing.intent where id = ${claimed.id}::bigint and not recovered`.execute(db);
  return still.length > 0 ? claimed : undefined;
}

/** Its pages were asked for again; until they are written, what it announced may lie in the store. */
export async function markRecovered(db: Db, id: string, keys: readonly string[]): Promise<void> {
  await sql`update publishing.intent set recovered = true, keys = ${[...keys]}::text[] where id = ${id}::bigint`.execute(
    db,
  );
}

/** Ends recovered announcements whose pages have all been written again. */
export async function deleteSettledIntents(db: Db): Promise<void> {
  await sql`
    delete from publishing.intent where recovered and not exists (
      select from publishing.dirty where dirty.page_key = any(intent.keys) and dirty.forced
    )`.execute(db);
}
