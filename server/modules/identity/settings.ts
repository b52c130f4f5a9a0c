import type { Db } from '../../platform/db.ts';
import type { Seal } from '../../platform/sealed-secret.ts';

/** What an operator may set about people and passwords; the numbers come from rules R63. */
export interface IdentitySettings {
  readonly session: { readonly idleMinutes: number; readonly hours: number };
  readonly password: { readonly maximumAgeDays: number; readonly remembered: number };
  readonly lockout: { readonly attempts: number; readonly minutes: number };
  /** Sign-ins one address may try in a minute; a whole office may share one address. */
  readonly signInsPerMinute: number;
  /** Address people type to reach the console; https binds the cookie and the browsers to https. */
  readonly consoleUrl: string | null;
}

export const defaultIdentitySettings: IdentitySettings = {
  session: { idleMinutes: 30, hours: 12 },
  password: { maximumAgeDays: 90, remembered: 5 },
  lockout: { attempts: 5, minutes: 30 },
  signInsPerMinute: 60,
  consoleUrl: null,
};

export function isBehindTls({ consoleUrl }: Pick<IdentitySettings, 'consoleUrl'>): boolean {
  return consoleUrl?.startsWith('https:') ?? false;
}

/** What the module is given by app.ts. */
export interface IdentityParts {
  readonly db: Db;
  readonly settings: IdentitySettings;
  readonly clock: () => Date;
  /** What secrets of one-time codes are kept with. */
  readonly seal: () => Promise<Seal>;
}
