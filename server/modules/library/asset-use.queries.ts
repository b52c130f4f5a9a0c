import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import { type FormType, pageFileName, sizedFileName } from '../../platform/media-type.ts';
import type { NamedFile } from './file.types.ts';
import { publicPages } from './preview.queries.ts';

/** Drawn pages of documents. */
const pageType = 'image/webp';

const formType = sql<FormType>`library.picture_size.media_type`.as('formType');

/**
 * Every file that any revision of a resource ever showed or attached, the smaller forms of its pictures, and the first
 * pages of its documents.
 */
export async function filesOfResources(
  db: Db,
  resourceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly NamedFile[]>> {
  const used = () =>
    db
      .selectFrom('library.revision')
      .innerJoin('library.revision_asset', 'library.revision_asset.revision_id', 'library.revision.id')
      .innerJoin('library.asset', 'library.asset.id', 'library.revision_asset.asset_id')
      .where('library.revision.resource_id', '=', sql<string>`any(${[...resourceIds]}::bigint[])`)
      .distinct();
  const files = await used()
    .select(['resource_id as resourceId', 'library.asset.digest', 'library.asset.file_name as fileName'])
    .execute();
  if (files.length === 0) return new Map();
  // Whoever records sizes or pages of these files at this moment sees what is going live here, or is seen.
  await sql`
    select from library.file where digest = any(${files.map((file) => file.digest)}::text[])
    order by digest for share`.execute(db);
  const sizes = await used()
    .innerJoin('library.picture_size', 'library.picture_size.digest', 'library.asset.digest')
    .select([
      'resource_id as resourceId',
      'library.picture_size.size_digest as digest',
      'library.asset.file_name as fileName',
      'library.picture_size.width',
      formType,
    ])
    .where('role', '=', 'image')
    .execute();
  const sized = sizes.map(({ width, formType: type, ...one }) => ({
    ...one,
    fileName: sizedFileName(one.fileName, width, type),
  }));
  const pages = await used()
    .innerJoin('library.preview_page', 'library.preview_page.digest', 'library.asset.digest')
    .select([
      'resource_id as resourceId',
      'library.preview_page.page_digest as digest',
      'library.asset.file_name as fileName',
      'library.preview_page.number',
    ])
    .where('role', '=', 'attachment')
    .where('library.preview_page.number', '<=', publicPages)
    .execute();
  const drawn = pages.map(({ number, ...one }) => ({ ...one, fileName: pageFileName(one.fileName, number) }));
  return Map.groupBy([...files, ...sized, ...drawn], (file) => file.resourceId);
}

/** The same of one resource. */
export async function filesOfResource(db: Db, resourceId: string): Promise<readonly NamedFile[]> {
  return (await filesOfResources(db, [resourceId])).get(resourceId) ?? [];
}

export interface FileUse extends NamedFile {
  readonly mediaType: string;
  readonly resourceId: string;
}

/**
 * Which live resources use files with these contents, as they came, as a smaller form of a picture or as a page of a
 * document: a file that none uses, or in which a virus was found, is not public.
 */
export async function liveUsesOf(db: Db, digests: readonly string[]): Promise<readonly FileUse[]> {
  if (digests.length === 0) return [];
  const any = sql<string>`any(${[...digests]}::text[])`;
  const whole = await usesByLive(db)
    .select(['library.asset.digest', 'library.asset.media_type as mediaType'])
    .where('library.asset.digest', '=', any)
    .execute();
  const sized = await usesByLive(db)
    .innerJoin('library.picture_size', 'library.picture_size.digest', 'library.asset.digest')
    .select(['library.picture_size.size_digest as digest', 'library.picture_size.width', formType])
    .where('library.picture_size.size_digest', '=', any)
    .where('role', '=', 'image')
    .execute();
  const pages = await usesByLive(db)
    .innerJoin('library.preview_page', 'library.preview_page.digest', 'library.asset.digest')
    .select(['library.preview_page.page_digest as digest', 'library.preview_page.number'])
    .where('library.preview_page.page_digest', '=', any)
    .where('library.preview_page.number', '<=', publicPages)
    .where('role', '=', 'attachment')
    .execute();
  return [
    ...whole,
    ...sized.map(({ width, formType: type, fileName, ...use }) => ({
      ...use,
      fileName: sizedFileName(fileName, width, type),
      mediaType: type,
    })),
    ...pages.map(({ number, fileName, ...use }) => ({
      ...use,
      fileName: pageFileName(fileName, number),
      mediaType: pageType,
    })),
  ];
}

function usesByLive(db: Db) {
  return db
    .selectFrom('library.asset')
    .innerJoin('library.revision_asset', 'library.revision_asset.asset_id', 'library.asset.id')
    .innerJoin('library.resource', 'library.resource.live_revision_id', 'library.revision_asset.revision_id')
    .leftJoin('library.file', 'library.file.digest', 'library.asset.digest')
    .select(['library.asset.file_name as fileName', 'library.resource.id as resourceId'])
    .distinct()
    .where((is) => is.or([is('library.file.scan', 'is', null), is('library.file.scan', '<>', 'infected')]));
}

/** Contents that live resources use, as they came, in smaller forms and as drawn pages, keyset paged by digest. */
export async function liveDigestsAfter(db: Db, after: string, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ digest: string }>`
    (select distinct asset.digest from library.asset as asset
     where asset.digest > ${after} and exists (
       select 1 from library.revision_asset as use
       join library.resource as resource on resource.live_revision_id = use.revision_id
       where use.asset_id = asset.id)
     order by asset.digest limit ${limit})
    union
    (select distinct size.size_digest from library.picture_size as size
     where size.size_digest > ${after} and exists (
       select 1 from library.asset as asset
       join library.revision_asset as use on use.asset_id = asset.id and use.role = 'image'
       join library.resource as resource on resource.live_revision_id = use.revision_id
       where asset.digest = size.digest)
     order by size.size_digest limit ${limit})
    union
    (select distinct page.page_digest from library.preview_page as page
     where page.page_digest > ${after} and page.number <= ${publicPages} and exists (
       select 1 from library.asset as asset
       join library.revision_asset as use on use.asset_id = asset.id and use.role = 'attachment'
       join library.resource as resource on resource.live_revision_id = use.revision_id
       where asset.digest = page.digest)
     order by page.page_digest limit ${limit})
    order by digest limit ${limit}`.execute(db);
  return rows.map((row) => row.digest);
}

