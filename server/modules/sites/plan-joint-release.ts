import type {
  JointRelease,
  JointReleaseCancellation,
  JointReleaseChange,
  NewJointRelease,
  NewReleaseMember,
  ReleaseMemberRemoval,
} from '../../../contracts/sites.ts';
import { mostReleaseMembers } from '../../../contracts/sites.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import {
  getResource,
  holdReleases,
  letGo,
  type ResourceRow,
  requireSchedule,
  seenAmong,
} from '../library/index.ts';
import { findRelease, presentJointRelease, releaseNotFound } from './joint-release.presenter.ts';
import {
  closeRelease,
  insertMembers,
  insertRelease,
  type JointReleaseRow,
  membersOf,
  releaseForUpdate,
  removeMember,
  updateRelease,
  waitingAmong,
} from './joint-release.queries.ts';
import { nameDocument } from './name-document.ts';
import { canPlanRelease } from './sites.policy.ts';

interface OnRelease {
  readonly releaseId: string;
}

const actedOn = ({ releaseId }: OnRelease, result: JointRelease | undefined) => ({
  kind: 'joint-release',
  id: releaseId,
  unitId: result?.unitId ?? null,
});

/** What happens to a member is found in its own record too. */
const ofMembers = (release: JointRelease | undefined, resourceIds: readonly string[]) =>
  release === undefined
    ? []
    : resourceIds.map((id) => ({ kind: 'resource', id, details: { jointReleaseId: release.id } }));

function requirePlanner(ctx: Ctx, unitId: string): void {
  if (canPlanRelease(ctx.actor, unitId)) return;
  throw new AppError('forbidden', 'sites.release-forbidden', '只有本单位的信息员和签发人可以安排联合发布。');
}

/** Takes them from their own hours; those that go nowhere, or go with others already, are refused. */
async function takeIn(
  ctx: Ctx,
  unitId: string,
  resourceIds: readonly string[],
): Promise<readonly ResourceRow[]> {
  const rows = await holdReleases(ctx, resourceIds);
  const unfit = rows.find(
    (row) =>
      row.unitId !== unitId || row.type === 'home' || row.stage === 'live' || row.stage === 'discarded',
  );
  if (unfit) {
    const message = `“${unfit.title}”不能放进来：要是同一单位、不是首页、有内容等待发布的信息。`;
    throw new AppError('conflict', 'sites.release-member-unfit', message);
  }
  if ((await waitingAmong(ctx.db, resourceIds)).length > 0) {
    throw new AppError('conflict', 'sites.release-member-taken', '有信息已经在另一个联合发布计划里。');
  }
  return rows;
}

/** Of one unit: each goes through its own review, and all of them go out in one instant. */
export const planJointRelease = defineCommand(
  'sites.plan-joint-release',
  (input: NewJointRelease, result: JointRelease | undefined) => [
    {
      kind: 'joint-release',
      id: result?.id ?? null,
      unitId: result?.unitId ?? null,
      details: { resourceIds: input.resourceIds, releaseAt: input.releaseAt },
    },
    ...ofMembers(result, input.resourceIds),
  ],
  async (ctx, input): Promise<JointRelease> => {
    const [leadResourceId = ''] = input.resourceIds;
    const releaseAt = hourOf(ctx, input.releaseAt);
    const lead = await getResource(ctx, leadResourceId);
    requirePlanner(ctx, lead.unitId);
    const rows = await takeIn(ctx, lead.unitId, input.resourceIds);
    const deed = { byName: ctx.actor.name, at: ctx.now };
    const id = await insertRelease(
      ctx.db,
      { unitId: lead.unitId, leadResourceId, name: nameOf(input), releaseAt },
      deed,
    );
    await insertMembers(ctx.db, id, input.resourceIds, deed);
    for (const row of rows) await nameDocument(ctx, row, lead);
    return presentJointRelease(ctx, id);
  },
);

function hourOf(ctx: Ctx, text: string | null): Date | null {
  const releaseAt = text === null ? null : new Date(text);
  requireSchedule(releaseAt, null, ctx.now);
  return releaseAt;
}

function nameOf({ name }: { readonly name: string }): string {
  const clean = name.trim();
  if (clean.length >= 2) return clean;
  throw new AppError('invalid', 'sites.release-member-missing', '请给这次联合发布起个名字。');
}

/** A release that has not gone out yet, locked, as the planner saw it; or whoever has the right for what goes with it. */
async function lockPlan(
  ctx: Ctx,
  releaseId: string,
  expectedVersion: number,
  member?: string,
): Promise<JointReleaseRow> {
  const found = await findRelease(ctx, releaseId);
  const release = found && (await releaseForUpdate(ctx.db, releaseId));
  if (!release) throw releaseNotFound();
  if (member === undefined || !(await ownsMember(ctx, member))) requirePlanner(ctx, release.unitId);
  if (release.state !== 'waiting') {
    throw new AppError('conflict', 'sites.release-ended', '这次联合发布已经结束，不能再改。');
  }
  if (release.version !== expectedVersion) {
    throw new AppError('conflict', 'sites.release-changed', '计划刚被别人改过，请刷新后再改。');
  }
  return release;
}

