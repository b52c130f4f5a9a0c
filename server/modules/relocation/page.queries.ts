import { sql } from 'kysely';

import type { PageKind, PageProblem } from '../../../contracts/relocation.ts';
import type { Db } from '../../platform/db.ts';

export interface PageRow {
  readonly id: string;
  readonly address: string;
  readonly depth: number;
  readonly kind: PageKind | null;
  readonly digest: string | null;
  readonly mediaType: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly title: string | null;
  readonly producedOn: string | null;
  readonly source: string | null;
  readonly columnKey: string | null;
  readonly columnName: string | null;
  readonly contentDigest: string | null;
  readonly resourceId: string | null;
  readonly assetId: string | null;
  readonly assetOf: string | null;
  readonly target: string | null;
  readonly problem: PageProblem | null;
  readonly problemDetail: string | null;
}

export function pages(db: Db) {
  return db.selectFrom('relocation.page').select([
    'id',
    'address',
    'depth',
    sql<PageKind | null>`kind`.as('kind'),
    'digest',
    'media_type as mediaType',
    'etag',
    'last_modified as lastModified',
    'title',
    // The driver gives a day as text.
    sql<string | null>`produced_on`.as('producedOn'),
    'source',
    'column_key as columnKey',
    'column_name as columnName',
    'content_digest as contentDigest',
    'resource_id as resourceId',
    'asset_id as assetId',
    'asset_of as assetOf',
    'target',
    sql<PageProblem | null>`problem`.as('problem'),
    'problem_detail as problemDetail',
  ]);
}

/** Addresses that are no pages: files come in with the articles that have them. */
const filePattern =
  '\\.(css|js|json|xml|ico|png|jpe?g|gif|webp|bmp|svg|mp[34]|avi|wmv|flv|swf|woff2?|ttf|eot|exe|apk|txt|pdf|docx?|xlsx?|pptx?|csv|wps|et|dps|ofd|zip|rar|7z|gz|tar)(\\?.*)?$';

/** Every page of the saved copy waits to be read in this run; for samples only so many, spread over all. */
export async function seedFromCopy(
  db: Db,
  project: { readonly id: string; readonly run: number },
  sampleSize: number | null,
): Promise<void> {
  const limit = sampleSize === null ? sql`` : sql`order by md5(address) limit ${sampleSize}`;
  await sql`
    insert into relocation.page (project_id, address, depth, run)
    select project_id, address, 0, ${project.run} from relocation.copy_file
    where project_id = ${project.id} and address !~* ${filePattern} ${limit}
    on conflict (project_id, address) do update set state = 'waiting', run = excluded.run`.execute(db);
}

export interface FoundAddress {
  readonly address: string;
  readonly kind: 'file' | null;
}

/** What a page leads to joins the queue once a run. */
export async function queueAddresses(
  db: Db,
  project: { readonly id: string; readonly run: number },
  found: readonly FoundAddress[],
  depth: number,
): Promise<void> {
  if (found.length === 0) return;
  const sorted = [...found].sort((one, other) => (one.address < other.address ? -1 : 1));
  await sql`
    insert into relocation.page (project_id, address, depth, run, kind)
    select distinct on (given.address) ${project.id}::bigint, given.address, ${depth}::int, ${project.run}::int, given.kind
    from unnest(${sorted.map((one) => one.address)}::text[], ${sorted.map((one) => one.kind)}::text[])
      as given (address, kind) order by given.address, given.kind nulls last
    on conflict (project_id, address) do update set state = 'waiting', run = excluded.run
    where relocation.page.run < excluded.run`.execute(db);
}

/** What an earlier run did not come to is taken over. */
export async function adoptWaiting(
  db: Db,
  project: { readonly id: string; readonly run: number },
): Promise<void> {
  await db
    .updateTable('relocation.page')
    .set({ run: project.run })
    .where('project_id', '=', project.id)
    .where('state', '=', 'waiting')
    .execute();
}

export function waitingPages(db: Db, projectId: string, limit: number): Promise<readonly PageRow[]> {
  return pages(db)
    .where('project_id', '=', projectId)
    .where('state', '=', 'waiting')
    .orderBy('depth')
    .orderBy('id')
    .limit(limit)
    .execute();
}

export async function countOfRun(db: Db, projectId: string, run: number): Promise<number> {
  const row = await db
    .selectFrom('relocation.page')
    .select((is) => is.fn.countAll<string>().as('pages'))
    .where('project_id', '=', projectId)
    .where('run', '=', run)
    .executeTakeFirstOrThrow();
  return Number(row.pages);
}

