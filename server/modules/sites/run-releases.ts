import { type DueCursor, resourcesDueForRelease } from '../library/index.ts';
import { attempt, type DueRunner, hasFailed, isOfDatabase, isSetAside } from './due-attempt.ts';
import { releaseDueResource, releaseDueResources } from './release-resources.ts';

/**
 * How many go out in one transaction: many enough to share its cost, few enough that nobody waits long for its locks
 * (docs/adr/0062).
 */
export const releasesAtOnce = 200;

/**
 * Releases what is due now, however late it is asked; returns how many went out. When nothing of a group could go out,
 * the next one is taken.
 */
export async function runReleases(runner: DueRunner): Promise<number> {
  const now = runner.clock();
  let done = 0;
  for (let next: WaitingGroup | undefined; done === 0;) {
    next = await nextGroup(runner, now, next?.last);
    if (next.last === undefined) break;
    const isAlone = ({ id, type }: DueRow): boolean => type === 'home' || hasFailed(runner, id);
    done += await releaseGroup(
      runner,
      next.waiting.filter((one) => !isAlone(one)).map((one) => one.id),
    );
    for (const { id } of next.waiting.filter(isAlone)) {
      if (await attempt(runner, id, () => runner.performAsSystem(releaseDueResource, { resourceId: id })))
        done += 1;
    }
  }
  return done;
}

type DueRow = Awaited<ReturnType<typeof resourcesDueForRelease>>[number];

interface WaitingGroup {
  readonly waiting: readonly DueRow[];
  /** Where the next group begins; undefined when nothing is due any more. */
  readonly last: DueCursor | undefined;
}

/** A whole group of those that are not left alone for a while, however many of these stand before and between them. */
async function nextGroup(runner: DueRunner, now: Date, after: DueCursor | undefined): Promise<WaitingGroup> {
  const waiting: DueRow[] = [];
  let last: DueCursor | undefined;
  for (let from = after; waiting.length < releasesAtOnce; from = last) {
    const wanted = releasesAtOnce - waiting.length;
    const due = await resourcesDueForRelease(runner.db, now, wanted, from);
    if (due.length === 0) break;
    last = due.at(-1);
    waiting.push(...due.filter((one) => !isSetAside(runner, one.id)));
    if (due.length < wanted) break;
  }
  return { waiting, last };
}

/** In one transaction; a group in which something fails is halved until that is alone. */
async function releaseGroup(runner: DueRunner, resourceIds: readonly string[]): Promise<number> {
  const release = () => runner.performAsSystem(releaseDueResources, { resourceIds });
  const [first] = resourceIds;
  if (first === undefined) return 0;
  if (resourceIds.length === 1) return (await attempt(runner, first, release))?.length ?? 0;
  try {
    return (await release()).length;
  } catch (error) {
    if (isOfDatabase(error)) throw error;
    runner.log.warn(
      { err: error, resources: resourceIds.length },
      'a group of due releases failed, halving it',
    );
    const middle = Math.ceil(resourceIds.length / 2);
    const half = await releaseGroup(runner, resourceIds.slice(0, middle));
    return half + (await releaseGroup(runner, resourceIds.slice(middle)));
  }
}
