import { sql } from 'kysely';

import { formatIndexNumber } from '../../../contracts/index-number.ts';
import type { ResourceContent, ResourceTypeKey } from '../../../contracts/library.ts';
import { yearInChina } from '../../platform/china-time.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { digestOf } from '../../platform/digest.ts';
import { requireUnitInBeing, unitsById } from '../identity/index.ts';
import { insertRevisionAssets } from './asset.queries.ts';
import { awaitFingerprints } from './fingerprint.queries.ts';
import { libraryEvents, namedTag, resourceTag } from './events.ts';
import { headFacts } from './head-facts.rules.ts';
import { takeSerials } from './index-number.queries.ts';
import { recordRelations } from './record-relations.ts';
import { namedIn } from './relation.queries.ts';
import { assetUses } from './write-revision.ts';

/** One piece of an old archive, checked and complete. */
export interface ImportedItem {
  /** What it was called where it comes from; the same name is imported once. */
  readonly importKey: string;
  readonly type: ResourceTypeKey;
  readonly content: ResourceContent;
}

export interface ImportedResource {
  readonly importKey: string;
  readonly resourceId: string;
}

/**
 * Brings a batch of an old archive into the library as material that was signed long ago. Original dates
 * are metadata in the content; the first publication is now, because the system saw it published now.
 * What is there already is left alone, so a broken run is simply run again.
 */
export async function importResources(
  ctx: Ctx,
  unitId: string,
  items: readonly ImportedItem[],
): Promise<readonly ImportedResource[]> {
  await lockImports(ctx.db, unitId);
  const fresh = await withoutKnown(ctx.db, unitId, items);
  if (fresh.length === 0) return [];
  await requireUnitInBeing(ctx.db, unitId);
  const ids = await insertResources(ctx, unitId, fresh);
  const revisionIds = await insertRevisions(ctx, fresh, ids);
  for (const [at, item] of fresh.entries()) {
    await insertRevisionAssets(ctx.db, revisionIds[at] ?? '0', assetUses(item.content));
  }
  const numbers = await giveIndexNumbers(ctx, unitId, ids);
  await sql`
    update library.resource r set stage = 'live', version = 1, head_revision_id = given.revision_id,
      live_revision_id = given.revision_id, index_number = given.index_number,
      first_published_at = ${ctx.now}, last_published_at = ${ctx.now}, live_terms = terms
    from unnest(${ids}::bigint[], ${revisionIds}::bigint[], ${numbers}::text[]) as given (id, revision_id, index_number)
    where r.id = given.id`.execute(ctx.db);
  const named: string[] = [];
  for (const [at, item] of fresh.entries()) {
    if (namedIn(item.content).length === 0) continue;
    named.push(...(await recordRelations(ctx, ids[at] ?? '0', item.content)));
  }
  const tags = [...ids.map(resourceTag), ...named.map(namedTag)];
  await ctx.announce({ name: libraryEvents.released, tags, payload: {}, priority: 1 });
  return fresh.map((item, index) => ({ importKey: item.importKey, resourceId: ids[index] ?? '0' }));
}

/** Two imports into one unit take turns: the second then knows what the first brought. */
export async function lockImports(db: Db, unitId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('library.import', ${unitId}::bigint))`.execute(db);
}

export async function withoutKnown(
  db: Db,
  unitId: string,
  items: readonly ImportedItem[],
): Promise<readonly ImportedItem[]> {
  const unique = [...new Map(items.map((item) => [item.importKey, item])).values()];
  const known = await db
    .selectFrom('library.resource')
    .select('imported_from')
    .where('unit_id', '=', unitId)
    .where('imported_from', '=', sql<string>`any(${unique.map((item) => item.importKey)}::text[])`)
    .execute();
  const names = new Set(known.map((row) => row.imported_from));
  return unique.filter((item) => !names.has(item.importKey));
}

export async function insertResources(
  ctx: Ctx,
  unitId: string,
  items: readonly ImportedItem[],
  createdBy: string | null = null,
): Promise<string[]> {
  const facts = items.map((item) => headFacts(item.content));
  const result = await sql<{ id: string; imported_from: string }>`
    insert into library.resource (unit_id, type, stage, title, document_number, open_mode, validity, year, terms,
      imported_from, created_by, created_at, updated_at, version)
    select ${unitId}::bigint, given.type, 'draft', given.title, given.number, given.open_mode, given.validity,
      given.year, string_to_array(given.terms, ' '), given.key, ${createdBy}::bigint, ${ctx.now}, ${ctx.now}, 0
    from unnest(${items.map((item) => item.type)}::text[], ${facts.map((one) => one.title)}::text[],
      ${facts.map((one) => one.document_number)}::text[], ${facts.map((one) => one.open_mode)}::text[],
      ${facts.map((one) => one.validity)}::text[], ${facts.map((one) => one.year)}::smallint[],
      ${facts.map((one) => one.terms?.join(' ') ?? null)}::text[],
      ${items.map((item) => item.importKey)}::text[]) with ordinality
      as given (type, title, number, open_mode, validity, year, terms, key, place)
    order by given.place
    returning id, imported_from`.execute(ctx.db);
  const idOf = new Map(result.rows.map((row) => [row.imported_from, row.id]));
  return items.map((item) => {
    const id = idOf.get(item.importKey);
    if (id === undefined) throw new Error(`${item.importKey} was not inserted`);
    return id;
  });
}

/** Who wrote an imported revision: nobody that we know of, or the person who brings it in. */
export interface ImportAuthor {
  readonly id: string;
  readonly name: string;
}

export async function insertRevisions(
  ctx: Ctx,
  items: readonly ImportedItem[],
  ids: readonly string[],
  author?: ImportAuthor,
): Promise<string[]> {
  const result = await sql<{ id: string; resource_id: string }>`
    insert into library.revision (resource_id, number, content, digest, origin, created_by, created_by_name, created_at)
    select given.resource_id, 1, given.content::jsonb, decode(given.digest, 'hex'), 'imported', ${author?.id ?? null}::bigint, ${author?.name ?? ctx.actor.name}, ${ctx.now}
    from unnest(${[...ids]}::bigint[], ${items.map((item) => JSON.stringify(item.content))}::text[],
      ${items.map((item) => digestOf(item.content).toString('hex'))}::text[]) as given (resource_id, content, digest)
    returning id, resource_id`.execute(ctx.db);
  await awaitFingerprints(
    ctx.db,
    result.rows.map((row) => ({ resourceId: row.resource_id, id: row.id })),
  );
  const idOf = new Map(result.rows.map((row) => [row.resource_id, row.id]));
  return ids.map((id) => idOf.get(id) ?? '0');
}

async function giveIndexNumbers(ctx: Ctx, unitId: string, ids: readonly string[]): Promise<string[]> {
  const unit = (await unitsById(ctx.db, [unitId])).get(unitId);
  if (!unit) throw new Error(`unit ${unitId} does not exist`);
  const year = yearInChina(ctx.now);
  const first = await takeSerials(ctx.db, unitId, year, ids.length);
  const serials = ids.map((_, index) => first + index);
  const numbers = serials.map((serial) =>
    formatIndexNumber(unit.indexNumberTemplate, { ...unit, year, serial }),
  );
  await sql`
    insert into library.index_number (index_number, unit_id, year, serial, resource_id, given_at)
    select given.number, ${unitId}::bigint, ${year}, given.serial, given.resource_id, ${ctx.now}
    from unnest(${numbers}::text[], ${serials}::int[], ${[...ids]}::bigint[]) as given (number, serial, resource_id)`.execute(
    ctx.db,
  );
  return numbers;
}
