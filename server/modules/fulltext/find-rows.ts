import { type RawBuilder, sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import { bytesPerBlock, commonBits, countBits, idsPerBlock, placesOf } from './id-block.rules.ts';
import { postingsOf } from './index.queries.ts';
import type { Question } from './understand-question.ts';

/** Rows whose texts hold what was asked for, of all that the index knows: who may see which is the asker's to say. */
export interface Found {
  /** The condition that a row is one of them, by its id and the version that its text must be of. */
  readonly among: (id: string, version: string) => RawBuilder<boolean>;
  /** So few that they are best read one by one, in whatever order they are wanted. */
  readonly areFew: boolean;
}

/** Of more it is cheaper to go along a list and look which of its rows are found. */
const few = 5_000;

/** Meets the rows of the tokens, block by block. */
export async function findRows(db: Db, question: Question, mostSingly = few): Promise<Found> {
  return foundIn(await meetBlocks(db, question), question, mostSingly);
}

/** The blocks in which some row holds all tokens. */
export async function meetBlocks(db: Db, { tokens }: Question): Promise<readonly FoundBlock[]> {
  const blocks = Map.groupBy(await postingsOf(db, tokens), (row) => row.block);
  return [...blocks]
    .filter(([, rows]) => rows.length === tokens.length)
    .map(([block, rows]) => {
      const bits = commonBits(rows.map((row) => row.ids));
      return { block, bits, count: countBits(bits) };
    })
    .filter(({ count }) => count > 0);
}

export function foundIn(found: readonly FoundBlock[], question: Question, mostSingly = few): Found {
  const areFew = found.reduce((sum, { count }) => sum + count, 0) <= mostSingly;
  const condition = areFew ? oneOf(found) : marked(found);
  return {
    areFew,
    among: (id, version) => sql<boolean>`(${condition(sql.ref(id))} and ${holds(question, id, version)})`,
  };
}

export interface FoundBlock {
  readonly block: number;
  readonly bits: Uint8Array;
  readonly count: number;
}

type Condition = (id: RawBuilder<unknown>) => RawBuilder<boolean>;

function oneOf(found: readonly FoundBlock[]): Condition {
  const ids = found.flatMap(({ block, bits }) => placesOf(bits).map((place) => block * idsPerBlock + place));
  return (id) => sql<boolean>`${id} = any(${ids}::bigint[])`;
}

/** One bit for each id: a look-up of a row costs the same however many are found. */
function marked(found: readonly FoundBlock[]): Condition {
  const last = Math.max(...found.map(({ block }) => block));
  const bits = Buffer.alloc((last + 1) * bytesPerBlock);
  for (const one of found) bits.set(one.bits, one.block * bytesPerBlock);
  return (id) =>
    sql<boolean>`case when ${id} < ${bits.length * 8}::bigint then get_bit(${bits}::bytea, ${id}) = 1 else false end`;
}

/**
 * The text is that of the wanted version, and holds each doubtful term in one piece. A query of its own for each row that
 * the index found, which PostgreSQL must not turn into reading all texts.
 */
function holds({ doubtful }: Question, id: string, version: string): RawBuilder<boolean> {
  const inText = doubtful.map((term) => sql<boolean>` and strpos(entry.folded, ${term}) > 0`);
  return sql<boolean>`coalesce((select entry.version = ${sql.ref(version)}${sql.join(inText, sql``)}
    from fulltext.entry where entry.id = ${sql.ref(id)}), false)`;
}
