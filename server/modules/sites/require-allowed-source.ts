import { fieldValue, sourceAddressKey } from '../../../contracts/field-values.ts';
import type { ResourceContent } from '../../../contracts/library.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { unitsById } from '../identity/index.ts';
import type { ResourceRow } from '../library/index.ts';
import { columnsById } from './column.queries.ts';
import { ownPlacementsOf } from './placement.queries.ts';
import { reprintRefusal } from './reprint.rules.ts';

/** Before anybody spends time on reviewing it: every column that it is for reprints from its source. */
export async function requireAllowedSource(
  { db }: Pick<Ctx, 'db'>,
  resource: Pick<ResourceRow, 'id' | 'unitId' | 'type'>,
  content: ResourceContent,
): Promise<void> {
  const placements = await ownPlacementsOf(db, resource.id);
  const columns = await columnsById(
    db,
    placements.map((one) => one.columnId),
  );
  if (columns.every((column) => column.reprintSources.length === 0)) return;
  const unit = (await unitsById(db, [resource.unitId])).get(resource.unitId);
  const address = fieldValue(content, sourceAddressKey) as string | undefined;
  const text = {
    source: content.source ?? '',
    address: resource.type === 'article' ? address : null,
    ownNames: unit ? [unit.name, unit.shortName] : [],
  };
  for (const column of columns) {
    const refusal = reprintRefusal(column.reprintSources, text);
    if (refusal !== null)
      throw new AppError('invalid', 'sites.source-not-allowed', `栏目“${column.name}”${refusal}`);
  }
}
