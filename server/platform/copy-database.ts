import { openPool } from './db.ts';

/**
 * Copies a database inside its server, before a migration changes it. The source must have no other
 * connections. Returns the copy's name; `docs/operations/upgrade.md` says how to go back to it.
 */
export async function copyDatabase(url: string, at: Date): Promise<string> {
  const source = new URL(url).pathname.slice(1);
  const stamp = at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_');
  const copy = `${source}_before_${stamp}`;
  const elsewhere = new URL(url);
  elsewhere.pathname = '/postgres';
  const pool = openPool(elsewhere.href, { connections: 1, applicationName: 'jiyue-copy' });
  try {
    await pool.query(`create database "${copy}" template "${source}"`);
    return copy;
  } finally {
    await pool.end();
  }
}

/** Drops every schema that is ours, for an installation that begins anew. */
export async function dropEverything(url: string): Promise<void> {
  const pool = openPool(url, { connections: 1, applicationName: 'jiyue-drop' });
  try {
    const { rows } = await pool.query<{ name: string }>(
      "select nspname as name from pg_namespace where nspname !~ '^(pg_|information_schema|public$)'",
    );
    for (const { name } of rows) await pool.query(`drop schema "${name}" cascade`);
    await pool.query('drop table if exists public.migration');
  } finally {
    await pool.end();
  }
}
