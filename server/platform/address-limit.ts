import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';

export interface AddressLimitOptions {
  /** Acts a second that one address may do in the long run; 0 sets no limit. */
  readonly rate: number;
  /** Acts that it may do at once after a pause. */
  readonly burst: number;
  /** Addresses that are remembered; when more come, the ones that did nothing for longest are forgotten. */
  readonly most?: number;
}

/** True when the address may act now; `now` in milliseconds. */
export type AddressLimit = (address: string, now: number) => boolean;

interface Bucket {
  left: number;
  at: number;
}

const MOST = 20_000;
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

/** Where a request comes from: the last address that the proxy in front has written, when one is trusted. */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const direct = request.socket.remoteAddress ?? '';
  if (!trustProxy) return direct;
  const stated = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim() ?? '';
  return isIPv4(stated) || isIPv6(stated) ? stated : direct;
}

/** A bucket of acts for each address, filled at a steady rate. */
export function createAddressLimit({ rate, burst, most = MOST }: AddressLimitOptions): AddressLimit {
  const buckets = new Map<string, Bucket>();
  return (address, now) => {
    if (rate === 0) return true;
    const who = subscriberOf(address);
    const bucket = buckets.get(who) ?? { left: burst, at: now };
    // The order of the map is the order of the last acts.
    buckets.delete(who);
    buckets.set(who, bucket);
    const oldest = buckets.size > most ? buckets.keys().next().value : undefined;
    if (oldest !== undefined) buckets.delete(oldest);
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) * rate) / 1_000);
    bucket.at = now;
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  };
}
