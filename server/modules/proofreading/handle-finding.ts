import type { NewFindingTask, PublishedFinding } from '../../../contracts/proofreading.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { findingDays, termOf } from './finding-days.ts';
import { insertTask } from './finding-task.queries.ts';
import { presentFindings } from './finding.presenter.ts';
import { type FindingRow, lockFinding, markIgnored, markReopened } from './finding.queries.ts';
import { canIgnore, requireGiver } from './proofreading.policy.ts';
import { settleTasks } from './settle-tasks.ts';

export interface ReasonInput {
  readonly id: string;
  readonly reason: string;
}

const actedOn = (input: { readonly id: string }, result: PublishedFinding | undefined) => ({
  kind: 'finding',
  id: input.id,
  unitId: result?.unitId ?? null,
  ...(result ? { details: { resourceId: result.resourceId, rule: result.finding.rule } } : {}),
});

/** It stays ignored as long as it stands at its place; found elsewhere it is another. */
export const ignoreFinding = defineCommand(
  'proofreading.ignore-finding',
  (input: ReasonInput, result: PublishedFinding | undefined) => actedOn(input, result),
  async (ctx, { id, reason }): Promise<PublishedFinding> => {
    const row = await lockOwn(ctx, id);
    if (row.state !== 'open') throw settled();
    await markIgnored(ctx.db, id, saidBy(ctx, reason), ctx.now);
    await settleTasks(ctx.db, [row.resourceId], ctx.now);
    return shown(ctx, id);
  },
);

/** The reason does not hold any more: it waits again, and what blocks is a task again. */
export const reopenFinding = defineCommand(
  'proofreading.reopen-finding',
  (input: ReasonInput, result: PublishedFinding | undefined) => actedOn(input, result),
  async (ctx, { id, reason }): Promise<PublishedFinding> => {
    const row = await lockOwn(ctx, id);
    if (row.state !== 'ignored') {
      throw new AppError(
        'conflict',
        'proofreading.finding-not-ignored',
        '这条校核发现没有说明过理由，或者已经撤销。',
      );
    }
    await markReopened(ctx.db, id, saidBy(ctx, reason), ctx.now);
    await settleTasks(ctx.db, [row.resourceId], ctx.now);
    return shown(ctx, id);
  },
);

/** The unit gets it as a task, whatever it weighs. */
export const giveFinding = defineCommand(
  'proofreading.give-finding',
  (input: NewFindingTask & { readonly id: string }, result: PublishedFinding | undefined) =>
    actedOn(input, result),
  async (ctx, { id, days, note }): Promise<PublishedFinding> => {
    requireGiver(ctx.actor);
    const row = await lock(ctx, id);
    if (row.state !== 'open') throw settled();
    const term = await termOf(ctx.db, days ?? (await findingDays(ctx.db))[row.severity], ctx.now);
    const task = { ...term, findingId: id, byName: ctx.actor.name, note: note.trim(), at: ctx.now };
    if (!(await insertTask(ctx.db, task))) {
      throw new AppError('conflict', 'proofreading.finding-given', '这条校核发现已经交给责任单位。');
    }
    return shown(ctx, id);
  },
);

async function lock({ db, actor }: Ctx, id: string): Promise<FindingRow> {
  const row = await lockFinding(db, actor.scope, id);
  if (row) return row;
  throw new AppError('not-found', 'proofreading.finding-not-found', '没有这条校核发现。');
}

async function lockOwn(ctx: Ctx, id: string): Promise<FindingRow> {
  const row = await lock(ctx, id);
  if (canIgnore(ctx.actor, row.unitId)) return row;
  throw new AppError('forbidden', 'proofreading.unit-not-yours', '只有本单位的人员可以处理校核发现。');
}

const settled = () => new AppError('conflict', 'proofreading.finding-settled', '这条校核发现已经处理过了。');

const saidBy = ({ actor }: Ctx, reason: string) => ({
  id: actor.id,
  name: actor.name,
  reason: reason.trim(),
});

async function shown(ctx: Ctx, id: string): Promise<PublishedFinding> {
  const row = await lockFinding(ctx.db, ctx.actor.scope, id);
  const [one] = await presentFindings(ctx, row ? [row] : []);
  if (!one) throw new Error(`finding ${id} is gone`);
  return one;
}
