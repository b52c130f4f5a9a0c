import type { Db } from '../../platform/db.ts';
import { digestOf } from './page-forms.ts';
import { validForms } from './page.queries.ts';
import type { ClaimedPage, IntendedForm, Outcome, PageRow } from './page.types.ts';
import { mainFileOf } from './page-path.ts';
import type { PageInHand } from './plan-batch.ts';
import type { PublishingEngine } from './publishing-engine.ts';
import type { AddressChange, AddressState } from './settle-address.ts';

/** A page that stays as it is, with what must be written so that it is whole. */
interface KeptPage {
  readonly claim: ClaimedPage;
  readonly row: PageRow;
  readonly state: AddressState;
}

export interface KeptPages {
  readonly claims: readonly ClaimedPage[];
  readonly changes: readonly AddressChange[];
  readonly intended: readonly IntendedForm[];
  readonly upserts: readonly PageRow[];
}

function stateOf(outcome: Outcome, mediaType: string, bytes: Uint8Array): AddressState | undefined {
  switch (outcome) {
    case 'page':
      return { outcome, mediaType, bytes };
    case 'gone':
    case 'moved':
      return { outcome, bytes };
    case 'file':
      return undefined;
  }
}

/** The first of the forms that may stand at the page's address and does: its last one, or the one it was being given. */
async function findStanding(
  engine: PublishingEngine,
  trx: Db,
  claim: ClaimedPage,
  stored: PageRow,
): Promise<KeptPage | undefined> {
  if (stored.outcome === 'file') {
    const { mediaType, digest } = stored;
    return {
      claim,
      row: stored,
      state: { outcome: 'file', mediaType, source: engine.assetPath(digest), digest },
    };
  }
  for (const form of [stored, ...(await validForms(trx, [stored]))]) {
    const bytes = await engine.store.read(stored.site, mainFileOf(stored.path, form.outcome));
    if (bytes === undefined || digestOf(bytes) !== form.digest) continue;
    const state = stateOf(form.outcome, form.mediaType, bytes);
    if (state === undefined) continue;
    const { outcome, mediaType, digest } = form;
    return { claim, row: { ...stored, outcome, mediaType, digest, size: bytes.length }, state };
  }
  return undefined;
}

/**
 * A page that cannot be built now keeps standing as it last was. When a worker was killed while it replaced
 * such a page, half of it may be the next version: what stands there is then made whole from its own bytes.
 */
export async function keepWhole(
  engine: PublishingEngine,
  trx: Db,
  failing: readonly PageInHand[],
): Promise<KeptPages> {
  const kept: KeptPage[] = [];
  for (const { claim, stored } of failing) {
    if (!claim.forced || stored === undefined) continue;
    const standing = await findStanding(engine, trx, claim, stored);
    if (standing) kept.push(standing);
  }
  return {
    claims: kept.map((page) => page.claim),
    changes: kept.map(({ row, state }) => ({ site: row.site, path: row.path, state, fresh: false })),
    intended: kept.map(({ row }) => row),
    upserts: kept.map(({ row }) => row),
  };
}
