import { type CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

import type { DB } from '../../server/platform/database.types.ts';
import type { Db } from '../../server/platform/db.ts';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** What PostgreSQL looked at to answer one statement. */
export interface Reading {
  readonly sql: string;
  /** Rows of tables and entries of indexes, those that were thrown away too. */
  readonly rows: number;
  /** Tables that were read from one end to the other. */
  readonly wholeTables: readonly string[];
}

function nodesOf(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

function readingOf(sql: string, plan: PlanNode): Reading {
  const scans = nodesOf(plan).filter((node) => / Scan$/.test(node['Node Type']) && node['Relation Name']);
  const rows = scans.reduce((sum, node) => {
    const thrown = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
    return sum + (node['Actual Rows'] + thrown) * node['Actual Loops'];
  }, 0);
  const whole = scans.filter((node) => node['Node Type'] === 'Seq Scan' && node['Actual Loops'] > 0);
  return { sql, rows, wholeTables: whole.map((node) => node['Relation Name'] ?? '') };
}

/** Does what is asked on the database, and measures by `explain analyze` what each of its statements read. */
export async function readingsOf(
  url: string,
  ask: (db: Db) => Promise<unknown>,
): Promise<readonly Reading[]> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const asked: CompiledQuery[] = [];
  const log = (event: { readonly level: string; readonly query: CompiledQuery }): void => {
    if (event.level === 'query') asked.push(event.query);
  };
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }), log });
  try {
    await ask(db);
    const readings: Reading[] = [];
    for (const { sql, parameters } of asked) {
      const answer = await pool.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `explain (analyze, format json) ${sql}`,
        [...parameters],
      );
      const [row] = answer.rows;
      if (row) readings.push(readingOf(sql, row['QUERY PLAN'][0].Plan));
    }
    return readings;
  } finally {
    await db.destroy();
  }
}
