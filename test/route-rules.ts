import type { PlatformRole, UnitRole } from '../contracts/actor.ts';
import { unitRoles } from '../contracts/actor.ts';
import type { Resource } from '../contracts/library.ts';
import type { Db } from '../server/platform/db.ts';
import type { Seal } from '../server/platform/sealed-secret.ts';
import type { TestAccount } from './factories/identity.ts';
import type { Place, SecretUnit } from './secret-unit.ts';

/*
 * Who may do what to a unit's things, as data. Written from the rules of the house (unit roles reach the own
 * unit and those below; platform roles look but write no content; the auditor sees the record and no unit;
 * what somebody may not know of is not found), not from the code.
 */
export type Who = 'nobody' | `own ${UnitRole}` | `other ${UnitRole}` | 'above' | 'below' | PlatformRole;
export type Outcome = 'allowed' | 'forbidden' | 'hidden' | 'unauthenticated';
export type Rule = Readonly<Partial<Record<Exclude<Outcome, 'unauthenticated'>, readonly Who[]>>>;

const own = unitRoles.map((role): Who => `own ${role}`);
const other = unitRoles.map((role): Who => `other ${role}`);
/** `above` and `below` hold every unit role in the unit above or below. */
export const insiders: readonly Who[] = [...own, 'above'];
export const overseers: readonly Who[] = ['operator', 'supervisor', 'system-admin', 'security-admin'];
export const outsiders: readonly Who[] = [...other, 'below', 'audit-admin'];
export const signedIn: readonly Who[] = [...insiders, ...overseers, ...outsiders];
export const everybody: readonly Who[] = ['nobody', ...signedIn];

export const anybody: Rule = { allowed: signedIn };
export const readers: Rule = { allowed: [...insiders, ...overseers], hidden: outsiders };
/** Insiders with one of the roles; the rest of those who see it are told that they may not. */
export function insidersAs(...roles: readonly UnitRole[]): Rule {
  const allowed: readonly Who[] = [...roles.map((role): Who => `own ${role}`), 'above'];
  const forbidden = [...insiders, ...overseers].filter((who) => !allowed.includes(who));
  return { allowed, forbidden, hidden: outsiders };
}
/** As before, and this overseer too. */
export function insidersAnd(overseer: Who, ...roles: readonly UnitRole[]): Rule {
  const { allowed = [], forbidden = [], hidden = [] } = insidersAs(...roles);
  return { allowed: [...allowed, overseer], forbidden: forbidden.filter((who) => who !== overseer), hidden };
}
/** Only these, whatever it is about: everybody else is refused before anything is looked up. */
export function only(...allowed: readonly Who[]): Rule {
  return { allowed, forbidden: signedIn.filter((who) => !allowed.includes(who)) };
}

export interface Ask {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly payload?: object | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface World {
  readonly db: Db;
  readonly secret: SecretUnit;
  readonly draft: Resource;
  readonly inReview: Resource;
  readonly scheduled: Resource;
  readonly live: Resource;
  readonly withdrawn: Resource;
  readonly discarded: Resource;
  readonly reviewId: string;
  readonly correctionId: string;
  readonly assetId: string;
  /** A column of the portal, whose unit has nothing else. */
  readonly portalColumnId: string;
  /** What keys of other platforms are sealed with. */
  readonly seal: () => Promise<Seal>;
  /** Where packages that were asked for lie. */
  readonly exportsDirectory: string;
  readonly platformAccount: () => Promise<TestAccount>;
  /** What the clock of the program says, which may stand. */
  readonly now: () => Date;
  /** The asking person's own account, unit and column. */
  readonly mine: (who: Who) => { readonly account: TestAccount; readonly place: Place };
}

export interface Attempt {
  /** `<module>.<name>` of the contract. */
  readonly endpoint: string;
  readonly what: string;
  readonly rule: Rule;
  /** Once for all who are refused; anew for everybody who is allowed. */
  readonly ask: (world: World, who: Who) => Ask | Promise<Ask>;
  /** Uses up the session or the password: somebody with the same role in the same unit asks instead. */
  readonly spends?: true;
  /** Outsiders to whom the answer may name the unit. */
  readonly shownTo?: readonly Who[];
}

export const nothing = (): Ask => ({});
export const on = (id: string): Ask => ({ params: { id } });
const stages = ['draft', 'inReview', 'scheduled', 'live', 'withdrawn', 'discarded'] as const;

export function readAtEveryStage(endpoint: string, more: Ask['params'] = {}): readonly Attempt[] {
  return stages.map((stage) => ({
    endpoint,
    what: `of the unit, ${stage}`,
    rule: readers,
    ask: (world) => ({ params: { id: world[stage].id, ...more } }),
  }));
}

export const versioned = async (made: Promise<Resource>, more: object = {}): Promise<Ask> => {
  const { id, version } = await made;
  return { params: { id }, payload: { expectedVersion: version, ...more } };
};

/** What the table expects for somebody. */
export function expectedOf(rule: Rule, who: Who): Outcome | 'not in the table' {
  const named = (['allowed', 'forbidden', 'hidden'] as const).filter((outcome) =>
    rule[outcome]?.includes(who),
  );
  if (named.length === 0 && who === 'nobody') return 'unauthenticated';
  return named.length === 1 ? (named[0] ?? 'not in the table') : 'not in the table';
}
