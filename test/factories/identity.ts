import { randomBytes } from 'node:crypto';

import type { Actor, Role } from '../../contracts/actor.ts';
import type { Session, UnitKind } from '../../contracts/identity.ts';
import { getActor } from '../../server/modules/identity/index.ts';
import type { Db } from '../../server/platform/db.ts';
import type { Http } from '../../server/platform/http.ts';

/** The password of every account made here; its hash is written down and cheap to verify, so that a test waits for none. */
export const testPassword = 'Jiyue-Test-2026';
const testPasswordHash =
  '$argon2id$v=19$m=8,t=1,p=1$LgnUv/Hd+WpPr06Q7HWX0A$wWQPP/eoUwUypYNW+qsKPAQg6KSdHoo9MF1FdJsODxE';

export interface TestUnit {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly organisationCode: string;
}

function aCode(): string {
  return randomBytes(5).toString('hex').slice(0, 9).toUpperCase();
}

/** A unit of its own; with `parent` below that one. */
export async function aUnit(
  db: Db,
  wishes: {
    parent?: { readonly id: string };
    name?: string;
    organisationCode?: string;
    kind?: UnitKind;
  } = {},
): Promise<TestUnit> {
  const organisationCode = wishes.organisationCode ?? aCode();
  const name = wishes.name ?? `测试单位${organisationCode}`;
  const parentId = wishes.parent?.id ?? null;
  const row = await db
    .insertInto('identity.unit')
    .values({
      parent_id: parentId,
      name,
      short_name: name.slice(0, 20),
      organisation_code: organisationCode,
      kind: wishes.kind ?? (parentId === null ? 'department' : 'section'),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('identity.unit_ancestor')
    .columns(['unit_id', 'ancestor_id'])
    .expression((eb) =>
      eb
        .selectFrom('identity.unit_ancestor')
        .select([eb.val(row.id).$castTo<string>().as('unit_id'), 'ancestor_id'])
        .where('unit_id', '=', parentId ?? '0'),
    )
    .execute();
  await db.insertInto('identity.unit_ancestor').values({ unit_id: row.id, ancestor_id: row.id }).execute();
  return { id: row.id, parentId, name, organisationCode };
}

export interface TestAccount {
  readonly id: string;
  readonly login: string;
  readonly realName: string;
  readonly unitId: string;
  readonly roles: readonly Role[];
  readonly password: string;
  readonly actor: Actor;
}

export interface AccountWishes {
  /** A new unit when absent. */
  readonly unit?: { readonly id: string };
  readonly roles: readonly Role[];
  readonly login?: string;
  readonly realName?: string;
  readonly mustChangePassword?: boolean;
  readonly passwordChangedAt?: Date;
}

/** A person who has changed the first password already. */
export async function anAccount(db: Db, wishes: AccountWishes): Promise<TestAccount> {
  const unit = wishes.unit ?? (await aUnit(db));
  const login = wishes.login ?? `t${randomBytes(6).toString('hex')}`;
  const realName = wishes.realName ?? `测试员${login.slice(1, 5)}`;
  const row = await db
    .insertInto('identity.account')
    .values({
      unit_id: unit.id,
      login,
      real_name: realName,
      password_hash: testPasswordHash,
      password_changed_at: wishes.passwordChangedAt ?? new Date(),
      must_change_password: wishes.mustChangePassword ?? false,
      created_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('identity.account_role')
    .values(wishes.roles.map((role) => ({ account_id: row.id, role })))
    .execute();
  const actor = await getActor(db, row.id);
  return { id: row.id, login, realName, unitId: unit.id, roles: wishes.roles, password: testPassword, actor };
}

/** Headers of a signed-in request, ready for `app.inject({ headers })`. */
export interface SignedInHeaders {
  readonly cookie: string;
  readonly 'x-csrf-token': string;
}

/** Signs in through the real route. */
export async function signIn(
  app: Http,
  account: { readonly login: string; readonly password: string },
): Promise<SignedInHeaders & Record<string, string>> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login: account.login, password: account.password },
  });
  if (answer.statusCode !== 201) throw new Error(`sign-in of ${account.login} failed: ${answer.body}`);
  const cookie = answer.cookies[0];
  if (!cookie) throw new Error('the sign-in set no cookie');
  return { cookie: `${cookie.name}=${cookie.value}`, 'x-csrf-token': answer.json<Session>().csrfToken };
}
