/** Counts sign-ins by address within one process: a brake beside the lock-out, not the lock itself. */
export interface SignInLimiter {
  /** False when the address has used up its minute. */
  readonly admit: (address: string, now: Date) => boolean;
}

const minute = 60_000;
const most = 10_000;

export function createSignInLimiter(perMinute: number): SignInLimiter {
  let startedAt = 0;
  let counts = new Map<string, number>();
  return {
    admit: (address, now) => {
      if (Math.abs(now.getTime() - startedAt) >= minute || counts.size > most) {
        startedAt = now.getTime();
        counts = new Map();
      }
      const count = (counts.get(address) ?? 0) + 1;
      counts.set(address, count);
      return count <= perMinute;
    },
  };
}