export async function countReadInRun(db: Db, projectId: string, run: number): Promise<number> {
  const row = await db
    .selectFrom('relocation.page')
    .select((is) => is.fn.countAll<string>().as('pages'))
    .where('project_id', '=', projectId)
    .where('run', '=', run)
    .where('state', '<>', 'waiting')
    .executeTakeFirstOrThrow();
  return Number(row.pages);
}

/** What became of an address in this run. Absent fields stay as they are. */
export interface PageFacts {
  readonly state?: 'read' | 'failed';
  readonly kind?: PageKind | undefined;
  readonly digest?: string;
  readonly media_type?: string;
  readonly etag?: string | null;
  readonly last_modified?: string | null;
  readonly title?: string | null;
  readonly produced_on?: string | null;
  readonly source?: string | null;
  readonly column_key?: string | null;
  readonly column_name?: string | null;
  readonly content_digest?: string | null;
  readonly imported_digest?: string | null;
  readonly resource_id?: string;
  readonly moved_to?: string | null;
  readonly asset_id?: string;
  readonly asset_of?: string;
  readonly target?: string;
  readonly problem?: PageProblem | null;
  readonly problem_detail?: string | null;
}

export async function writePage(db: Db, id: string, facts: PageFacts): Promise<void> {
  const given = Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== undefined),
  ) as PageFacts;
  await db
    .updateTable('relocation.page')
    .set(given as Record<string, unknown>)
    .where('id', '=', id)
    .execute();
}

export function pagesByAddress(
  db: Db,
  projectId: string,
  addresses: readonly string[],
): Promise<readonly PageRow[]> {
  if (addresses.length === 0) return Promise.resolve([]);
  return pages(db)
    .where('project_id', '=', projectId)
    .where('address', '=', sql<string>`any(${[...addresses]}::text[])`)
    .execute();
}

export function pagesByIds(db: Db, projectId: string, ids: readonly string[]): Promise<readonly PageRow[]> {
  return pages(db)
    .where('project_id', '=', projectId)
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .orderBy('id')
    .execute();
}

export interface PageWish {
  readonly kind?: PageKind | undefined;
  /** `any` for all problems. */
  readonly problem?: string | undefined;
  readonly after: string;
  readonly limit: number;
}

export function pagesAfter(db: Db, projectId: string, wish: PageWish): Promise<readonly PageRow[]> {
  let query = pages(db).where('project_id', '=', projectId).where('id', '>', wish.after);
  if (wish.kind !== undefined) query = query.where('kind', '=', wish.kind).where('digest', 'is not', null);
  if (wish.problem === 'any') query = query.where('problem', 'is not', null);
  else if (wish.problem !== undefined) query = query.where('problem', '=', wish.problem);
  return query.orderBy('id').limit(wish.limit).execute();
}

export interface FigureRow {
  readonly waiting: number;
  readonly read: number;
  readonly articles: number;
  readonly lists: number;
  readonly others: number;
  readonly files: number;
  readonly toImport: number;
  readonly imported: number;
  readonly redirected: number;
  readonly redirectsWaiting: number;
}

export async function figuresOf(db: Db, projectId: string, run: number): Promise<FigureRow> {
  const { rows } = await sql<FigureRow>`
    select count(*) filter (where state = 'waiting')::int as waiting,
      count(*) filter (where state <> 'waiting' and run = ${run})::int as read,
      count(*) filter (where kind = 'article')::int as articles,
      count(*) filter (where kind = 'list')::int as lists,
      count(*) filter (where kind = 'other')::int as others,
      count(*) filter (where kind = 'file' and state = 'read')::int as files,
      count(*) filter (where kind = 'article' and state = 'read' and problem is null
        and content_digest is distinct from imported_digest)::int as "toImport",
      count(*) filter (where resource_id is not null)::int as imported,
      count(*) filter (where redirected_at is not null)::int as redirected,
      count(*) filter (where target is not null and redirected_at is null and problem is null)::int as "redirectsWaiting"
    from relocation.page where project_id = ${projectId}`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('an aggregate has one row');
  return row;
}

export async function problemCounts(
  db: Db,
  projectId: string,
): Promise<readonly { readonly problem: PageProblem; readonly pages: number }[]> {
  const { rows } = await sql<{ problem: PageProblem; pages: number }>`
    select problem, count(*)::int as pages from relocation.page
    where project_id = ${projectId} and problem is not null group by problem order by 2 desc, 1`.execute(db);
  return rows;
}
