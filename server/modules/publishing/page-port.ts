import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { listenOn, type Place } from '../../platform/listen.ts';

/** Milliseconds a client may take. */
export interface Patience {
  /** Until its first request is there. */
  readonly first: number;
  /** Between an answer and its next request. */
  readonly next: number;
  /** Without taking anything of what it asked for. */
  readonly reading: number;
}

export interface PortLimits {
  readonly connections?: number;
  readonly patience?: Patience;
}

export interface PagePort {
  readonly server: Server;
  listen(place: Place): Promise<AddressInfo>;
  /** Takes no new connection, ends those that wait for nothing, and resolves when the last answer is sent. */
  close(): Promise<void>;
}

export const usualPatience: Patience = { first: 10_000, next: 15_000, reading: 60_000 };
const CHECK_EVERY_MS = 5_000;

/** The listening side of the public server, with what it bears from its clients. */
export function createPagePort(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  limits: PortLimits = {},
): PagePort {
  const { first, next, reading } = limits.patience ?? usualPatience;
  const server = createServer(
    {
      maxHeaderSize: 16_384,
      headersTimeout: first,
      requestTimeout: Math.max(first, 60_000),
      keepAliveTimeout: next,
      connectionsCheckingInterval: Math.min(first, CHECK_EVERY_MS),
    },
    handle,
  );
  server.setTimeout(reading);
  if (limits.connections !== undefined) server.maxConnections = limits.connections;
  return {
    server,
    listen: (place) => listenOn(server, place),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
