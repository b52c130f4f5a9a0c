import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

export interface CopyFile {
  readonly address: string;
  readonly digest: string;
  readonly size: number;
}

export function copyFileAt(
  db: Db,
  projectId: string,
  address: string,
): Promise<{ readonly digest: string } | undefined> {
  return db
    .selectFrom('relocation.copy_file')
    .select('digest')
    .where('project_id', '=', projectId)
    .where('address', '=', address)
    .executeTakeFirst();
}

/** A later copy of the same address takes the place of an earlier one. */
export async function putCopyFiles(db: Db, projectId: string, files: readonly CopyFile[]): Promise<void> {
  await sql`
    insert into relocation.copy_file (project_id, address, digest, size)
    select distinct on (given.address) ${projectId}::bigint, given.address, given.digest, given.size
    from unnest(${files.map((one) => one.address)}::text[], ${files.map((one) => one.digest)}::text[],
      ${files.map((one) => one.size)}::bigint[]) with ordinality as given (address, digest, size, place)
    order by given.address, given.place desc
    on conflict (project_id, address) do update set digest = excluded.digest, size = excluded.size`.execute(
    db,
  );
}

export async function countCopyFiles(db: Db, projectId: string): Promise<number> {
  const row = await db
    .selectFrom('relocation.copy_file')
    .select((is) => is.fn.countAll<string>().as('files'))
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow();
  return Number(row.files);
}
