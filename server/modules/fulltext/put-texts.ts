import { setImmediate as giveWay } from 'node:timers/promises';

import type { Db } from '../../platform/db.ts';
import { blockOf, changedBlock, placeOf } from './id-block.rules.ts';
import {
  entriesOf,
  nextGeneration,
  postingsOf,
  putEntries,
  putPostings,
  removeEntries,
  removePostings,
} from './index.queries.ts';
import { foldWriting, tokensOf } from './understand-question.ts';

/** The text of a row; null for one that is to be found no more. */
export interface RowText {
  readonly id: string;
  readonly version: string;
  readonly text: string | null;
}

interface Change {
  readonly added: number[];
  readonly removed: number[];
}

/** By block, and by token. */
type Changes = Map<number, Map<string, Change>>;

const rowsAtOnce = 2_000;
/** Reading texts apart keeps a process from everything else for some milliseconds. */
const textsAtOnce = 25;

/**
 * Puts texts into the index in place of what it held of the same rows, in the transaction of a caller who took the turn
 * before the texts were read. Each row is given once.
 */
export async function putTexts(db: Db, texts: readonly RowText[]): Promise<void> {
  if (texts.length === 0) return;
  const before = await entriesOf(
    db,
    texts.map((one) => one.id),
  );
  const after = texts.map(({ id, version, text }) => ({
    ...{ id, version },
    folded: text === null ? null : foldWriting(text),
  }));
  const changes: Changes = new Map();
  for (const [at, { id, folded }] of after.entries()) {
    note(changes, Number(id), { old: before.get(id)?.folded ?? '', now: folded ?? '' });
    if (at % textsAtOnce === 0) await giveWay();
  }
  await nextGeneration(db);
  for (const [block, ofTokens] of changes) await putBlock(db, block, ofTokens);
  await putEntries(
    db,
    after.flatMap(({ folded, ...one }) => (folded === null ? [] : [{ ...one, folded }])),
  );
  await removeEntries(
    db,
    after.flatMap(({ id, folded }) => (folded === null ? [id] : [])),
  );
}

function note(
  changes: Changes,
  id: number,
  { old, now }: { readonly old: string; readonly now: string },
): void {
  if (old === now) return;
  const ofTokens = changes.get(blockOf(id)) ?? new Map<string, Change>();
  changes.set(blockOf(id), ofTokens);
  const [were, are] = [tokensOf(old), tokensOf(now)];
  const changeOf = (token: string): Change => {
    const known = ofTokens.get(token) ?? { added: [], removed: [] };
    ofTokens.set(token, known);
    return known;
  };
  for (const token of are) if (!were.has(token)) changeOf(token).added.push(placeOf(id));
  for (const token of were) if (!are.has(token)) changeOf(token).removed.push(placeOf(id));
}

async function putBlock(db: Db, block: number, ofTokens: ReadonlyMap<string, Change>): Promise<void> {
  // In the order of the table's key, so that neighbours are written together.
  const all = [...ofTokens].sort(([one], [other]) => (one < other ? -1 : 1));
  for (let from = 0; from < all.length; from += rowsAtOnce) {
    const some = all.slice(from, from + rowsAtOnce);
    const tokens = some.map(([token]) => token);
    const stored = new Map((await postingsOf(db, tokens, block)).map((row) => [row.token, row.ids]));
    const rows = some.map(([token, change]) => ({ token, ids: changedBlock(stored.get(token), change) }));
    await putPostings(
      db,
      rows.flatMap(({ token, ids }) => (ids ? [{ token, block, ids }] : [])),
    );
    await removePostings(
      db,
      rows.flatMap(({ token, ids }) => (ids ? [] : [token])),
      block,
    );
  }
}
