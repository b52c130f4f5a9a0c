import type { PreviewItem } from '../../../contracts/intake.ts';
import type { Reader } from '../../platform/http.ts';
import { unitNames } from '../identity/index.ts';
import { currentTypes } from '../library/index.ts';
import { composeItem } from './compose-item.ts';
import { getImport } from './find-import.ts';
import { sampleOf } from './import.queries.ts';
import type { IntakeItem } from './intake.types.ts';
import { refuseUnknownTerms } from './refuse-unknown-terms.ts';

/** The first records as they would become by the mapping that is kept; nothing of them is written. */
export async function previewImport(reader: Reader, importId: string): Promise<PreviewItem[]> {
  const row = await getImport(reader, importId);
  const names = await unitNames(reader.db, [row.unitId]);
  const { mapping, type, mode } = row;
  const types = await currentTypes(reader.db);
  const wishes = { mapping, type, types, mode, unitName: names.get(row.unitId) ?? '', category: null };
  const items: IntakeItem[] = [];
  for (const { problem, warnings, ...record } of await sampleOf(reader.db, row.id)) {
    const whole = { ...record, ...(problem ? { problem } : {}), ...(warnings ? { warnings } : {}) };
    items.push(await composeItem(whole, wishes, undefined));
  }
  return (await refuseUnknownTerms(reader.db, items)).map((item) => ({
    place: item.place,
    key: item.key,
    content: item.content ?? { title: item.title },
    problems: [...item.problems],
    warnings: [...item.warnings],
  }));
}
