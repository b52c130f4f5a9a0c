import type { ResourceContent } from '../../../contracts/library.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { correctionNotesOf, type ResourceRow, typeAsItIs } from '../library/index.ts';
import { columnsById } from './column.queries.ts';
import { ownPlacementsOf } from './placement.queries.ts';

/**
 * Before anybody spends time on reviewing it: a change of what was public says what it corrects, where a column that it
 * stands in demands that. It does so too when it was withdrawn meanwhile, so that nobody goes around it in that way. Types
 * without such a note have pages that show none.
 */
export async function requireCorrectionNote(
  { db }: Pick<Ctx, 'db'>,
  resource: Pick<ResourceRow, 'id' | 'type' | 'firstPublishedAt'>,
  content: ResourceContent,
): Promise<void> {
  if (resource.firstPublishedAt === null) return;
  const placements = await ownPlacementsOf(db, resource.id);
  const columns = await columnsById(
    db,
    placements.map((one) => one.columnId),
  );
  const demanding = columns.find((column) => column.correctionRequired);
  if (!demanding) return;
  const { fields } = await typeAsItIs(db, resource.type);
  if (!fields.some((field) => field.key === 'correctionNote')) return;
  const note = content.correctionNote?.trim() ?? '';
  const [last] = (await correctionNotesOf(db, [resource.id])).get(resource.id) ?? [];
  if (note !== '' && note !== last?.note) return;
  const wish = note === '' ? '请填写“更正说明”' : '“更正说明”还是上一次的，请改写成这一次的';
  const message = `栏目“${demanding.name}”要求更正留痕：修改已经公开的信息要说明改正了什么，${wish}。`;
  throw new AppError('invalid', 'sites.correction-note-required', message, {
    details: { problems: [{ field: 'correctionNote', message: `${wish}。` }] },
  });
}
