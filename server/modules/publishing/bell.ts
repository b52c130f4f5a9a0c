import { setTimeout as sleep } from 'node:timers/promises';

/** Wakes those who wait for work. A ring that somebody misses while at work is heard at the next wait. */
export interface Bell {
  ring(): void;
  /** Somebody's own ear: waits for the next ring that it has not heard, at most so long. */
  readonly createEar: () => (milliseconds: number) => Promise<void>;
}

export function createBell(): Bell {
  let rings = 0;
  let heard = Promise.withResolvers<undefined>();
  return {
    ring() {
      rings += 1;
      heard.resolve(undefined);
      heard = Promise.withResolvers();
    },
    createEar() {
      let known = 0;
      return async (milliseconds) => {
        if (known === rings) {
          const timer = new AbortController();
          await Promise.race([
            heard.promise,
            sleep(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined),
          ]);
          timer.abort();
        }
        known = rings;
      };
    },
  };
}
