import { markForced } from './dirty.queries.ts';
import { addressesInHand } from './page.queries.ts';
import { mainFileOf } from './page-path.ts';
import { addressKey } from './plan-batch.ts';
import type { PublishingEngine } from './publishing-engine.ts';
import { completeReceipts, giveReceipt, pagesOfReceipt, type ReceiptPage } from './receipt.queries.ts';

async function unlikeRecord(
  engine: PublishingEngine,
  pages: readonly ReceiptPage[],
): Promise<readonly ReceiptPage[]> {
  const unlike: ReceiptPage[] = [];
  for (const page of pages) {
    const digest = await engine.store.digest(page.site, mainFileOf(page.path, page.outcome));
    if (digest !== page.digest) unlike.push(page);
  }
  return unlike;
}

/**
 * Gives a receipt for each act whose pages were all recorded, when every file is found on the disk with the recorded
 * digest. A page that is just being replaced is looked at again later; any other that differs is written again.
 */
export async function confirmReceipts(engine: PublishingEngine): Promise<void> {
  for (const id of await completeReceipts(engine.db)) {
    const pages = await pagesOfReceipt(engine.db, id);
    const unlike = await unlikeRecord(engine, pages);
    if (unlike.length === 0) {
      const sites = new Set(pages.map((page) => page.site)).size;
      await giveReceipt(engine.db, id, { pages: pages.length, sites });
      continue;
    }
    const inHand = new Set((await addressesInHand(engine.db, unlike)).map(addressKey));
    const damaged = unlike.filter((page) => !inHand.has(addressKey(page)));
    if (damaged.length === 0) continue;
    engine.log.warn(
      { receipt: id, pages: damaged.length },
      'published pages are not in the store as recorded',
    );
    await markForced(
      engine.db,
      damaged.map((page) => page.key),
      0,
    );
  }
}
