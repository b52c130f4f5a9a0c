import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

export interface StepRow {
  readonly step: string;
  /** Rows of its part that are in the database. */
  readonly rows: number;
  readonly isFinished: boolean;
}

/** How far the import of a package got. */
export async function stepsOf(db: Db, digest: string): Promise<ReadonlyMap<string, StepRow>> {
  const { rows } = await sql<StepRow>`select step, rows::integer, finished_at is not null as "isFinished"
    from packaging.import_step where digest = ${digest}`.execute(db);
  return new Map(rows.map((row) => [row.step, row]));
}

export async function noteStep(
  db: Db,
  step: {
    readonly digest: string;
    readonly step: string;
    readonly rows: number;
    readonly finishedAt: Date | null;
  },
): Promise<void> {
  await sql`insert into packaging.import_step (digest, step, rows, finished_at)
    values (${step.digest}, ${step.step}, ${step.rows}, ${step.finishedAt})
    on conflict (digest, step) do update set rows = excluded.rows, finished_at = excluded.finished_at`.execute(
    db,
  );
}

/** Whether an import was begun and has not come to its last step. */
export async function isUnfinished(db: Db, lastStep: string): Promise<boolean> {
  const { rows } = await sql<{ unfinished: boolean }>`
    select exists (select from packaging.import_step) and not exists (
      select from packaging.import_step where step = ${lastStep} and finished_at is not null) as unfinished`.execute(
    db,
  );
  return rows[0]?.unfinished === true;
}

/** A package of which something was brought in, other than this one. */
export async function otherPackage(db: Db, digest: string): Promise<string | undefined> {
  const { rows } = await sql<{ digest: string }>`
    select digest from packaging.import_step where digest <> ${digest} limit 1`.execute(db);
  return rows[0]?.digest;
}
