import { fieldValue } from '../../../contracts/field-values.ts';
import type { ResourceContent, ResourceTypeKey } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { currentTypes } from './find-type.ts';
import { labelContents } from './label-content.queries.ts';
import { contentsWithoutText, type ResourceRow } from './resource.queries.ts';

interface ListedValue {
  readonly key: string;
  readonly value: string;
}

/** What the list of one type shows besides, by the id of the resource; in the order of the type's description. */
export async function listedValues(
  db: Db,
  key: ResourceTypeKey,
  rows: readonly ResourceRow[],
): Promise<ReadonlyMap<string, ListedValue[]>> {
  const type = (await currentTypes(db)).find((one) => one.key === key);
  const fields = (type?.fields ?? []).filter((field) => field.inList);
  if (fields.length === 0) return new Map();
  const contents = await contentsWithoutText(
    db,
    rows.flatMap((row) => row.headRevisionId ?? []),
  );
  const labelled = new Map(
    (
      await labelContents(
        db,
        [...contents].map(([id, content]) => ({ id, content })),
      )
    ).map((one) => [one.id, one.content]),
  );
  return new Map(
    rows.map((row) => {
      const content = labelled.get(row.headRevisionId ?? '');
      return [
        row.id,
        fields.map((field) => ({
          key: field.key,
          value: wordsOf(valueOf(row, content, field.key)),
        })),
      ];
    }),
  );
}

/** Whether a document holds is what was ruled, whatever its newest text says. */
function valueOf(row: ResourceRow, content: ResourceContent | undefined, key: string): unknown {
  if (key === 'validity' && row.ruledValidity !== null) return row.ruledValidity;
  return content && fieldValue(content, key);
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.join('、');
  return typeof value === 'string' ? value : '';
}
