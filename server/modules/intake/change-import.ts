import type { Import, ImportAction, Mapping } from '../../../contracts/intake.ts';
import { type Command, type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { typeAsItIs } from '../library/index.ts';
import { writeMapping, writeStage } from './change-import.queries.ts';
import { type ImportActInput, getImport, importFor } from './find-import.ts';
import { presentImport } from './import.presenter.ts';
import { type ImportRow, noCounts } from './intake.types.ts';
import { stageAfterCancel } from './intake.policy.ts';
import { mappingProblem } from './mapping.rules.ts';
import { deleteOutcomes } from './outcome.queries.ts';

function act<I extends ImportActInput>(
  name: string,
  action: ImportAction,
  change: (ctx: Ctx, row: ImportRow, input: I) => Promise<void>,
): Command<I, Import> {
  return defineCommand(
    name,
    (input: I, result: Import | undefined) => ({
      kind: 'import',
      id: input.importId,
      unitId: result?.unitId ?? null,
      details: result ? { stage: result.stage } : {},
    }),
    async (ctx, input) => {
      await change(ctx, await importFor(ctx, action, input), input);
      return presentImport(ctx.db, ctx.actor, await getImport(ctx, input.importId));
    },
  );
}

async function requireMapping({ db }: Ctx, row: ImportRow, mapping: Mapping): Promise<void> {
  const wrong = mappingProblem(await typeAsItIs(db, row.type), row.sources, mapping);
  if (wrong !== undefined) throw new AppError('invalid', 'intake.mapping-invalid', wrong);
}

export interface MapInput extends ImportActInput {
  readonly mapping: Mapping;
}

/** Says which column gives which field. A dry run with another mapping no longer counts. */
export const mapImport = act<MapInput>('intake.map-import', 'map', async (ctx, row, { mapping }) => {
  await requireMapping(ctx, row, mapping);
  await deleteOutcomes(ctx.db, row.id, 'check');
  await writeMapping(ctx.db, row.id, mapping, ctx.now);
});

export const checkImport = act<ImportActInput>('intake.check-import', 'check', async (ctx, row) => {
  await requireMapping(ctx, row, row.mapping);
  await deleteOutcomes(ctx.db, row.id, 'check');
  await writeStage(ctx.db, row.id, { stage: 'checking', at: ctx.now, checked: noCounts });
});

/** Begins the import, or goes on where it stopped. */
export const runImport = act<ImportActInput>('intake.run-import', 'run', async (ctx, row) => {
  await requireMapping(ctx, row, row.mapping);
  await writeStage(ctx.db, row.id, { stage: 'running', at: ctx.now, imported: row.imported ?? noCounts });
});

export const cancelImport = act<ImportActInput>('intake.cancel-import', 'cancel', async (ctx, row) => {
  await writeStage(ctx.db, row.id, { stage: stageAfterCancel(row.stage), at: ctx.now });
});
