import type { ColumnKind } from '../../../contracts/sites.ts';
import type { DisclosurePart, Link } from '../../../templates/index.ts';
import type { Atlas } from './atlas.ts';
import type { ColumnRow } from './column.queries.ts';

/** 国办公开办函〔2019〕61号: the parts of the disclosure column, in their fixed order. */
const partKinds: readonly ColumnKind[] = [
  'disclosure-guide',
  'disclosure-system',
  'disclosure-content',
  'annual-report',
  'disclosure-request',
];
/** Where a site has no column of its own for 法定主动公开内容, these stand in its place. */
const contentKinds: readonly ColumnKind[] = ['institution', 'leader'];

export const disclosureTitle = '政府信息公开';

const linkOf = (column: ColumnRow): Link => ({ name: column.name, url: column.path });

function partsBelow(atlas: Atlas, rootId: string): readonly ColumnRow[] {
  const children = atlas.children(rootId);
  const ofKinds = (kinds: readonly ColumnKind[]) => children.filter((one) => kinds.includes(one.kind));
  const hasContent = children.some((one) => one.kind === 'disclosure-content');
  return partKinds.flatMap((kind) =>
    ofKinds(kind === 'disclosure-content' && !hasContent ? contentKinds : [kind]),
  );
}

function ancestry(atlas: Atlas, column: ColumnRow): readonly ColumnRow[] {
  const parent = column.parentId === null ? undefined : atlas.column(column.parentId);
  return parent ? [column, ...ancestry(atlas, parent)] : [column];
}

/**
 * The navigation that stands beside every page of 政府信息公开: beside each of its parts, what is below them, and the
 * column around them when it holds nothing else. Undefined elsewhere.
 */
export function disclosureParts(atlas: Atlas, column: ColumnRow): readonly DisclosurePart[] | undefined {
  const line = ancestry(atlas, column);
  const root = line.find((one) => atlas.children(one.id).some((child) => child.kind === 'disclosure-guide'));
  if (!root) return undefined;
  const parts = partsBelow(atlas, root.id);
  const belongs =
    root.id === column.id
      ? atlas.children(root.id).length === parts.length
      : parts.some((part) => line.some((one) => one.id === part.id));
  if (!belongs) return undefined;
  return parts.map((part) => ({ ...linkOf(part), columns: atlas.children(part.id).map(linkOf) }));
}

/** 法定主动公开内容 and what is below it is listed by the four facts of a catalogue. */
export function isCatalogued(atlas: Atlas, column: ColumnRow): boolean {
  if (contentKinds.includes(column.kind)) return false;
  return ancestry(atlas, column).some((one) => one.kind === 'disclosure-content');
}
