import {
  type Catalogue,
  entryPartNames,
  keepingWayNames,
  type ResponsibilityEntry,
  ruleText,
} from '../../../contracts/sites.ts';

/** The columns of the catalogue after the levels, as the regulation's 附件1 has them. */
export const entryFields = [
  ['unit', '责任单位'],
  ['responsible', entryPartNames.responsible],
  ['contact', entryPartNames.contact],
  ['rule', entryPartNames.rule],
  ['requirement', entryPartNames.requirement],
  ['ways', entryPartNames.ways],
  ['suppliers', '供稿单位'],
] as const;
export type EntryField = (typeof entryFields)[number][0];

export function fieldText(entry: ResponsibilityEntry, field: EntryField): string {
  switch (field) {
    case 'unit':
      return entry.unitName;
    case 'responsible':
    case 'contact':
      return entry[field]?.name ?? '';
    case 'rule':
      return ruleText(entry.rule);
    case 'requirement':
      return entry.requirement;
    case 'ways':
      return entry.ways.map((way) => keepingWayNames[way]).join('、');
    case 'suppliers':
      return entry.suppliers.map(({ name }) => name).join('、');
  }
}

export const isMissing = (entry: ResponsibilityEntry, field: EntryField): boolean =>
  (entry.missing as readonly EntryField[]).includes(field);

const levelNumerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

export function levelNames(entries: readonly ResponsibilityEntry[]): readonly string[] {
  const deepest = entries.reduce((most, { levels }) => Math.max(most, levels.length), 3);
  return Array.from({ length: deepest }, (_, at) => `${levelNumerals[at] ?? String(at + 1)}级栏目`);
}

/** How many rows the cell of a level reaches down from here; 0 where one from above reaches this row. */
export function rowSpan(entries: readonly ResponsibilityEntry[], at: number, level: number): number {
  const path = (index: number): string | undefined => {
    const levels = entries[index]?.levels;
    return levels === undefined || levels.length <= level
      ? undefined
      : JSON.stringify(levels.slice(0, level + 1));
  };
  const own = path(at);
  if (own === undefined) return 1;
  if (path(at - 1) === own) return 0;
  let span = 1;
  while (path(at + span) === own) span += 1;
  return span;
}

export interface EntryDifference {
  readonly columnId: string;
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly fields: readonly { readonly name: string; readonly before: string; readonly after: string }[];
}

/** What the later of two catalogues says otherwise. */
export function differencesOf(before: Catalogue, after: Catalogue): readonly EntryDifference[] {
  const earlier = new Map(before.entries.map((entry) => [entry.columnId, entry]));
  const later = new Set(after.entries.map(({ columnId }) => columnId));
  const pathOf = ({ levels }: ResponsibilityEntry): string => levels.join(' / ');
  const changed = after.entries.flatMap((entry): EntryDifference[] => {
    const { columnId } = entry;
    const old = earlier.get(columnId);
    if (old === undefined) return [{ columnId, path: pathOf(entry), kind: 'added', fields: [] }];
    const texts: (readonly [string, (one: ResponsibilityEntry) => string])[] = [
      ['栏目', pathOf],
      ['状态', (one) => (one.closed ? '已关闭' : '开放')],
      ...entryFields.map(
        ([field, name]) => [name, (one: ResponsibilityEntry) => fieldText(one, field)] as const,
      ),
    ];
    const fields = texts
      .map(([name, text]) => ({ name, before: text(old), after: text(entry) }))
      .filter((one) => one.before !== one.after);
    return fields.length === 0 ? [] : [{ columnId, path: pathOf(entry), kind: 'changed', fields }];
  });
  const removed = before.entries
    .filter(({ columnId }) => !later.has(columnId))
    .map((entry): EntryDifference => ({
      columnId: entry.columnId,
      path: pathOf(entry),
      kind: 'removed',
      fields: [],
    }));
  return [...changed, ...removed];
}
