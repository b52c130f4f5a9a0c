import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import type { PageRow } from './page.types.ts';

/** An act whose pages are followed until they all stand in the store. */
export interface ReceiptWish {
  /** What it is about, as a tag. */
  readonly subject: string;
  /** The name of the event. */
  readonly event: string;
  /** Events of one act carry one moment, and so share a receipt. */
  readonly requestedAt: Date;
}

/**
 * The receipts of acts, each opened when this is the first of its events; in the order of the wishes. Rows are touched in
 * one order, so that two who open some of the same cannot wait for each other.
 */
export async function openReceipts(db: Db, wishes: readonly ReceiptWish[]): Promise<readonly string[]> {
  if (wishes.length === 0) return [];
  const asked = sql`unnest(
      ${wishes.map((one) => one.subject)}::text[], ${wishes.map((one) => one.event)}::text[],
      ${wishes.map((one) => one.requestedAt)}::timestamptz[]
    ) with ordinality as asked (subject, event, requested_at, place)`;
  await sql`
    insert into publishing.receipt (subject, event, requested_at)
    select subject, event, requested_at from ${asked} order by subject, requested_at, place
    on conflict (subject, requested_at) do nothing`.execute(db);
  const { rows } = await sql<{ id: string }>`
    select receipt.id from ${asked} join publishing.receipt using (subject, requested_at) order by place`.execute(
    db,
  );
  if (rows.length < wishes.length) throw new Error('a receipt was cleared away while it was opened');
  return rows.map((row) => row.id);
}

/**
 * More pages of the acts were asked for: what was said of them so far does not count. After the requests are marked, as
 * builds lock them first too.
 */
export async function reopenReceipts(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    with held as (
      select id from publishing.receipt where id = any(${[...ids]}::bigint[]) order by id for update
    )
    update publishing.receipt set verified_at = null, live_at = null from held where receipt.id = held.id`.execute(
    db,
  );
}

/** How many unfinished receipts are looked at: one that waits for a page that cannot be built waits long. */
const MOST_OPEN = 200;

/** Acts all of whose pages were recorded, and that nobody has verified yet. */
export async function completeReceipts(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      select id from publishing.receipt where verified_at is null order by id desc limit ${MOST_OPEN}
    ) as open
    where not exists (
      select from publishing.receipt_page as page where page.receipt_id = open.id and page.live_at is null
    ) order by id`.execute(db);
  return rows.map((row) => row.id);
}

export type ReceiptPage = Pick<PageRow, 'key' | 'site' | 'path' | 'outcome' | 'digest'>;

/** The pages of an act that stand somewhere now. */
export async function pagesOfReceipt(db: Db, id: string): Promise<readonly ReceiptPage[]> {
  const { rows } = await sql<ReceiptPage>`
    select page.key, page.site, page.path, page.outcome, encode(page.digest, 'hex') as digest
    from publishing.receipt_page as called join publishing.page on page.key = called.page_key
    where called.receipt_id = ${id}::bigint`.execute(db);
  return rows;
}

/** Every page was found on the disk as it was recorded. Nothing happens when more was asked for meanwhile. */
export async function giveReceipt(
  db: Db,
  id: string,
  found: { readonly pages: number; readonly sites: number },
): Promise<void> {
  await sql`
    update publishing.receipt set verified_at = clock_timestamp(), pages = ${found.pages}, sites = ${found.sites},
      live_at = coalesce(
        (select max(page.live_at) from publishing.receipt_page as page where page.receipt_id = receipt.id),
        clock_timestamp()
      )
    where id = ${id}::bigint and verified_at is null and not exists (
      select from publishing.receipt_page as page where page.receipt_id = receipt.id and page.live_at is null
    )`.execute(db);
}

/** Receipts are kept for a year, the list of their pages for a day after they were given. */
export async function clearOldReceipts(db: Db): Promise<void> {
  await sql`
    delete from publishing.receipt_page as page using publishing.receipt
    where receipt.id = page.receipt_id and receipt.verified_at < clock_timestamp() - interval '1 day'`.execute(
    db,
  );
  await sql`
    delete from publishing.receipt where id in (
      select id from publishing.receipt where requested_at < clock_timestamp() - interval '1 year'
      order by requested_at limit 10000
    )`.execute(db);
}

export interface Receipt {
  readonly event: string;
  readonly requestedAt: Date;
  readonly liveAt: Date | null;
  readonly verifiedAt: Date | null;
  readonly pages: number;
  readonly sites: number;
  /** Pages that do not stand yet as the act left them; among them those that cannot be built. */
  readonly waiting: number;
  readonly failing: number;
}

/** The newest acts on a subject. */
export async function receiptsOf(db: Db, subject: string, limit: number): Promise<readonly Receipt[]> {
  const { rows } = await sql<Receipt>`
    select receipt.event, receipt.requested_at as "requestedAt", receipt.live_at as "liveAt",
      receipt.verified_at as "verifiedAt", receipt.pages, receipt.sites,
      count(page.page_key)::int as waiting, (count(*) filter (where dirty.failures > 0))::int as failing
    from publishing.receipt
    left join publishing.receipt_page as page on page.receipt_id = receipt.id and page.live_at is null
    left join publishing.dirty on dirty.page_key = page.page_key
    where receipt.subject = ${subject}
    group by receipt.id order by receipt.requested_at desc, receipt.id desc limit ${limit}`.execute(db);
  return rows;
}