/** A file that was replaced, and the one that a live page shows in its place. */
export interface FileMove {
  readonly from: NamedFile;
  readonly to: FileUse;
}

/**
 * Where replaced files with these contents have gone: to the newest of their successors that the same resource shows
 * now. Only a resource that used the old file itself counts, so that whatever changes the answer is an act on it.
 */
export async function liveSuccessorsOf(db: Db, digests: readonly string[]): Promise<readonly FileMove[]> {
  if (digests.length === 0) return [];
  const { rows } = await sql<{
    fromDigest: string;
    fromName: string;
    digest: string;
    fileName: string;
    mediaType: string;
    resourceId: string;
  }>`
    with recursive line (first_id, id) as (
      select id, id from library.asset where digest = any(${[...digests]}::text[])
      union select line.first_id, asset.id from line join library.asset as asset on asset.replaces_id = line.id)
    select distinct on (line.first_id, resource.id) old.digest as "fromDigest", old.file_name as "fromName",
      new.digest, new.file_name as "fileName", new.media_type as "mediaType", resource.id as "resourceId"
    from line
    join library.asset as old on old.id = line.first_id
    join library.asset as new on new.id = line.id and new.id <> old.id
    join library.file as file on file.digest = new.digest and file.scan <> 'infected'
    join library.revision_asset as use on use.asset_id = new.id
    join library.resource as resource on resource.live_revision_id = use.revision_id
    where exists (
      select 1 from library.revision_asset as before
      join library.revision as revision on revision.id = before.revision_id
      where before.asset_id = old.id and revision.resource_id = resource.id)
    order by line.first_id, resource.id, new.id desc`.execute(db);
  return rows.map(({ fromDigest, fromName, ...to }) => ({
    from: { digest: fromDigest, fileName: fromName },
    to,
  }));
}

/** Contents of files that were replaced, keyset paged by digest. */
export async function replacedDigestsAfter(db: Db, after: string, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('library.asset as old')
    .innerJoin('library.asset as new', 'new.replaces_id', 'old.id')
    .select('old.digest')
    .distinct()
    .where('old.digest', '>', after)
    .orderBy('old.digest')
    .limit(limit)
    .execute();
  return rows.map((row) => row.digest);
}
