import { sql } from 'kysely';

import type { OpenOrigin } from '../../../contracts/open-content.ts';
import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';

/** Where a resource that came from another platform was first, and which others it came through. */
export type Origin = OpenOrigin;

/** Resources that were not written here, each with its way, the first place first. */
export async function originsOf(
  db: Db,
  resourceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Origin[]>> {
  if (resourceIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; chain: readonly Origin[] }>`
    select resource_id as id, chain from library.origin
    where resource_id = any(${[...resourceIds]}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row.chain]));
}

export interface OriginallyFrom {
  readonly instance: string;
  readonly sourceId: string;
  readonly resourceId: string;
  readonly unitId: string;
  readonly type: ResourceTypeKey;
}

/** What is here of these, whichever way it came. */
export async function resourcesFrom(
  db: Db,
  firsts: readonly { readonly instance: string; readonly sourceId: string }[],
): Promise<readonly OriginallyFrom[]> {
  if (firsts.length === 0) return [];
  const { rows } = await sql<OriginallyFrom>`
    select origin.instance, origin.source_id as "sourceId", origin.resource_id as "resourceId",
      resource.unit_id as "unitId", resource.type
    from unnest(${firsts.map((one) => one.instance)}::uuid[], ${firsts.map((one) => one.sourceId)}::text[])
      as given (instance, source_id)
    join library.origin on origin.instance = given.instance and origin.source_id = given.source_id
    join library.resource on resource.id = origin.resource_id`.execute(db);
  return rows;
}

/** Notes where resources came from; whoever comes again by the same way is noted as it came last. */
export async function recordOrigins(
  db: Db,
  given: readonly { readonly resourceId: string; readonly chain: readonly Origin[] }[],
): Promise<void> {
  if (given.length === 0) return;
  await sql`
    insert into library.origin (resource_id, instance, source_id, chain)
    select given.id, (given.chain -> 0 ->> 'instance')::uuid, given.chain -> 0 ->> 'id', given.chain
    from unnest(${given.map((one) => one.resourceId)}::bigint[], ${given.map((one) => JSON.stringify(one.chain))}::jsonb[])
      as given (id, chain)
    on conflict (resource_id) do update set chain = excluded.chain`.execute(db);
}

export interface YieldedName {
  readonly resourceId: string;
  /** The platform by whose name it goes from now on. */
  readonly to: Origin;
  readonly importKey: string;
}

/** These give the names of their first places away, to whoever brings those places' own. Their ways stay as they are. */
export async function yieldOrigins(db: Db, given: readonly YieldedName[]): Promise<void> {
  if (given.length === 0) return;
  await sql`
    with given as (
      select * from unnest(${given.map((one) => one.resourceId)}::bigint[], ${given.map((one) => one.to.instance)}::uuid[],
        ${given.map((one) => one.to.id)}::text[], ${given.map((one) => one.importKey)}::text[])
        as given (resource_id, instance, source_id, import_key)
    ), renamed as (
      update library.origin set instance = given.instance, source_id = given.source_id
      from given where origin.resource_id = given.resource_id
    )
    update library.resource set imported_from = given.import_key from given where resource.id = given.resource_id`.execute(
    db,
  );
}

/** What has to be known of something that came from elsewhere before it takes another text. */
export interface ImportFacts {
  /** Whose it is by now. */
  readonly unitId: string;
  readonly type: ResourceTypeKey;
  readonly importKey: string;
  readonly wasPublic: boolean;
  /** Nobody threw it away or took it down. */
  readonly isKept: boolean;
  /** Of its newest text, in hexadecimal. */
  readonly digest: string;
}

export async function importFacts(
  db: Db,
  resourceIds: readonly string[],
): Promise<ReadonlyMap<string, ImportFacts>> {
  if (resourceIds.length === 0) return new Map();
  const { rows } = await sql<ImportFacts & { readonly id: string }>`
    select resource.id, resource.unit_id as "unitId", resource.type, coalesce(resource.imported_from, '') as "importKey",
      resource.first_published_at is not null as "wasPublic",
      resource.stage not in ('discarded', 'withdrawn', 'expired') as "isKept",
      encode(revision.digest, 'hex') as digest
    from library.resource join library.revision on revision.id = resource.head_revision_id
    where resource.id = any(${[...resourceIds]}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
