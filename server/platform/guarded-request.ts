import { lookup as lookUp } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

import { isPrivateAddress } from './private-address.ts';

/** The host is in an inner network, on this machine or nowhere, and such are not to be asked. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
  readonly host: string;
  constructor(host: string) {
    super(`${host} has a private address`);
    this.host = host;
  }
}

export interface GuardedRequest {
  readonly url: URL;
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
}

/** Names are looked up here, and what they stand for is asked: nothing can change in between. */
function guardedLookup(allowPrivate: boolean): LookupFunction {
  return (hostname, options, done) => {
    lookUp(hostname, { ...options, all: true }, (error, found) => {
      const addresses = Array.isArray(found) ? found : [];
      const isRefused = !allowPrivate && addresses.some(({ address }) => isPrivateAddress(address));
      const trouble = error ?? (isRefused ? new PrivateAddressError(hostname) : null);
      const [first] = addresses;
      if (trouble !== null || first === undefined) done(trouble ?? new Error('no address'), '', 4);
      else if (options.all === true) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

/** Whether a URL names a private address itself, without any lookup. */
export function namesPrivateAddress({ hostname }: URL): boolean {
  const literal = hostname.replace(/^\[|\]$/g, '');
  return isIP(literal) !== 0 && isPrivateAddress(literal);
}

/**
 * Asks somebody outside whose address people typed in. The address that is judged is the address that is connected to;
 * no connection is used twice, so that none that was opened under other rules is. Redirects are not followed.
 */
export function sendGuarded(wanted: GuardedRequest): Promise<IncomingMessage> {
  const { url, method = 'GET', headers, body, allowPrivate, signal } = wanted;
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((done, refuse) => {
    if (!allowPrivate && namesPrivateAddress(url)) {
      refuse(new PrivateAddressError(url.hostname));
      return;
    }
    const lookup = guardedLookup(allowPrivate);
    const asking = request(url, { method, headers, lookup, signal, agent: false }, done);
    asking.on('error', refuse);
    asking.end(body);
  });
}
