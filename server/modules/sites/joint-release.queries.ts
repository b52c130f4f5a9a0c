import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { JointReleaseState } from '../../../contracts/sites.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface JointReleaseRow {
  readonly id: string;
  readonly unitId: string;
  readonly leadResourceId: string;
  readonly name: string;
  readonly state: JointReleaseState;
  readonly releaseAt: Date | null;
  readonly version: number;
  readonly madeByName: string;
  readonly madeAt: Date;
  readonly endedAt: Date | null;
  readonly endedByName: string | null;
  readonly endReason: string | null;
}

function releases(db: Db) {
  return db
    .selectFrom('sites.joint_release')
    .select([
      'id',
      'unit_id as unitId',
      'lead_resource_id as leadResourceId',
      'name',
      sql<JointReleaseState>`state`.as('state'),
      'release_at as releaseAt',
      'version',
      'made_by_name as madeByName',
      'made_at as madeAt',
      'ended_at as endedAt',
      'ended_by_name as endedByName',
      'end_reason as endReason',
    ]);
}

const scoped = (db: Db, scope: Scope) => releases(db).where(inScope(scope, 'sites.joint_release.unit_id'));

export function releaseInScope(db: Db, scope: Scope, id: string): Promise<JointReleaseRow | undefined> {
  return scoped(db, scope).where('id', '=', id).executeTakeFirst();
}

/** Before any of its resources is locked; who may see it was asked before. */
export function releaseForUpdate(db: Db, id: string): Promise<JointReleaseRow | undefined> {
  return releases(db).where('id', '=', id).forUpdate().executeTakeFirst();
}

export interface ReleaseWish {
  readonly state?: JointReleaseState | undefined;
  readonly resourceId?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** The newest first; with a resource, the one that waits for it. */
export function releasesBefore(
  db: Db,
  scope: Scope,
  { state, resourceId, before, limit }: ReleaseWish,
): Promise<readonly JointReleaseRow[]> {
  let query = scoped(db, scope);
  if (state !== undefined) query = query.where('state', '=', state);
  if (before !== undefined) query = query.where('id', '<', before);
  if (resourceId !== undefined) {
    query = query.where(
      'id',
      'in',
      db
        .selectFrom('sites.joint_release_member')
        .select('release_id')
        .where('resource_id', '=', resourceId)
        .where('waits', '=', true),
    );
  }
  return query.orderBy('id', 'desc').limit(limit).execute();
}

export interface ReleaseMemberRow {
  readonly releaseId: string;
  readonly resourceId: string;
  readonly waits: boolean;
  readonly addedByName: string;
  readonly addedAt: Date;
  readonly removedAt: Date | null;
  readonly removedByName: string | null;
  readonly removalReason: string | null;
}

/** Who takes part in releases or did, each release's in the order in which they came. */
export function membersOf(db: Db, releaseIds: readonly string[]): Promise<readonly ReleaseMemberRow[]> {
  return db
    .selectFrom('sites.joint_release_member')
    .select([
      'release_id as releaseId',
      'resource_id as resourceId',
      'waits',
      'added_by_name as addedByName',
      'added_at as addedAt',
      'removed_at as removedAt',
      'removed_by_name as removedByName',
      'removal_reason as removalReason',
    ])
    .where('release_id', '=', sql<string>`any(${[...releaseIds]}::bigint[])`)
    .orderBy('id')
    .execute();
}

/** Those of the resources that already wait in some release. */
export async function waitingAmong(db: Db, resourceIds: readonly string[]): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('sites.joint_release_member')
    .select('resource_id')
    .where('resource_id', '=', sql<string>`any(${[...resourceIds]}::bigint[])`)
    .where('waits', '=', true)
    .execute();
  return rows.map((row) => row.resource_id);
}

export interface NewRelease {
  readonly unitId: string;
  readonly leadResourceId: string;
  readonly name: string;
  readonly releaseAt: Date | null;
}

export interface Deed {
  readonly byName: string;
  readonly at: Date;
}

export async function insertRelease(db: Db, release: NewRelease, { byName, at }: Deed): Promise<string> {
  const { id } = await db
    .insertInto('sites.joint_release')
    .values({
      unit_id: release.unitId,
      lead_resource_id: release.leadResourceId,
      name: release.name,
      release_at: release.releaseAt,
      made_by_name: byName,
      made_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function insertMembers(
  db: Db,
  releaseId: string,
  resourceIds: readonly string[],
  { byName, at }: Deed,
): Promise<void> {
  await db
    .insertInto('sites.joint_release_member')
    .values(
      resourceIds.map((id) => ({
        release_id: releaseId,
        resource_id: id,
        added_by_name: byName,
        added_at: at,
      })),
    )
    .execute();
}

export async function removeMember(
  db: Db,
  member: { readonly releaseId: string; readonly resourceId: string; readonly reason: string },
  { byName, at }: Deed,
): Promise<void> {
  await db
    .updateTable('sites.joint_release_member')
    .set({ waits: false, removed_at: at, removed_by_name: byName, removal_reason: member.reason })
    .where('release_id', '=', member.releaseId)
    .where('resource_id', '=', member.resourceId)
    .where('waits', '=', true)
    .execute();
}

/** Name, hour or members of a locked release changed. */
export async function updateRelease(
  db: Db,
  id: string,
  change: {
    readonly name?: string;
    readonly releaseAt?: Date | null;
    readonly leadResourceId?: string;
  } = {},
): Promise<void> {
  await db
    .updateTable('sites.joint_release')
    .set((is) => ({
      version: is('version', '+', 1),
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.releaseAt === undefined ? {} : { release_at: change.releaseAt }),
      ...(change.leadResourceId === undefined ? {} : { lead_resource_id: change.leadResourceId }),
    }))
    .where('id', '=', id)
    .execute();
}

/** It went out, or was given up with a reason: nobody waits in it any more. */
export async function closeRelease(
  db: Db,
  id: string,
  reason: string | null,
  { byName, at }: Deed,
): Promise<void> {
  await db
    .updateTable('sites.joint_release')
    .set((is) => ({
      state: reason === null ? 'released' : 'cancelled',
      version: is('version', '+', 1),
      ended_at: at,
      ended_by_name: byName,
      end_reason: reason,
    }))
    .where('id', '=', id)
    .execute();
  await db
    .updateTable('sites.joint_release_member')
    .set({ waits: false })
    .where('release_id', '=', id)
    .where('waits', '=', true)
    .execute();
}

export interface DueRelease {
  readonly id: string;
  readonly resourceIds: readonly string[];
}

/** The one due query for joint releases: whose hour has come, with those that wait in it, keyset paged by id. */
export async function releasesDue(
  db: Db,
  now: Date,
  after: string,
  limit: number,
): Promise<readonly DueRelease[]> {
  const { rows } = await sql<DueRelease>`
    select release.id, array_agg(member.resource_id order by member.id) as "resourceIds"
    from (
      select id from sites.joint_release where state = 'waiting' and coalesce(release_at, '-infinity') <= ${now}
        and id > ${after}::bigint order by id limit ${limit}
    ) as release
    join sites.joint_release_member as member on member.release_id = release.id and member.waits
    group by release.id order by release.id`.execute(db);
  return rows;
}
