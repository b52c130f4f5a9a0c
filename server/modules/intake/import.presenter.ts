import type { Actor } from '../../../contracts/actor.ts';
import type { Import, ImportSummary } from '../../../contracts/intake.ts';
import type { Db } from '../../platform/db.ts';
import { unitNames } from '../identity/index.ts';
import { typeAsItIs } from '../library/index.ts';
import { sampleOf } from './import.queries.ts';
import { actionsAt, canImport } from './intake.policy.ts';
import type { ImportRow, SampleRecord } from './intake.types.ts';
import { targetsOf } from './mapping.rules.ts';

function presentSummary(row: ImportRow, unitName: string): ImportSummary {
  const { id, unitId, mode, columnId, type, fileName, format, stage, version, checked, imported } = row;
  return {
    ...{ id, unitId, unitName, mode, columnId, type, fileName, format, stage, version, checked, imported },
    size: Number(row.size),
    problem: row.problemCode === null ? null : { code: row.problemCode, message: row.problemMessage ?? '' },
    createdByName: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export async function presentSummaries(db: Db, rows: readonly ImportRow[]): Promise<ImportSummary[]> {
  const names = await unitNames(db, [...new Set(rows.map(({ unitId }) => unitId))]);
  return rows.map((row) => presentSummary(row, names.get(row.unitId) ?? ''));
}

const longestExample = 60;

/** The first values of each column, short enough to tell columns apart by eye. */
function examplesOf(sources: readonly string[], sample: readonly SampleRecord[]): Import['examples'] {
  return sources.map((source) => ({
    source,
    values: sample
      .map(({ values }) =>
        (values[source] ?? '')
          .slice(0, 2_000)
          .replaceAll(/<[^>]*>|\s+/g, ' ')
          .trim()
          .slice(0, longestExample),
      )
      .filter((value) => value !== '')
      .slice(0, 3),
  }));
}

export async function presentImport(db: Db, actor: Actor, row: ImportRow): Promise<Import> {
  const names = await unitNames(db, [row.unitId]);
  const mayAct = canImport(actor, row.unitId, row.mode);
  return {
    ...presentSummary(row, names.get(row.unitId) ?? ''),
    sources: [...row.sources],
    targets: targetsOf(await typeAsItIs(db, row.type)),
    mapping: [...row.mapping],
    examples: examplesOf(row.sources, await sampleOf(db, row.id)),
    actions: mayAct ? [...actionsAt({ stage: row.stage, hasRun: row.imported !== null })] : [],
  };
}
