/** Wakes those who wait for work. A ring that somebody misses while at work is heard at the next wait. */
export interface Bell {
  ring(): void;
  /** Somebody's own ear: waits for the next ring that it has not heard, at most so long. */
  readonly createEar: () => (milliseconds: number) => Promise<void>;
}

export function createBell(): Bell {
  let rings = 0;
  const waiting = new Set<() => void>();

  const wait = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      waiting.add(end);
    });

  return {
    ring() {
      rings += 1;
      for (const end of [...waiting]) end();
    },
    createEar() {
      let known = 0;
      return async (milliseconds) => {
        if (known === rings) await wait(milliseconds);
        known = rings;
      };
    },
  };
}
