import type { RecordProblem } from '../../../contracts/intake.ts';
import type { Db } from '../../platform/db.ts';
import { unknownTermProblems } from '../library/index.ts';
import type { IntakeItem } from './intake.types.ts';

/** The items; those that name a term that no vocabulary has cannot be brought in. A term that is there is never lost. */
export async function refuseUnknownTerms(
  db: Db,
  items: readonly IntakeItem[],
): Promise<readonly IntakeItem[]> {
  const ready = items.flatMap(({ type, content }) => (content ? [{ type, content }] : []));
  const found = await unknownTermProblems(db, ready);
  const problemsOf = new Map(ready.map(({ content }, at) => [content, found[at] ?? []]));
  return items.map((item) => {
    const told = item.content ? (problemsOf.get(item.content) ?? []) : [];
    if (told.length === 0) return item;
    const problems = told.map((one): RecordProblem => ({ code: 'record.field-invalid', ...one }));
    return { ...item, content: undefined, problems: [...item.problems, ...problems] };
  });
}
