import { defineCommand } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { readyAmong, readyTogether } from '../library/index.ts';
import { closeRelease, membersOf, releaseForUpdate, releasesDue } from './joint-release.queries.ts';
import { releaseResources } from './release-resources.ts';

const pageSize = 500;

/** Joint releases whose hour has come and whose members can all go out; those that wait for somebody are passed by. */
export async function readyReleases(db: Db, now: Date): Promise<readonly string[]> {
  const ready: string[] = [];
  for (let after = '0'; ;) {
    const due = await releasesDue(db, now, after, pageSize);
    const fit = await readyAmong(
      db,
      due.flatMap((one) => one.resourceIds),
      now,
    );
    ready.push(...due.filter((one) => one.resourceIds.every((id) => fit.has(id))).map((one) => one.id));
    const last = due.at(-1);
    if (!last || due.length < pageSize) return ready;
    after = last.id;
  }
}

/**
 * All members go out in one instant, or none: asked again under the locks, because plans change and works are
 * withdrawn. False when it does not hold any more. The first member, which the others belong to, ends uppermost.
 */
export const releaseTogether = defineCommand(
  'sites.release-together',
  (input: { readonly releaseId: string }, released: readonly string[] | undefined) => [
    { kind: 'joint-release', id: input.releaseId },
    ...(released ?? []).map((id) => ({ kind: 'resource', id, details: { jointReleaseId: input.releaseId } })),
  ],
  async (ctx, { releaseId }): Promise<readonly string[]> => {
    const release = await releaseForUpdate(ctx.db, releaseId);
    if (release?.state !== 'waiting' || (release.releaseAt !== null && release.releaseAt > ctx.now))
      return [];
    const ids = (await membersOf(ctx.db, [releaseId]))
      .filter((one) => one.waits)
      .map((one) => one.resourceId);
    const rows = new Map((await readyTogether(ctx, ids))?.map((row) => [row.id, row]));
    if (rows.size === 0) return [];
    await releaseResources(
      ctx,
      ids.toReversed().flatMap((id) => rows.get(id) ?? []),
    );
    await closeRelease(ctx.db, releaseId, null, { byName: ctx.actor.name, at: ctx.now });
    return ids;
  },
);
