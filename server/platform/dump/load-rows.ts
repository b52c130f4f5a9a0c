import { type RawBuilder, sql } from 'kysely';

import type { Db } from '../db.ts';
import type { DumpPart, DumpRow, FieldKind } from './dump.types.ts';
import { fieldName, plainKind } from './dump-rows.ts';

const casts = {
  id: sql`bigint`,
  integer: sql`integer`,
  small: sql`smallint`,
  flag: sql`boolean`,
  instant: sql`timestamptz`,
  day: sql`date`,
  text: sql`text`,
  uuid: sql`uuid`,
} as const;

/** The value of a field in the row `one`, as the column takes it. */
function read(column: string, kind: FieldKind): RawBuilder<unknown> {
  const name = sql.lit(fieldName(column));
  const plain = plainKind(kind);
  switch (plain) {
    case 'json':
      // A missing value is no JSON value.
      return sql`nullif(one -> ${name}, 'null'::jsonb)`;
    case 'bytes':
      return sql`decode(one ->> ${name}, 'hex')`;
    case 'ids':
    case 'texts': {
      const list = sql`array(select each from jsonb_array_elements_text(one -> ${name}) with ordinality as list (each, place) order by place)`;
      const typed = plain === 'ids' ? sql`${list}::bigint[]` : list;
      return sql`case when jsonb_typeof(one -> ${name}) = 'array' then ${typed} end`;
    }
    default:
      return sql`(one ->> ${name})::${casts[plain]}`;
  }
}

const rowsOf = (rows: readonly DumpRow[]): RawBuilder<unknown> =>
  sql`jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as given (one, place)`;

function kindOf(part: DumpPart, column: string): FieldKind {
  const kind = part.fields[column];
  if (kind === undefined) throw new Error(`${part.name} has no field ${column}`);
  return kind;
}

export interface InsertWishes {
  /** Columns that another step fills in. */
  readonly without?: readonly string[];
  /** Columns of the table that get the same value in every row. */
  readonly constants?: Readonly<Record<string, RawBuilder<unknown>>>;
  /** `on conflict …`, for rows that every database begins with. */
  readonly conflict?: RawBuilder<unknown>;
}

/** Rows as they left another database, with their ids. */
export async function insertRows(
  db: Db,
  part: DumpPart,
  rows: readonly DumpRow[],
  { without = [], constants = {}, conflict = sql`` }: InsertWishes = {},
): Promise<void> {
  const left = new Set([...without, ...Object.keys(constants)]);
  const columns = Object.keys(part.fields).filter((column) => !left.has(column));
  const names = [...columns, ...Object.keys(constants)].map((column) => sql.ref(column));
  const values = [
    ...columns.map((column) => read(column, kindOf(part, column))),
    ...Object.values(constants),
  ];
  await sql`insert into ${part.into ?? part.from} (${sql.join(names)}) overriding system value
    select ${sql.join(values)} from ${rowsOf(rows)} order by place ${conflict}`.execute(db);
}

/** Fills in what `insertRows` left out, by the ids of the rows. */
export async function updateRows(
  db: Db,
  part: DumpPart,
  rows: readonly DumpRow[],
  columns: readonly string[],
): Promise<void> {
  const sets = columns.map((column) => sql`${sql.ref(column)} = ${read(column, kindOf(part, column))}`);
  await sql`update ${part.into ?? part.from} as target set ${sql.join(sets)} from ${rowsOf(rows)}
    where target.id = (one ->> 'id')::bigint`.execute(db);
}

/** New rows get ids after all that came. */
export async function settleIds(db: Db, table: string): Promise<void> {
  await sql`select setval(pg_get_serial_sequence(${table}, 'id'),
    (select greatest(max(id), 1) from ${sql.table(table)}), exists (select from ${sql.table(table)}))`.execute(
    db,
  );
}

/** Constraints and triggers that wait for the commit look at what was written so far. */
export async function fireDeferred(db: Db): Promise<void> {
  await sql`set constraints all immediate`.execute(db);
  await sql`set constraints all deferred`.execute(db);
}
