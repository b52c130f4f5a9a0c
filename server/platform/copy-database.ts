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
