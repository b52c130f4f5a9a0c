import type { ColumnKind } from '../../../contracts/sites.ts';
import { AppError } from '../../platform/errors.ts';

export function columnPath(parentPath: string | null, slug: string): string {
  return `${parentPath ?? '/'}${slug}/`;
}

/** Addresses that the site itself needs at its root. */
const reserved = new Set([
  ...['static', 'files', 'search', 'rss', 'sitemap', 'api', 'well-known', 'theme'],
  ...['correction', 'corrections', 'feedback', 'preview'],
]);

export function requireFreeSlug(parentPath: string | null, slug: string): void {
  if (parentPath === null && reserved.has(slug)) {
    throw new AppError('invalid', 'sites.column-path-taken', `“${slug}”由系统使用，请换一个路径名。`);
  }
}

/** A channel gathers other columns and takes no entries of its own. */
export function takesEntries(kind: ColumnKind): boolean {
  return kind !== 'channel';
}

export interface ColumnPlace {
  readonly id: string;
  readonly parentId: string | null;
  readonly closedAt: Date | null;
  readonly hiddenWhenEmpty: boolean;
  /** 链接: where it leads instead of to its own page. */
  readonly linkUrl: string | null;
}

/** The columns with entries of their own or of an open column below them; what leads elsewhere has its entries there. */
export function holding(columns: readonly ColumnPlace[], filled: ReadonlySet<string>): ReadonlySet<string> {
  const below = Map.groupBy(columns, (column) => column.parentId);
  const holds = (column: ColumnPlace): boolean =>
    filled.has(column.id) ||
    column.linkUrl !== null ||
    (below.get(column.id) ?? []).some((child) => child.closedAt === null && holds(child));
  return new Set(columns.filter(holds).map((column) => column.id));
}

/**
 * The columns that citizens see: neither closed nor below a closed one, and, where a column hides without entries,
 * with entries of its own or of a column below it.
 */
export function shownColumnIds(
  columns: readonly ColumnPlace[],
  filled: ReadonlySet<string>,
): ReadonlySet<string> {
  const below = Map.groupBy(columns, (column) => column.parentId);
  const full = holding(columns, filled);
  const shown = new Set<string>();
  const show = (column: ColumnPlace): void => {
    if (column.closedAt !== null || (column.hiddenWhenEmpty && !full.has(column.id))) return;
    shown.add(column.id);
    for (const child of below.get(column.id) ?? []) show(child);
  };
  for (const root of below.get(null) ?? []) show(root);
  return shown;
}

export interface PublicPlace {
  readonly inNavigation: boolean;
  readonly homePosition: number | null;
  readonly hiddenWhenEmpty: boolean;
}

/**
 * R08, D-15: a column without entries stands neither in the navigation nor on the home page, unless it hides until it has
 * some. Asked when a column is put there, not when its last entry leaves.
 */
export function requireNotEmptyOnShow(
  name: string,
  { inNavigation, homePosition, hiddenWhenEmpty }: PublicPlace,
): void {
  if (hiddenWhenEmpty || (!inNavigation && homePosition === null)) return;
  throw new AppError(
    'conflict',
    'sites.column-empty',
    `“${name}”还没有内容，空白栏目不能放到导航或首页。请先发布内容，或者选择“没有内容时不显示”。`,
  );
}

/** A mapping that would make a column show itself is refused. `sources` maps a column to what it shows. */
export function requireNoMappingLoop(
  columnId: string,
  wanted: readonly string[],
  sources: ReadonlyMap<string, readonly string[]>,
): void {
  const open = [...wanted];
  const seen = new Set<string>();
  while (open.length > 0) {
    const next = open.pop();
    if (next === undefined || seen.has(next)) continue;
    if (next === columnId) {
      throw new AppError('invalid', 'sites.mapping-loop', '映射成了循环：栏目不能直接或间接映射自己。');
    }
    seen.add(next);
    open.push(...(sources.get(next) ?? []));
  }
}
