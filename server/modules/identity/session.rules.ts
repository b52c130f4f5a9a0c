/** How often the last request of a session is noted; an idle time-out can come this much early, never late. */
const noteEvery = 60_000;

interface Times {
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

export function isSessionOver(session: Times, now: Date, idleMinutes: number): boolean {
  return now >= session.expiresAt || now.getTime() - session.lastSeenAt.getTime() >= idleMinutes * 60_000;
}

export function shouldNoteRequest(session: Times, now: Date): boolean {
  return now.getTime() - session.lastSeenAt.getTime() >= noteEvery;
}

/** A given password must be replaced at once, an own one when it is too old. */
export function isPasswordDue(
  account: { readonly mustChangePassword: boolean; readonly passwordChangedAt: Date },
  now: Date,
  maximumAgeDays: number,
): boolean {
  return (
    account.mustChangePassword ||
    now.getTime() - account.passwordChangedAt.getTime() >= maximumAgeDays * 86_400_000
  );
}

export interface Origin {
  readonly fetchSite: string | undefined;
  readonly origin: string | undefined;
  readonly host: string;
  readonly consoleUrl: string | null;
}

/**
 * Whether a browser says that another site sent the request. The public sites may live on the same
 * registrable domain, so "same-site" is foreign too. A program that is no browser says nothing and carries
 * nobody's cookie by accident.
 */
export function isCrossSite(request: Origin): boolean {
  if (request.fetchSite !== undefined) {
    return request.fetchSite !== 'same-origin' && request.fetchSite !== 'none';
  }
  if (request.origin === undefined) return false;
  if (!URL.canParse(request.origin)) return true;
  const { host, origin } = new URL(request.origin);
  return host !== request.host && origin !== request.consoleUrl;
}
