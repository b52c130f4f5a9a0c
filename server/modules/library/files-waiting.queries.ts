import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import { isPreviewed } from './preview.queries.ts';

/**
 * Whether any file waits to be scanned, made smaller, read, drawn or compressed further: one look for a worker that has nothing to do. Without
 * a time those count too whose scan was put off: nobody scans any more, and so nobody waits for it.
 */
export async function isAnyFileWaiting(db: Db, now: Date | null): Promise<boolean> {
  const isOpen = sql`scan in ('off', 'clean')`;
  const { rows } = await sql<{ waiting: boolean }>`
    select exists (
      select from library.file where scan = 'waiting'
        and (scan_after is null or ${now}::timestamptz is null or scan_after <= ${now}::timestamptz)
    ) or exists (
      select from library.file where sizes = 'waiting' and ${isOpen}
    ) or exists (
      select from library.file where words = 'waiting' and ${isOpen}
    ) or exists (
      select from library.file where sizes = 'done' and avif is null and ${isOpen}
    ) or exists (
      select from library.file where preview is null and (${isOpen} or not ${isPreviewed})
    ) as waiting`.execute(db);
  return rows[0]?.waiting === true;
}
