import type { Actor } from '../../../contracts/actor.ts';
import type { Column, Site } from '../../../contracts/sites.ts';
import type { Db } from '../../platform/db.ts';
import { unitNames } from '../identity/index.ts';
import { homeUrlOf, type PublicBase } from './address.rules.ts';
import { columnFigures, type ColumnRow, mappingSources } from './column.queries.ts';
import { takesEntries } from './column.rules.ts';
import { writesInto } from './column-writers.ts';
import { writersOf } from './column-writers.queries.ts';
import type { SiteRow } from './site.queries.ts';
import { missingFor, statesAfter } from './site.rules.ts';
import { canConfigure } from './sites.policy.ts';
import { isOverdue } from './update-times.ts';

export function presentSite(site: SiteRow, base: PublicBase, actor: Actor): Site {
  return {
    id: site.id,
    unitId: site.unitId,
    key: site.key,
    name: site.name,
    shortName: site.shortName,
    isPortal: site.isPortal,
    state: site.state,
    stateSince: site.stateSince.toISOString(),
    notice: site.notice,
    description: site.description,
    domains: [...site.domains],
    homeUrl: homeUrlOf(base, site.domains[0] ?? 'localhost'),
    identityCode: site.identityCode,
    icpNumber: site.icpNumber,
    policeNumber: site.policeNumber,
    organiser: site.organiser,
    contact: site.contact,
    address: site.address,
    theme: site.theme,
    demonstration: site.demonstration,
    version: site.version,
    homeResourceId: site.homeResourceId,
    nextStates: canConfigure(actor) ? statesAfter(site) : [],
    missing: missingFor('online', site),
  };
}

/** Columns in tree order: parents before children, siblings by position. */
export function inTreeOrder(columns: readonly ColumnRow[]): readonly ColumnRow[] {
  const ids = new Set(columns.map((column) => column.id));
  const childrenOf = Map.groupBy(columns, (column) =>
    column.parentId !== null && ids.has(column.parentId) ? column.parentId : `root of ${column.siteId}`,
  );
  const below = (key: string): readonly ColumnRow[] =>
    (childrenOf.get(key) ?? []).flatMap((column) => [column, ...below(column.id)]);
  return [...new Set(columns.map((column) => column.siteId))].flatMap((siteId) => below(`root of ${siteId}`));
}

export async function presentColumns(
  reader: { readonly db: Db; readonly actor: Actor; readonly now: Date },
  columns: readonly ColumnRow[],
): Promise<Column[]> {
  const ids = columns.map((column) => column.id);
  const figures = await columnFigures(reader.db, ids);
  const sources = await mappingSources(reader.db);
  const writers = await writersOf(reader.db, ids);
  const names = await unitNames(reader.db, [...new Set(columns.map((column) => column.unitId))]);
  return columns.map((column) => {
    const lastEntryAt = figures.get(column.id)?.lastEntryAt ?? null;
    const closed = column.closedAt !== null;
    return {
      id: column.id,
      siteId: column.siteId,
      parentId: column.parentId,
      unitId: column.unitId,
      unitName: names.get(column.unitId) ?? '',
      name: column.name,
      slug: column.slug,
      path: column.path,
      kind: column.kind,
      display: column.display,
      description: column.description,
      keywords: column.keywords,
      updateRule: column.updateRule,
      position: column.position,
      inNavigation: column.inNavigation,
      homePosition: column.homePosition,
      hiddenWhenEmpty: column.hiddenWhenEmpty,
      reprintSources: [...column.reprintSources],
      correctionRequired: column.correctionRequired,
      closed,
      mappedFrom: [...(sources.get(column.id) ?? [])],
      entries: figures.get(column.id)?.entries ?? 0,
      lastEntryAt: lastEntryAt?.toISOString() ?? null,
      overdue: isOverdue({ updateRule: column.updateRule, lastEntryAt, closed }, reader.now),
      writable:
        !closed &&
        takesEntries(column.kind) &&
        writesInto(reader.actor, column, writers.get(column.id) ?? []),
      version: column.version,
    };
  });
}
