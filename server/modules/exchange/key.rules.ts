import type { KeyState } from '../../../contracts/exchange.ts';

export interface KeyLife {
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

export function keyStateOf(key: KeyLife, now: Date): KeyState {
  if (key.revokedAt !== null) return 'revoked';
  return key.expiresAt !== null && key.expiresAt <= now ? 'expired' : 'active';
}

export interface Pace {
  readonly minuteUsed: number;
  readonly dayUsed: number;
}

export interface Quota {
  readonly perMinute: number;
  readonly perDay: number;
}

/** Which limit a request, already counted, went over. */
export function limitExceeded(used: Pace, quota: Quota): 'minute' | 'day' | null {
  if (used.dayUsed > quota.perDay) return 'day';
  return used.minuteUsed > quota.perMinute ? 'minute' : null;
}
