import type { Role } from '../../../contracts/actor.ts';
import type { Account } from '../../../contracts/identity.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { requireAccountReader } from './account.policy.ts';
import { accountsInScope } from './account.queries.ts';
import { requireUnitInScope } from './scope.ts';

export interface AccountsWanted {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  readonly unitId?: string | undefined;
  readonly role?: Role | undefined;
  readonly q?: string | undefined;
}

export interface AccountPage {
  readonly items: Account[];
  readonly nextCursor: string | null;
}

export async function listAccounts({ db, actor, now }: Reader, wanted: AccountsWanted): Promise<AccountPage> {
  requireAccountReader(actor);
  if (wanted.unitId !== undefined) requireUnitInScope(actor, wanted.unitId);
  const limit = wanted.limit ?? 20;
  const found = await accountsInScope(db, actor.scope, {
    unitId: wanted.unitId,
    role: wanted.role,
    text: wanted.q,
    afterLogin: loginIn(wanted.cursor),
    limit: limit + 1,
    now,
  });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const more = found.length > limit && last !== undefined;
  return { items, nextCursor: more ? Buffer.from(last.login).toString('base64url') : null };
}

function loginIn(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const login = Buffer.from(cursor, 'base64url').toString();
  if (/^[a-z][a-z0-9.-]{1,39}$/.test(login)) return login;
  throw new AppError('invalid', 'identity.cursor-wrong', '翻页位置无效，请从第一页开始。');
}
