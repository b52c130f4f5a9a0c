import type { ResourceSummary } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { excerptOf, excerptsFromIndex, markedOf, type Question } from '../fulltext/index.ts';
import { foundText } from './content-text.ts';
import { contentsUpTo, type ResourceRow } from './resource.queries.ts';

/** Bytes of a content as they lie in the database: a table of many cells is large, however short its text. */
const mostStored = 64 * 1024;

type Excerpt = NonNullable<ResourceSummary['found']>['excerpt'];

/** Where the words stand in the newest text of each row, by the id of the resource; of long texts as the index writes them. */
export async function excerptsOf(
  db: Db,
  rows: readonly ResourceRow[],
  question: Question,
): Promise<ReadonlyMap<string, Pick<ResourceSummary, 'found'>>> {
  const found = new Map<string, Excerpt>();
  const missing = () =>
    rows.flatMap(({ id, headRevisionId }) =>
      headRevisionId === null || found.has(id) ? [] : [{ id, version: headRevisionId }],
    );
  const cut = async (longerThan?: number): Promise<void> => {
    const excerpts = await excerptsFromIndex(db, missing(), question, longerThan);
    for (const [id, excerpt] of excerpts) found.set(id, [...excerpt]);
  };
  await cut();
  const short = missing();
  const contents = await contentsUpTo(
    db,
    short.map((one) => one.version),
    mostStored,
  );
  for (const { id, version } of short) {
    const content = contents.get(version);
    if (content) found.set(id, [...excerptOf(foundText(content), question)]);
  }
  await cut(0);
  return new Map(
    rows.flatMap(({ id, title }) => {
      const excerpt = found.get(id);
      return excerpt ? [[id, { found: { title: [...markedOf(title, question)], excerpt } }] as const] : [];
    }),
  );
}
