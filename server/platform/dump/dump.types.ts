import type { RawBuilder } from 'kysely';

import type { Db } from '../db.ts';

/**
 * How a column is written as JSON. `id`: a bigint as text. `small`: an integer of two bytes. `instant`: UTC with six decimals. `day`: `YYYY-MM-DD`.
 * `bytes`: hex. A question mark: may be null.
 */
export type PlainKind =
  | 'id'
  | 'integer'
  | 'small'
  | 'text'
  | 'uuid'
  | 'flag'
  | 'instant'
  | 'day'
  | 'json'
  | 'bytes'
  | 'ids'
  | 'texts';
export type FieldKind = PlainKind | `${PlainKind}?`;

/** One row, by the names of its fields in camel case. */
export type DumpRow = Readonly<Record<string, unknown>>;

/** Rows of one kind that leave the database and come back: a file of lines. */
export interface DumpPart {
  /** `resources` for `resources.jsonl`. */
  readonly name: string;
  /** A table, or a query under an alias. */
  readonly from: RawBuilder<unknown>;
  /** The table the rows go to, when they are read by a query. */
  readonly into?: RawBuilder<unknown>;
  /** Columns by name. */
  readonly fields: Readonly<Record<string, FieldKind>>;
  /** Columns that give the order; together they are unique. */
  readonly order: readonly string[];
  /** Of a table: columns that stay behind, each with the reason. */
  readonly left?: Readonly<Record<string, string>>;
  /** Which rows are meant; all when absent. */
  readonly among?: RawBuilder<boolean>;
  /** Rows that are large are held in smaller numbers. */
  readonly large?: boolean;
  /** What is wrong with a row that contradicts itself; asked when it leaves and before it is written. */
  readonly flaw?: (row: DumpRow) => string | undefined;
}

export interface LoadContext {
  /** The open transaction of this batch. */
  readonly db: Db;
  readonly now: Date;
}

/** One pass over a part on its way into the database. Several steps may read the same part. */
export interface LoadStep {
  readonly name: string;
  readonly part: DumpPart;
  readonly load: (ctx: LoadContext, rows: readonly DumpRow[]) => Promise<void>;
  /** When all rows are in: sequences, and what is derived from the rows. */
  readonly end?: (ctx: LoadContext) => Promise<void>;
}
