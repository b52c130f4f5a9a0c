import { markForced } from './dirty.queries.ts';
import {
  claimAbandonedIntent,
  deleteSettledIntents,
  isAnyIntent,
  lockAddresses,
  markRecovered,
  pagesAt,
  redirectsAt,
} from './page.queries.ts';
import { addressKey } from './plan-batch.ts';
import type { PublishingEngine } from './publishing-engine.ts';
import type { AddressChange } from './settle-address.ts';

/**
 * Puts one address-list of a killed worker in order: where a page belongs, the page is written again;
 * where none does, what the worker may have put there goes.
 */
async function recoverIntent(engine: PublishingEngine): Promise<boolean> {
  return engine.db.transaction().execute(async (trx) => {
    const intent = await claimAbandonedIntent(trx);
    if (intent === undefined) return false;
    const all = intent.paths.map((path, at) => ({ site: intent.sites[at] ?? '', path }));
    const addresses = [...new Map(all.map((one) => [addressKey(one), one])).values()];
    // Somebody is building there right now: the next round will find the address in another state.
    if ((await lockAddresses(trx, addresses)).length < addresses.length) return false;
    const pages = await pagesAt(trx, addresses);
    const held = new Set(pages.map(addressKey));
    const redirects = new Map((await redirectsAt(trx, addresses)).map((one) => [addressKey(one), one.to]));
    const changes = addresses
      .filter((address) => !held.has(addressKey(address)))
      .map((address): AddressChange => {
        const to = redirects.get(addressKey(address));
        const state =
          to === undefined
            ? { outcome: 'absent' as const }
            : { outcome: 'moved' as const, bytes: Buffer.from(to) };
        return { ...address, state, fresh: false };
      });
    const troubles = await engine.writer.settle(changes, 0);
    const trouble = troubles.find((one) => one !== null);
    if (trouble !== undefined) throw new Error(`cannot put the page store in order: ${trouble}`);
    const keys = [...new Set([...intent.keys, ...pages.map((page) => page.key)])];
    await markForced(trx, keys, 0);
    await markRecovered(trx, intent.id, keys);
    engine.log.warn(
      { intent: intent.id, addresses: addresses.length },
      'an interrupted build was taken back',
    );
    return true;
  });
}

/** Puts in order what killed workers left behind. Answers how many batches there were. */
export async function recoverIntents(engine: PublishingEngine): Promise<number> {
  if (!(await isAnyIntent(engine.db))) return 0;
  await deleteSettledIntents(engine.db);
  let recovered = 0;
  while (await recoverIntent(engine)) recovered += 1;
  return recovered;
}
