import { sql } from 'kysely';

import { blockOf, changedBlock, placeOf } from '../server/modules/fulltext/id-block.rules.ts';
import { putPostings } from '../server/modules/fulltext/index.queries.ts';
import { tokensOf } from '../server/modules/fulltext/understand-question.ts';
import type { Db } from '../server/platform/db.ts';

const rowsAtOnce = 5_000;

/**
 * The text index of resources that share their newest revisions with others, whose texts are in it: as the program would
 * have written it one by one, made block by block.
 */
export async function fillTexts(db: Db): Promise<void> {
  await sql`alter table fulltext.posting set (autovacuum_enabled = false)`.execute(db);
  await sql`
    insert into fulltext.entry (id, version, folded)
    select resource.id, model.version, model.folded
    from library.resource join fulltext.entry model on model.version = resource.head_revision_id
    on conflict (id) do nothing`.execute(db);
  const models = await db
    .selectFrom('fulltext.entry')
    .select(['version', 'folded'])
    .distinctOn('version')
    .execute();
  const tokens = new Map(models.map(({ version, folded }) => [version, [...tokensOf(folded)]]));
  const { rows } = await sql<{ last: string }>`select max(id) as last from fulltext.entry`.execute(db);
  for (let block = 0; block <= blockOf(Number(rows[0]?.last ?? 0)); block += 1)
    await fillBlock(db, block, tokens);
  await sql`alter table fulltext.posting reset (autovacuum_enabled)`.execute(db);
  await sql`vacuum analyze fulltext.entry, fulltext.posting`.execute(db);
}

async function fillBlock(
  db: Db,
  block: number,
  tokens: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const { rows } = await sql<{ id: string; version: string }>`
    select id, version from fulltext.entry where id / 16384 = ${block}
      and id between ${block}::bigint * 16384 and ${block + 1}::bigint * 16384`.execute(db);
  const places = new Map<string, number[]>();
  for (const { id, version } of rows) {
    const place = placeOf(Number(id));
    for (const token of tokens.get(version) ?? []) {
      const known = places.get(token);
      if (known) known.push(place);
      else places.set(token, [place]);
    }
  }
  const all = [...places].sort(([one], [other]) => (one < other ? -1 : 1));
  for (let from = 0; from < all.length; from += rowsAtOnce) {
    const some = all.slice(from, from + rowsAtOnce).flatMap(([token, added]) => {
      const ids = changedBlock(undefined, { added, removed: [] });
      return ids ? [{ token, block, ids }] : [];
    });
    await putPostings(db, some);
  }
}
