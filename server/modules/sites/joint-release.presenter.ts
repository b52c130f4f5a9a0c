import type { JointRelease, JointReleaseState, JointReleaseSummary } from '../../../contracts/sites.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { unitNames } from '../identity/index.ts';
import { readyAmong, type ResourceRow, seenAmong } from '../library/index.ts';
import {
  type JointReleaseRow,
  membersOf,
  releaseInScope,
  type ReleaseMemberRow,
  releasesBefore,
} from './joint-release.queries.ts';
import { canPlanRelease } from './sites.policy.ts';

type Asking = Pick<Reader, 'db' | 'actor' | 'now'>;

export function releaseNotFound(): AppError {
  return new AppError('not-found', 'sites.release-not-found', '没有这次联合发布，或者您无权查看。');
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

interface Around {
  readonly units: ReadonlyMap<string, string>;
  readonly resources: ReadonlyMap<string, ResourceRow>;
  readonly members: ReadonlyMap<string, readonly ReleaseMemberRow[]>;
  /** Those that can go out, whomever they belong to by now. */
  readonly ready: ReadonlySet<string>;
}

async function aroundOf({ db, actor, now }: Asking, rows: readonly JointReleaseRow[]): Promise<Around> {
  const members = await membersOf(
    db,
    rows.map((row) => row.id),
  );
  const resourceIds = [...new Set(members.map((one) => one.resourceId))];
  return {
    members: Map.groupBy(members, (one) => one.releaseId),
    resources: await seenAmong(db, actor.scope, resourceIds),
    ready: await readyAmong(db, resourceIds, now),
    units: await unitNames(db, [...new Set(rows.map((row) => row.unitId))]),
  };
}

function summaryOf(row: JointReleaseRow, around: Around, now: Date): JointReleaseSummary {
  const taking = (around.members.get(row.id) ?? []).filter((one) => one.removedAt === null);
  const ready = taking.filter((one) => around.ready.has(one.resourceId)).length;
  const isWaiting = row.state === 'waiting';
  return {
    id: row.id,
    unitId: row.unitId,
    unitName: around.units.get(row.unitId) ?? '',
    name: row.name,
    state: row.state,
    releaseAt: instant(row.releaseAt),
    madeByName: row.madeByName,
    madeAt: row.madeAt.toISOString(),
    endedAt: instant(row.endedAt),
    endedByName: row.endedByName,
    endReason: row.endReason,
    members: taking.length,
    ready: isWaiting ? ready : 0,
    isOverdue: isWaiting && row.releaseAt !== null && row.releaseAt <= now && ready < taking.length,
  };
}

export interface JointReleaseQuery {
  readonly state?: JointReleaseState;
  readonly resourceId?: string;
  readonly cursor?: string;
  readonly limit?: number;
}

export async function listJointReleases(
  reader: Asking,
  { state, resourceId, cursor, limit = 20 }: JointReleaseQuery,
) {
  if (cursor !== undefined && !/^[1-9]\d{0,17}$/.test(cursor)) {
    throw new AppError('invalid', 'sites.cursor-wrong', '翻页位置无效，请从第一页重新开始。');
  }
  const { db, actor } = reader;
  const isOwn = resourceId !== undefined && (await seenAmong(db, actor.scope, [resourceId])).size > 0;
  const rows = await releasesBefore(db, isOwn ? { kind: 'all' } : actor.scope, {
    state,
    resourceId,
    before: cursor,
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const around = await aroundOf(reader, shown);
  return {
    items: shown.map((row) => summaryOf(row, around, reader.now)),
    nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** One of the reader's units, or one that something of theirs waits in: a division may have parted the two. */
export async function findRelease(
  { db, actor }: Pick<Reader, 'db' | 'actor'>,
  id: string,
): Promise<JointReleaseRow | undefined> {
  const own = await releaseInScope(db, actor.scope, id);
  if (own) return own;
  const waiting = (await membersOf(db, [id])).filter((one) => one.waits).map((one) => one.resourceId);
  const seen = await seenAmong(db, actor.scope, waiting);
  return seen.size === 0 ? undefined : releaseInScope(db, { kind: 'all' }, id);
}

export async function getJointRelease(reader: Asking, id: string): Promise<JointRelease> {
  const row = await findRelease(reader, id);
  if (!row) throw releaseNotFound();
  return presentRelease(reader, row);
}

/** As somebody who acted on it sees it, also when nothing of theirs is in it any more. */
export async function presentJointRelease(reader: Asking, id: string): Promise<JointRelease> {
  const row = await releaseInScope(reader.db, { kind: 'all' }, id);
  if (!row) throw releaseNotFound();
  return presentRelease(reader, row);
}

async function presentRelease(reader: Asking, row: JointReleaseRow): Promise<JointRelease> {
  const around = await aroundOf(reader, [row]);
  const members = around.members.get(row.id) ?? [];
  const inOrder = [
    ...members.filter((one) => one.removedAt === null),
    ...members.filter((one) => one.removedAt !== null),
  ];
  const mayPlan = row.state === 'waiting' && canPlanRelease(reader.actor, row.unitId);
  return {
    ...summaryOf(row, around, reader.now),
    list: inOrder.map((one) => {
      const resource = around.resources.get(one.resourceId);
      return {
        resourceId: one.resourceId,
        title: resource?.title ?? null,
        type: resource?.type ?? null,
        stage: resource?.stage ?? null,
        isReady: one.waits && around.ready.has(one.resourceId),
        isOver: one.waits && resource?.stage === 'scheduled' && !around.ready.has(one.resourceId),
        addedByName: one.addedByName,
        addedAt: one.addedAt.toISOString(),
        removedAt: instant(one.removedAt),
        removedByName: one.removedByName,
        removalReason: one.removalReason,
      };
    }),
    actions: mayPlan ? ['change', 'cancel'] : [],
    version: row.version,
  };
}
