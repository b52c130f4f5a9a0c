import { openRequestDb, type Parts } from './app.ts';
import {
  createKeyDoor,
  mountExchange,
  type OpenExchangeParts,
  prepareExchange,
} from './modules/exchange/index.ts';
import { openSearchIndex, type SearchIndex } from './modules/search/index.ts';
import { addressOf, createAddressLimit } from './platform/address-limit.ts';
import type { Timeouts } from './platform/db.ts';
import { createHttp, createMount, type Http } from './platform/http.ts';
import { programVersion } from './platform/program.ts';

/** Requests a second from one address, before anybody looks at its key. */
const addressRate = 50;
/** A question that takes longer is too wide: whoever asks it must not hold up the others. */
const exchangeTimeouts: Timeouts = { statement: 10_000, lock: 5_000, idleInTransaction: 20_000 };

export interface ExchangeWishes {
  /** The address others reach the exchange by, when a proxy stands in front. */
  readonly url: string | null;
}

/** Everything the exchange port answers: what is published, for other systems with a key. */
export function createExchange(parts: Parts, { url }: ExchangeWishes): Http {
  const { options } = parts;
  const { log, clock } = options;
  const db = openRequestDb({ ...options, timeouts: options.timeouts ?? exchangeTimeouts }, 'jiyue-exchange');
  const trustProxy = options.trustProxy ?? false;
  const app = createHttp({
    log,
    checkResponses: options.checkResponses ?? false,
    trustProxy,
    behindTls: url?.startsWith('https:') ?? false,
  });
  const mayAct = createAddressLimit({ rate: addressRate, burst: addressRate * 2 });
  const door = createKeyDoor({
    db,
    clock,
    mayAsk: (request) => mayAct(addressOf(request.raw, trustProxy), performance.now()),
  });
  let index: SearchIndex | undefined;
  const open: OpenExchangeParts = {
    db,
    door,
    clock,
    base: options.base,
    assets: parts.assets,
    // Its dictionary takes memory that most exchanges never need.
    index: () => (index ??= openSearchIndex({ directory: parts.searchDirectory, log })),
    log,
    version: programVersion,
    url,
  };
  prepareExchange(app, open);
  mountExchange(createMount(app, door.authenticate, options.checkResponses ?? false), open);
  app.addHook('onClose', async () => {
    await index?.close();
    await db.destroy();
  });
  return app;
}
