import { sql } from 'kysely';

import type { ResourceContent } from '../../../contracts/library.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { digestOf } from '../../platform/digest.ts';
import { insertRevisionAssets } from './asset.queries.ts';
import { keepFingerprint } from './compare-texts.ts';
import { libraryEvents, namedTag, resourceTag } from './events.ts';
import { headFacts } from './head-facts.rules.ts';
import type { ImportedItem, ImportedResource } from './import-resources.ts';
import { recordRelations } from './record-relations.ts';
import { ruledContent } from './ruling.queries.ts';
import { assetUses } from './write-revision.ts';

/** Resources of a unit by what they were called where they came from. */
export async function importedResources(
  db: Db,
  unitId: string,
  importKeys: readonly string[],
): Promise<readonly ImportedResource[]> {
  const { rows } = await sql<ImportedResource>`
    select imported_from as "importKey", id as "resourceId" from library.resource
    where unit_id = ${unitId} and imported_from = any(${[...importKeys]}::text[])`.execute(db);
  return rows;
}

interface Standing {
  readonly id: string;
  readonly number: number;
}

/** One that nobody has worked on since, with what lies over its text. */
interface StandingImport extends Standing {
  readonly rulingId: string | null;
}

/** As the import left it: nobody has worked on it, or taken it down, since. */
const isUntouched = sql<boolean>`(resource.stage = 'live'
  and resource.head_revision_id = resource.live_revision_id and revision.origin = 'imported')`;

/** The resource as the import left it, locked. One that its own origin took down may come back. */
async function untouchedImport(
  db: Db,
  unitId: string,
  importKey: string,
  mayRevive: boolean,
): Promise<StandingImport | undefined> {
  const { rows } = await sql<StandingImport>`
    select resource.id, revision.number, resource.ruling_id as "rulingId" from library.resource
    join library.revision on revision.id = resource.head_revision_id
    where resource.unit_id = ${unitId} and resource.imported_from = ${importKey}
      and (${isUntouched}
        or (${mayRevive} and resource.stage = 'withdrawn' and not resource.taken_down and revision.origin = 'imported'))
    for update of resource`.execute(db);
  return rows[0];
}

/** Those of a unit's resources that stand as their import left them, with their texts, locked in the order of their ids. */
export async function untouchedImports(
  db: Db,
  unitId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StandingImport & { readonly content: ResourceContent }>> {
  const { rows } = await sql<StandingImport & { readonly content: ResourceContent }>`
    select resource.id, revision.number, resource.ruling_id as "rulingId", revision.content from library.resource
    join library.revision on revision.id = resource.head_revision_id
    where resource.unit_id = ${unitId} and resource.id = any(${[...ids]}::bigint[]) and resource.imported_from is not null and ${isUntouched}
    order by resource.id for update of resource`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The next revision of an imported resource, written by nobody here. */
export async function addImportedRevision(
  ctx: Ctx,
  { id, number }: Standing,
  content: ResourceContent,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into library.revision (resource_id, number, content, digest, origin, created_by, created_by_name, created_at)
    values (${id}, ${number + 1}, ${JSON.stringify(content)}::jsonb, ${digestOf(content)}, 'imported',
      null, ${ctx.actor.name}, ${ctx.now})
    returning id`.execute(ctx.db);
  const revisionId = rows[0]?.id ?? '0';
  await insertRevisionAssets(ctx.db, revisionId, assetUses(content));
  await keepFingerprint(ctx.db, { resourceId: id, id: revisionId, content });
  return revisionId;
}

/** Makes it the next content of an imported resource, live at once, and answers the tags of what tells of it. */
export async function reviseImport(
  ctx: Ctx,
  standing: StandingImport,
  content: ResourceContent,
): Promise<readonly string[]> {
  const { id } = standing;
  const revisionId = await addImportedRevision(ctx, standing, content);
  const facts = headFacts(content);
  await sql`
    update library.resource set head_revision_id = ${revisionId}, live_revision_id = ${revisionId},
      stage = 'live', withdrawn_at = null, withdrawal_reason = null,
      title = ${facts.title}, document_number = ${facts.document_number}, open_mode = ${facts.open_mode},
      validity = coalesce(ruled_validity, ${facts.validity}), year = ${facts.year},
      terms = ${facts.terms && [...facts.terms]}::text[], live_terms = ${facts.terms && [...facts.terms]}::text[],
      version = version + 1,
      updated_at = ${ctx.now}, last_published_at = ${ctx.now}
    where id = ${id}`.execute(ctx.db);
  const named = await recordRelations(ctx, id, await ruledContent(ctx.db, content, standing.rulingId));
  return [resourceTag(id), ...named.map(namedTag)];
}

/**
 * New revisions of imported resources whose originals changed where they came from. What people changed here stays as
 * they left it; only those that took the new text are answered.
 */
export async function reviseImports(
  ctx: Ctx,
  unitId: string,
  items: readonly ImportedItem[],
  revivable: ReadonlySet<string> = new Set(),
): Promise<readonly ImportedResource[]> {
  const revised: ImportedResource[] = [];
  const tags: string[] = [];
  for (const { importKey, content } of items) {
    const standing = await untouchedImport(ctx.db, unitId, importKey, revivable.has(importKey));
    if (!standing) continue;
    tags.push(...(await reviseImport(ctx, standing, content)));
    revised.push({ importKey, resourceId: standing.id });
  }
  if (revised.length > 0)
    await ctx.announce({ name: libraryEvents.released, tags, payload: {}, priority: 1 });
  return revised;
}
