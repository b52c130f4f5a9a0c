import { CompiledQuery } from 'kysely';
import pg from 'pg';
import { vi } from 'vitest';

import type { Db } from '../server/platform/db.ts';

export interface Asked {
  readonly text: string;
  /** Which pool asked: the name it has for the database. */
  readonly application: string;
}

/** Every statement that this process sends while something is done, by whichever pool. */
export async function askedDuring(act: () => Promise<unknown>): Promise<readonly Asked[]> {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await act();
    return spy.mock.calls.map(([statement], at) => ({
      text: textOf(statement),
      application: applicationOf(spy.mock.contexts[at]),
    }));
  } finally {
    spy.mockRestore();
  }
}

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** How many rows of a table PostgreSQL reads for the first statement that is sent while something is done. */
export async function rowsRead(db: Db, act: () => Promise<unknown>, table: string): Promise<number> {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await act();
    const [statement, given] = spy.mock.calls[0] as unknown as [unknown, unknown];
    const own =
      typeof statement === 'object' && statement ? (statement as { values?: unknown }).values : given;
    const text = `explain (analyze, timing off, format json) ${textOf(statement)}`;
    const plan = CompiledQuery.raw(text, Array.isArray(own) ? own : []);
    const { rows } = await db.executeQuery<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(plan);
    return readIn(rows[0]?.['QUERY PLAN'][0].Plan, table);
  } finally {
    spy.mockRestore();
  }
}

function readIn(node: PlanNode | undefined, table: string): number {
  if (!node) return 0;
  const below = (node.Plans ?? []).reduce((sum, one) => sum + readIn(one, table), 0);
  if (node['Relation Name'] !== table) return below;
  return below + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
}

function textOf(statement: unknown): string {
  const text =
    typeof statement === 'object' && statement ? (statement as { text?: unknown }).text : statement;
  return String(text).replaceAll(/\s+/g, ' ').trim();
}

function applicationOf(client: unknown): string {
  const { connectionParameters } = client as { connectionParameters?: { application_name?: string } };
  return connectionParameters?.application_name ?? '';
}
