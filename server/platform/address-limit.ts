import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';

import { createTokenBucket } from './token-bucket.ts';

export interface AddressLimitOptions {
  /** Acts a second that one address may do in the long run; 0 sets no limit. */
  readonly rate: number;
  /** Acts that it may do at once after a pause. */
  readonly burst: number;
  /** Addresses that are remembered; when more come, the ones that did nothing for longest are forgotten. */
  readonly most?: number;
}

type RequestOrigin = Pick<IncomingMessage, 'headers' | 'socket'>;

/** True when the address may act now; `now` in milliseconds. */
export type AddressLimit = (address: string, now: number) => boolean;

const IPV4_INSIDE = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

function groupsOf(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  if (tail === undefined) return before;
  const after = tail === '' ? [] : tail.split(':');
  return [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
}

/** Who is counted as one: an IPv4 address, or the /64 network that one subscriber has of IPv6. */
export function subscriberOf(address: string): string {
  const [plain = ''] = address.split('%');
  const inside = IPV4_INSIDE.exec(plain)?.[1];
  if (inside !== undefined) return inside;
  if (!isIPv6(plain)) return plain;
  const network = groupsOf(plain).slice(0, 4);
  return `${network.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}

/** Who is counted as one sender of a request: the subscriber of the address that it comes from. */
export function senderOf(request: RequestOrigin, trustProxy: boolean): string {
  return subscriberOf(addressOf(request, trustProxy)) || 'unknown';
}

/** Where a request comes from: the last address that the proxy in front has written, when one is trusted. */
export function addressOf(request: RequestOrigin, trustProxy: boolean): string {
  const direct = request.socket.remoteAddress ?? '';
  if (!trustProxy) return direct;
  const stated = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim() ?? '';
  return isIPv4(stated) || isIPv6(stated) ? stated : direct;
}

/** A bucket of acts for each subscriber, filled at a steady rate. */
export function createAddressLimit({ rate, burst, most }: AddressLimitOptions): AddressLimit {
  if (rate === 0) return () => true;
  const bucket = createTokenBucket({ burst, every: 1_000 / rate, ...(most && { remembered: most }) });
  return (address, now) => bucket.take(subscriberOf(address), now);
}
