import type { WebhookEventType } from '../../../contracts/webhook.ts';
import type { Db } from '../../platform/db.ts';
import { presentChanges, viewOf } from '../exchange/index.ts';
import { changesAfter, kindBefore } from '../library/index.ts';
import type { EndpointRow } from './endpoint.queries.ts';
import type { MessageRow } from './message.queries.ts';
import { messageIdOf } from './sign-message.ts';

export interface Composed {
  readonly id: string;
  readonly type: WebhookEventType;
  readonly body: string;
}

function compose(endpoint: EndpointRow, type: WebhookEventType, timestamp: Date, data: object): Composed {
  const body = JSON.stringify({ type, timestamp: timestamp.toISOString(), data });
  return { id: messageIdOf(endpoint.id, body), type, body };
}

/**
 * What a message says now. It is made for every request anew, so that neither a late try nor a replay tells what the
 * endpoint may not see any more; undefined: it may be told nothing of it.
 */
export async function composeMessage(
  db: Db,
  endpoint: EndpointRow,
  message: MessageRow,
  exchangeUrl: string | null,
): Promise<Composed | undefined> {
  const { position } = message;
  if (position === null) {
    return compose(endpoint, 'webhook.ping', message.createdAt, { id: message.id });
  }
  const view = await viewOf(db, { ...endpoint, fullText: false });
  const after = String(BigInt(position) - 1n);
  const rows = await changesAfter(db, { after, upTo: position, view: view.ever, limit: 1 });
  const [change] = await presentChanges(db, view, rows);
  if (!change) return undefined;
  const before = await kindBefore(db, change.id, position);
  const isNew = change.kind === 'released' && (before === undefined || isEnd(before));
  const type = change.deleted ? 'resource.withdrawn' : isNew ? 'resource.published' : 'resource.updated';
  return compose(endpoint, type, new Date(change.at), {
    id: change.id,
    kind: change.kind,
    revision: change.revision,
    digest: change.digest,
    mark: change.mark,
    cursor: change.cursor,
    url: `${exchangeUrl ?? ''}/v1/resources/${change.id}`,
  });
}

const isEnd = (kind: string): boolean => kind === 'withdrawn' || kind === 'expired';
