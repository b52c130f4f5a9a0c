import type { PackageExport, PackageSelection } from '../../../contracts/packaging.ts';
import type { Actor } from '../../../contracts/actor.ts';
import type { Db } from '../../platform/db.ts';
import { unitNames } from '../identity/index.ts';
import { currentTypes } from '../library/index.ts';
import { allSites } from '../sites/index.ts';
import type { ExportRow } from './export.queries.ts';

export async function presentExports(
  db: Db,
  actor: Actor,
  rows: readonly ExportRow[],
): Promise<PackageExport[]> {
  const units = await unitNames(
    db,
    rows.flatMap(({ selection }) => selection.unitIds ?? []),
  );
  const sites = new Map((await allSites(db)).map((site) => [site.id, site.name]));
  const types = new Map((await currentTypes(db)).map(({ key, name }) => [key as string, name]));
  return rows.map((row) => ({
    id: row.id,
    selection: row.selection,
    contents: contentsOf(row.selection, { units, sites, types }),
    stage: row.stage,
    written: Number(row.written),
    size: row.size === null ? null : Number(row.size),
    digest: row.digest,
    problem: row.problemMessage,
    requestedByName: row.requestedByName,
    requestedAt: row.requestedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    mine: row.requestedBy === actor.id,
  }));
}

function contentsOf(
  { unitIds, siteIds, types, from, to }: PackageSelection,
  names: Readonly<Record<'units' | 'sites' | 'types', ReadonlyMap<string, string>>>,
): string {
  const namesOf = (kind: keyof typeof names, keys: readonly string[]): string =>
    keys.map((key) => names[kind].get(key) ?? key).join('、');
  const words = [
    ...(unitIds ? [`单位：${namesOf('units', unitIds)}`] : []),
    ...(siteIds ? [`站点：${namesOf('sites', siteIds)}`] : []),
    ...(types ? [`类型：${namesOf('types', types)}`] : []),
    ...(from === undefined && to === undefined ? [] : [`日期：${from ?? '最早'}至${to ?? '今天'}`]),
  ];
  return words.length === 0 ? '全部信息资源' : words.join('；');
}
