import { type RawBuilder, sql } from 'kysely';

import type { Db } from '../db.ts';
import type { DumpPart, DumpRow, FieldKind, PlainKind } from './dump.types.ts';

export const plainKind = (kind: FieldKind): PlainKind => kind.replace('?', '') as PlainKind;

/** `firstPublishedAt` for `first_published_at`. */
export const fieldName = (column: string): string =>
  column.replaceAll(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());

type Writing = (value: RawBuilder<unknown>) => RawBuilder<unknown>;
const asItIs: Writing = (value) => value;
const asText: Writing = (value) => sql`${value}::text`;

const writings: Readonly<Record<PlainKind, Writing>> = {
  id: asText,
  integer: asItIs,
  small: asItIs,
  text: asItIs,
  uuid: asText,
  flag: asItIs,
  instant: (value) => sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  day: asText,
  json: asItIs,
  bytes: (value) => sql`encode(${value}, 'hex')`,
  ids: (value) => sql`${value}::text[]`,
  texts: asItIs,
};

const written = (column: string, kind: FieldKind): RawBuilder<unknown> =>
  writings[plainKind(kind)](sql.ref(column));

/** Texts are ordered by their bytes, whatever the database of an instance sorts by. */
const ordered = (part: DumpPart): RawBuilder<unknown> =>
  sql.join(
    part.order.map((column) => {
      const isText = part.fields[column]?.startsWith('text') ?? false;
      // Of the table: an id as text would be sorted as text.
      const value = sql.ref(`one.${column}`);
      return isText ? sql`${value} collate "C"` : value;
    }),
  );

/** Rows that are held at a time. */
const mostHeld = 1_000;
const mostLargeHeld = 50;

/**
 * All rows of a part in their order, some at a time. The transaction stays open meanwhile, and nothing else may be
 * dumped in it before this one was read to its end.
 */
export async function* dumpRows(trx: Db, part: DumpPart): AsyncGenerator<readonly DumpRow[]> {
  const fields = Object.entries(part.fields).map(
    ([column, kind]) => sql`${written(column, kind)} as ${sql.ref(fieldName(column))}`,
  );
  const where = part.among === undefined ? sql`` : sql` where ${part.among}`;
  await sql`declare dumped no scroll cursor for
    select ${sql.join(fields)} from (select * from ${part.from}${where}) as one order by ${ordered(part)}`.execute(
    trx,
  );
  const held = sql.raw(String(part.large === true ? mostLargeHeld : mostHeld));
  for (;;) {
    const { rows } = await sql<DumpRow>`fetch forward ${held} from dumped`.execute(trx);
    if (rows.length === 0) break;
    yield rows;
  }
  await sql`close dumped`.execute(trx);
}

/** The ids of one kind that a selection is made of, for the length of a transaction. */
export const chosen = (kind: string): RawBuilder<unknown> => sql.ref(`pg_temp.chosen_${kind}`);

export async function createChosen(trx: Db, kinds: readonly string[]): Promise<void> {
  for (const kind of kinds)
    await sql`create temporary table ${sql.ref(`chosen_${kind}`)} (id bigint primary key) on commit drop`.execute(
      trx,
    );
}

/** Adds what a query gives; ids that are there already, and nothing, are passed over. */
export async function choose(trx: Db, kind: string, ids: RawBuilder<unknown>): Promise<void> {
  await sql`insert into ${chosen(kind)} (id)
    select found.id from (${ids}) as found (id) where found.id is not null on conflict do nothing`.execute(
    trx,
  );
  await sql`analyze ${chosen(kind)}`.execute(trx);
}

export const isChosen = (column: string, kind: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(column)} in (select id from ${chosen(kind)})`;
