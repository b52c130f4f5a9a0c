import { deleteRedirects, lockAddresses, pagesAt } from './page.queries.ts';
import { addressKey } from './plan-batch.ts';
import type { PublishingEngine } from './publishing-engine.ts';
import { claimUnsettled, isAnyUnsettled, markSettled } from './redirect.queries.ts';

const AT_ONCE = 200;

/**
 * Writes the files of some redirects that were brought in, as those of moved pages lie in the store: they lead on
 * also while the database is away. Answers how many were looked at. Where a page stands by now, the redirect ends.
 * Killed in between, it is done again.
 */
export async function settleRedirects({ db, writer, log }: PublishingEngine): Promise<number> {
  if (!(await isAnyUnsettled(db))) return 0;
  return db.transaction().execute(async (trx) => {
    const waiting = await claimUnsettled(trx, AT_ONCE);
    if (waiting.length === 0) return 0;
    // Whoever builds a page at one of these addresses holds its lock until it is recorded.
    const locked = new Set((await lockAddresses(trx, waiting)).map(addressKey));
    const mine = waiting.filter((one) => locked.has(addressKey(one)));
    const taken = new Set((await pagesAt(trx, mine)).map(addressKey));
    await deleteRedirects(
      trx,
      mine.filter((one) => taken.has(addressKey(one))),
    );
    const free = mine.filter((one) => !taken.has(addressKey(one)));
    const troubles = await writer.settle(
      free.map(({ site, path, to }) => ({
        site,
        path,
        state: { outcome: 'moved', bytes: Buffer.from(to) },
        fresh: false,
      })),
      1,
    );
    const trouble = troubles.find((one) => one !== null);
    if (trouble !== undefined) log.warn({ trouble }, 'files of redirects could not be written, trying again');
    const done = free.filter((_, at) => troubles[at] === null);
    await markSettled(trx, done);
    return done.length + taken.size;
  });
}