/** What a division of the plan's unit gave to another one is that one's to take out. */
async function ownsMember(ctx: Ctx, resourceId: string): Promise<boolean> {
  const resource = (await seenAmong(ctx.db, ctx.actor.scope, [resourceId])).get(resourceId);
  return resource !== undefined && canPlanRelease(ctx.actor, resource.unitId);
}

async function waitingIn(ctx: Ctx, releaseId: string): Promise<readonly string[]> {
  return (await membersOf(ctx.db, [releaseId])).filter((one) => one.waits).map((one) => one.resourceId);
}

export const changeJointRelease = defineCommand(
  'sites.change-joint-release',
  (input: JointReleaseChange & OnRelease, result: JointRelease | undefined) => ({
    ...actedOn(input, result),
    details: { name: input.name, releaseAt: input.releaseAt },
  }),
  async (ctx, input): Promise<JointRelease> => {
    const { id } = await lockPlan(ctx, input.releaseId, input.expectedVersion);
    await updateRelease(ctx.db, id, { name: nameOf(input), releaseAt: hourOf(ctx, input.releaseAt) });
    return presentJointRelease(ctx, id);
  },
);

export const addReleaseMember = defineCommand(
  'sites.add-release-member',
  (input: NewReleaseMember & OnRelease, result: JointRelease | undefined) => [
    { ...actedOn(input, result), details: { resourceId: input.resourceId } },
    ...ofMembers(result, [input.resourceId]),
  ],
  async (ctx, input): Promise<JointRelease> => {
    const release = await lockPlan(ctx, input.releaseId, input.expectedVersion);
    const waiting = await waitingIn(ctx, release.id);
    if (waiting.length >= mostReleaseMembers) {
      const message = `一次联合发布最多 ${String(mostReleaseMembers)} 条信息。`;
      throw new AppError('conflict', 'sites.release-full', message);
    }
    const rows = await takeIn(ctx, release.unitId, [input.resourceId]);
    await insertMembers(ctx.db, release.id, [input.resourceId], { byName: ctx.actor.name, at: ctx.now });
    const lead = await getResource(ctx, release.leadResourceId);
    for (const row of rows) await nameDocument(ctx, row, lead);
    await updateRelease(ctx.db, release.id);
    return presentJointRelease(ctx, release.id);
  },
);

/** It goes by its own hour again: at once when it is signed and has none. */
export const removeReleaseMember = defineCommand(
  'sites.remove-release-member',
  (input: ReleaseMemberRemoval & OnRelease, result: JointRelease | undefined) => [
    { ...actedOn(input, result), details: { resourceId: input.resourceId, reason: input.reason } },
    ...ofMembers(result, [input.resourceId]),
  ],
  async (ctx, input): Promise<JointRelease> => {
    const { resourceId, reason } = input;
    const { id, leadResourceId } = await lockPlan(ctx, input.releaseId, input.expectedVersion, resourceId);
    const waiting = await waitingIn(ctx, id);
    const left = waiting.filter((one) => one !== resourceId);
    const [next] = left;
    if (left.length === waiting.length || next === undefined) {
      const message = '这条信息不在计划里，或者是最后一条：不再需要这次联合发布时，请取消整个计划。';
      throw new AppError('conflict', 'sites.release-member-missing', message);
    }
    await removeMember(
      ctx.db,
      { releaseId: id, resourceId, reason },
      { byName: ctx.actor.name, at: ctx.now },
    );
    await letGo(ctx, [resourceId]);
    await updateRelease(ctx.db, id, leadResourceId === resourceId ? { leadResourceId: next } : {});
    return presentJointRelease(ctx, id);
  },
);

export const cancelJointRelease = defineCommand(
  'sites.cancel-joint-release',
  (input: JointReleaseCancellation & OnRelease, result: JointRelease | undefined) => [
    { ...actedOn(input, result), details: { reason: input.reason } },
    ...ofMembers(
      result,
      (result?.list ?? []).filter((one) => one.removedAt === null).map((one) => one.resourceId),
    ),
  ],
  async (ctx, input): Promise<JointRelease> => {
    const { id } = await lockPlan(ctx, input.releaseId, input.expectedVersion);
    await letGo(ctx, await waitingIn(ctx, id));
    await closeRelease(ctx.db, id, input.reason, { byName: ctx.actor.name, at: ctx.now });
    return presentJointRelease(ctx, id);
  },
);
