import type { Db } from '../../platform/db.ts';
import { viewOf } from '../exchange/index.ts';
import { changesAfter, feedHead } from '../library/index.ts';
import { endDeadAgain, endpointsBehind, movePosition } from './delivery.queries.ts';
import { type EndpointRow, endpointForUpdate } from './endpoint.queries.ts';
import { countWaiting, insertMessages, sendDeadAgain } from './message.queries.ts';

/** So many messages of an endpoint wait at once: whoever is told everything from the beginning is told it bit by bit. */
export const mostWaiting = 500;
/** Positions that are looked through at once, for an endpoint that few of them concern. */
const positionsAtOnce = 5_000;

/** Lays out changes of the feed as messages of the endpoints that may see them. Says for how many there is more to do. */
export async function layOutChanges(db: Db, now: Date): Promise<number> {
  const head = await feedHead(db);
  let unfinished = 0;
  for (const { id } of await endpointsBehind(db, head)) {
    if (await layOutSome(db, id, { head: BigInt(head), now })) unfinished += 1;
  }
  return unfinished;
}

/** Messages and position change together: a change is laid out once, whoever is killed in between. */
function layOutSome(
  db: Db,
  endpointId: string,
  { head, now }: { readonly head: bigint; readonly now: Date },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const endpoint = await endpointForUpdate(trx, endpointId);
    if (endpoint?.pausedAt !== null) return false;
    const free = mostWaiting - (await countWaiting(trx, endpointId, mostWaiting));
    const room = free - (await resendDead(trx, endpoint, free, now));
    if (room <= 0) return false;
    const start = BigInt(endpoint.position);
    const reach = start + BigInt(positionsAtOnce);
    const upTo = reach < head ? reach : head;
    const view = await viewOf(trx, { ...endpoint, fullText: false });
    const rows = await changesAfter(trx, {
      after: String(start),
      upTo: String(upTo),
      view: view.ever,
      limit: room,
    });
    const end = rows.length === room ? BigInt(rows.at(-1)?.position ?? upTo) : upTo;
    await insertMessages(trx, endpointId, rows, now);
    await movePosition(trx, endpointId, String(end));
    return rows.length < room && end < head;
  });
}

/** Dead letters that somebody wants sent again come before new changes: they are older. Says how many there was room for. */
async function resendDead(
  db: Db,
  { id, deadAgainUntil }: EndpointRow,
  limit: number,
  now: Date,
): Promise<number> {
  if (deadAgainUntil === null || limit <= 0) return 0;
  const resent = await sendDeadAgain(db, { endpointId: id, until: deadAgainUntil, limit }, now);
  if (resent < limit) await endDeadAgain(db, id);
  return resent;
}
