import type { Ctx } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { endpointById, endpointForUpdate, type EndpointRow } from './endpoint.queries.ts';
import type { MessageRow } from './message.queries.ts';

function known(endpoint: EndpointRow | undefined): EndpointRow {
  if (endpoint) return endpoint;
  throw new AppError('not-found', 'webhook.endpoint-not-found', '没有这个推送地址。');
}

export async function requireEndpoint(db: Db, id: string): Promise<EndpointRow> {
  return known(await endpointById(db, id));
}

/** In the state in which the operator saw it, or, without a version, as it is. */
export async function lockEndpoint(ctx: Ctx, id: string, expectedVersion?: number): Promise<EndpointRow> {
  const endpoint = known(await endpointForUpdate(ctx.db, id));
  if (expectedVersion !== undefined && endpoint.version !== expectedVersion) {
    throw new AppError('conflict', 'webhook.endpoint-changed', '推送地址刚被别人修改过，请核对最新内容。');
  }
  return endpoint;
}

export function requireMessage(message: MessageRow | undefined): MessageRow {
  if (message) return message;
  throw new AppError('not-found', 'webhook.message-not-found', '没有这条推送，可能已过保存期。');
}
