import type { WebhookState } from '../../../contracts/webhook.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Of the Standard Webhooks specification: what is waited after the first failed try, the second … */
const delays = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;
/** So many failed tries of a message hold back what comes after it; then it steps aside. */
const triesInLine = 3;
/** After a message stepped aside, the next one is tried. */
const probeAfter = 5 * second;
/** So many failures in a row are trouble of the receiver, not of a message. */
const outageFailures = 5;
const longestWait = day;
/** A receiver that took nothing for so long is not asked any more until somebody has looked. */
const patience = 3 * day;
const jitter = 0.1;

export interface FailedTry {
  /** Of the message, with this one. */
  readonly tries: number;
  readonly now: Date;
  /** What the receiver asks for, in milliseconds. */
  readonly retryAfter: number | null;
  /** When the first failure in a row was. */
  readonly failingSince: Date;
  /** From 0 to 1. */
  readonly chance: number;
}

export interface AfterFailure {
  /** When the message is tried again; null: it is given up. */
  readonly dueAt: Date | null;
  /** Before that, nothing is sent to the endpoint. */
  readonly heldUntil: Date;
  readonly isHopeless: boolean;
}

const later = (now: Date, milliseconds: number): Date => new Date(now.getTime() + Math.round(milliseconds));

export function afterFailure({ tries, now, retryAfter, failingSince, chance }: FailedTry): AfterFailure {
  const asked = Math.min(retryAfter ?? 0, longestWait);
  const delay = delays[tries - 1];
  const spread = 1 - jitter + 2 * jitter * chance;
  const wait = delay === undefined ? null : Math.max(delay * spread, asked);
  const inLine = wait !== null && tries < triesInLine ? wait : probeAfter;
  return {
    dueAt: wait === null ? null : later(now, wait),
    heldUntil: later(now, Math.max(inLine, asked)),
    isHopeless: now.getTime() - failingSince.getTime() >= patience,
  };
}

/** Whether a success ends trouble of the receiver: then everything that stepped aside is sent at once, in order. */
export const endsOutage = (failures: number): boolean => failures >= outageFailures;

/** Milliseconds that an answer asks to wait (RFC 9110: seconds or a date). */
export function readRetryAfter(header: string | undefined, now: Date): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * second;
  const at = /^\w{3}, \d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

export interface EndpointLife {
  readonly pausedAt: Date | null;
  readonly failures: number;
}

export function webhookStateOf({ pausedAt, failures }: EndpointLife): WebhookState {
  if (pausedAt !== null) return 'paused';
  return failures > 0 ? 'failing' : 'active';
}
