import { setTimeout as sleep } from 'node:timers/promises';

import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded-postgres.ts';

const firstPause = 100;
const longestPause = 5_000;

/**
 * Starts the embedded PostgreSQL, and starts it again on the same port whenever it ends without being told to: who
 * holds its address finds it there again.
 */
export async function keepEmbeddedPostgres(
  options: Omit<EmbeddedPostgresOptions, 'onExit'>,
): Promise<EmbeddedPostgres> {
  const stopping = new AbortController();
  let restarting: Promise<void> | undefined;
  const onExit = (): void => {
    if (!stopping.signal.aborted) restarting ??= restart().finally(() => (restarting = undefined));
  };
  let server = await startEmbeddedPostgres({ ...options, onExit });
  const { url, port, attached } = server;

  const startOnSamePort = async (): Promise<boolean> => {
    const next = await startEmbeddedPostgres({ ...options, port, onExit });
    if (next.port === port) {
      server = next;
      return true;
    }
    await next.stop();
    throw new Error(`port ${String(port)} of the database is in use`);
  };
  async function restart(): Promise<void> {
    options.log.info({ port }, 'the database ended unexpectedly and is started again');
    for (let pause = firstPause; !stopping.signal.aborted; pause = Math.min(pause * 2, longestPause)) {
      try {
        if (await startOnSamePort()) return;
      } catch (error) {
        options.log.info({ err: error }, 'the database could not be started, trying again');
      }
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  return {
    url,
    port,
    attached,
    async stop() {
      stopping.abort();
      await restarting;
      await server.stop();
    },
  };
}
