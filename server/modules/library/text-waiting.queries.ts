import { sql } from 'kysely';

import type { ResourceContent } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { writeSetting } from '../../platform/settings.ts';

/** Up to which resource, from before there was an index, texts are still to be put in; `0` when none are left. */
export const remainingSetting = 'library.texts-unindexed';

/** What somebody saved a moment ago, or what came in with many others. */
export type WaitingKind = 'saved' | 'imported';

export interface WaitingText {
  readonly noteId: string;
  readonly resourceId: string;
}

/** In the order in which they were noted. */
export function waitingTexts(db: Db, kind: WaitingKind, limit: number): Promise<readonly WaitingText[]> {
  return db
    .selectFrom('library.text_waiting')
    .select(['id as noteId', 'resource_id as resourceId'])
    .where('is_imported', '=', kind === 'imported')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Of which kinds any text waits: one look for a worker that has nothing to do. */
export async function waitingKinds(db: Db): Promise<Readonly<Record<WaitingKind, boolean>>> {
  const { rows } = await sql<Record<WaitingKind, boolean>>`
    select exists (select from library.text_waiting where not is_imported) as saved,
      exists (select from library.text_waiting where is_imported) as imported`.execute(db);
  return rows[0] ?? { saved: false, imported: false };
}

/** What was written meanwhile has left a note of its own. */
export async function forgetNotes(db: Db, noteIds: readonly string[]): Promise<void> {
  await db
    .deleteFrom('library.text_waiting')
    .where('id', '=', sql<string>`any(${[...noteIds]}::bigint[])`)
    .execute();
}

async function forgetAllNotes(db: Db): Promise<void> {
  await db.deleteFrom('library.text_waiting').execute();
}

/** The highest id of any; `0` when there are none. */
async function lastResource(db: Db): Promise<string> {
  const row = await db
    .selectFrom('library.resource')
    .select((of) => of.fn.max('id').as('id'))
    .executeTakeFirst();
  return row?.id ?? '0';
}

export interface NewestText {
  readonly id: string;
  readonly revisionId: string | null;
  readonly isDiscarded: boolean;
  readonly content: ResourceContent | null;
}

export async function newestTexts(db: Db, ids: readonly string[]): Promise<readonly NewestText[]> {
  const { rows } = await sql<NewestText>`
    select resource.id, revision.id as "revisionId", resource.stage = 'discarded' as "isDiscarded", revision.content
    from library.resource left join library.revision on revision.id = resource.head_revision_id
    where resource.id = any(${[...ids]}::bigint[])`.execute(db);
  return rows;
}

/** Resources from before there was a text index, the newest first: from this one on down. */
export async function resourcesUpTo(db: Db, id: string, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('library.resource')
    .select('id')
    .where('id', '<=', id)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** How many resources there are from this one on down; counted no further than the cap. */
export async function countUpTo(db: Db, id: string, cap: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count
    from (select from library.resource where id <= ${id} limit ${cap}) as remaining`.execute(db);
  return rows[0]?.count ?? 0;
}

/** How many that came in with many others wait; counted no further than the cap. */
export async function countImported(db: Db, cap: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count
    from (select from library.text_waiting where is_imported limit ${cap}) as waiting`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Texts that came in all at once are put in like those from before there was an index: behind everybody's work. */
export async function leaveAllTexts(db: Db): Promise<void> {
  await forgetAllNotes(db);
  await writeSetting(db, remainingSetting, await lastResource(db));
}
