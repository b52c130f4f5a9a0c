import type { ResourceSummary } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { excerptOf, markedOf, type Question } from '../fulltext/index.ts';
import { foundText } from './content-text.ts';
import { contentsById, type ResourceRow } from './resource.queries.ts';

/** Where the words stand in the newest text of each row, by the id of the resource. */
export async function excerptsOf(
  db: Db,
  rows: readonly ResourceRow[],
  question: Question,
): Promise<ReadonlyMap<string, Pick<ResourceSummary, 'found'>>> {
  const contents = await contentsById(
    db,
    rows.flatMap((row) => row.headRevisionId ?? []),
  );
  return new Map(
    rows.flatMap(({ id, title, headRevisionId }) => {
      const content = contents.get(headRevisionId ?? '');
      if (!content) return [];
      const excerpt = [...excerptOf(foundText(content), question)];
      return [[id, { found: { title: [...markedOf(title, question)], excerpt } }] as const];
    }),
  );
}
