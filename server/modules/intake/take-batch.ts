import type { ImportCounts, ImportPass, OutcomeResult, RecordProblem } from '../../../contracts/intake.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { importDrafts, type ImportedItem, type ImportedResource, knownImports } from '../library/index.ts';
import { importArchive } from '../sites/index.ts';
import { writeCounts, writeStage } from './change-import.queries.ts';
import { importForUpdate } from './import.queries.ts';
import { type ImportRow, type IntakeItem, noCounts } from './intake.types.ts';
import { insertOutcomes, type OutcomeRow } from './outcome.queries.ts';

export interface Batch {
  readonly importId: string;
  readonly unitId: string;
  readonly pass: ImportPass;
  /** How many records come before it. */
  readonly from: number;
  readonly items: readonly IntakeItem[];
  /** Keys of this pass that came before, for the dry run. */
  readonly seen?: ReadonlySet<string>;
  /** No record follows. */
  readonly isLast: boolean;
}

/** `stopped` when a person or another worker decided otherwise meanwhile. */
export type BatchOutcome =
  { readonly outcome: 'taken'; readonly counts: ImportCounts } | { readonly outcome: 'stopped' };

const activeStage = { check: 'checking', run: 'running' } as const;
const finalStage = { check: 'checked', run: 'done' } as const;

/**
 * Takes a batch of records: what can be brought in is, what became of each is written down, and the place where to go
 * on moves behind them, all in one transaction. A killed worker leaves none or all of it.
 */
export const takeBatch = defineCommand(
  'intake.take-batch',
  (input: Batch, result: BatchOutcome | undefined) => ({
    kind: 'import',
    id: input.importId,
    unitId: input.unitId,
    details: {
      pass: input.pass,
      from: input.from,
      records: input.items.length,
      outcome: result?.outcome ?? null,
    },
  }),
  async (ctx, input): Promise<BatchOutcome> => {
    if (ctx.actor.kind !== 'system')
      throw new AppError('forbidden', 'intake.operator-required', '导入由后台程序执行。');
    const row = await importForUpdate(ctx.db, ctx.actor.scope, input.importId);
    const counts = (input.pass === 'check' ? row?.checked : row?.imported) ?? noCounts;
    if (row?.stage !== activeStage[input.pass] || counts.read !== input.from) return { outcome: 'stopped' };
    const outcomes = input.pass === 'check' ? await foresee(ctx, row, input) : await bringIn(ctx, row, input);
    const kept =
      input.pass === 'run'
        ? outcomes
        : outcomes.filter((one) => one.problems.length > 0 || one.result !== 'good');
    await insertOutcomes(ctx.db, row.id, input.pass, kept);
    const next = add(counts, outcomes);
    await writeCounts(ctx.db, row.id, { pass: input.pass, counts: next, at: ctx.now });
    if (input.isLast) await writeStage(ctx.db, row.id, { stage: finalStage[input.pass], at: ctx.now });
    return { outcome: 'taken', counts: next };
  },
);

function add(counts: ImportCounts, outcomes: readonly OutcomeRow[]): ImportCounts {
  const of = (result: OutcomeResult): number => outcomes.filter((one) => one.result === result).length;
  return {
    read: counts.read + outcomes.length,
    good: counts.good + of('good'),
    known: counts.known + of('known'),
    refused: counts.refused + of('refused'),
    warned: counts.warned + outcomes.filter((one) => one.result === 'good' && one.problems.length > 0).length,
  };
}

type Ready = IntakeItem & { readonly content: NonNullable<IntakeItem['content']> };
const isReady = (item: IntakeItem): item is Ready => item.content !== undefined;

const rowOf = (
  item: IntakeItem,
  ordinal: number,
  result: OutcomeResult,
  more: { readonly resourceId?: string | null; readonly problems?: readonly RecordProblem[] } = {},
): OutcomeRow => ({
  ordinal,
  place: item.place.slice(0, 500),
  key: item.key,
  title: item.title,
  result,
  resourceId: more.resourceId ?? null,
  oldAddress: item.oldAddress,
  problems: [...item.problems, ...item.warnings, ...(more.problems ?? [])].slice(0, 20),
});

const known: RecordProblem = { code: 'record.known', field: null, message: '以前导入过，没有再次导入。' };
const twice: RecordProblem = {
  code: 'record.key-twice',
  field: 'key',
  message: '与前面的一条编号或内容相同，只导入前面那条。',
};

/** A dry run: what would become of each. */
async function foresee(ctx: Ctx, row: ImportRow, { items, from, seen }: Batch): Promise<OutcomeRow[]> {
  const there = await knownImports(
    ctx.db,
    row.unitId,
    items.map(({ key }) => key),
  );
  const before = new Set(seen);
  return items.map((item, at) => {
    const ordinal = from + at + 1;
    if (!isReady(item)) return rowOf(item, ordinal, 'refused');
    if (there.has(item.key))
      return rowOf(item, ordinal, 'known', { resourceId: there.get(item.key) ?? null, problems: [known] });
    if (before.has(item.key)) return rowOf(item, ordinal, 'known', { problems: [twice] });
    before.add(item.key);
    return rowOf(item, ordinal, 'good');
  });
}

async function bringIn(ctx: Ctx, row: ImportRow, { items, from }: Batch): Promise<OutcomeRow[]> {
  const firsts = new Map<string, Ready>();
  for (const item of items.filter(isReady)) if (!firsts.has(item.key)) firsts.set(item.key, item);
  const there = await knownImports(ctx.db, row.unitId, [...firsts.keys()]);
  const imported = await importAll(
    ctx,
    row,
    [...firsts.values()].map(({ key, type, content }) => ({ importKey: key, type, content })),
  );
  const made = new Map(imported.map((one) => [one.importKey, one.resourceId]));
  return items.map((item, at) => {
    const ordinal = from + at + 1;
    if (!isReady(item)) return rowOf(item, ordinal, 'refused');
    const resourceId = made.get(item.key);
    if (resourceId !== undefined && firsts.get(item.key) === item)
      return rowOf(item, ordinal, 'good', { resourceId });
    return rowOf(item, ordinal, 'known', {
      resourceId: there.get(item.key) ?? resourceId ?? null,
      problems: [there.has(item.key) ? known : twice],
    });
  });
}

async function importAll(
  ctx: Ctx,
  row: ImportRow,
  items: readonly ImportedItem[],
): Promise<readonly ImportedResource[]> {
  if (items.length === 0) return [];
  if (row.columnId === null)
    return importDrafts(ctx, row.unitId, items, { id: row.createdBy, name: row.createdByName });
  return importArchive.run(ctx, { unitId: row.unitId, columnId: row.columnId, items });
}
