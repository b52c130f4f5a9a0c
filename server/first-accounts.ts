import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Actor, Role } from '../contracts/actor.ts';
import type { Parts } from './app.ts';
import {
  createAccount,
  createUnit,
  freeLogin,
  hasAccounts,
  unitByOrganisationCode,
} from './modules/identity/index.ts';
import { systemActor } from './platform/context.ts';

const founder: Actor = {
  ...systemActor('installation'),
  roles: ['operator', 'system-admin', 'security-admin'],
};

/** The three administrators of an installation (rules R65) and the operator, each with one role only. */
const first: readonly { readonly login: string; readonly realName: string; readonly role: Role }[] = [
  { login: 'operator', realName: '运维人员', role: 'operator' },
  { login: 'system-admin', realName: '系统管理员', role: 'system-admin' },
  { login: 'security-admin', realName: '安全管理员', role: 'security-admin' },
  { login: 'audit-admin', realName: '审计管理员', role: 'audit-admin' },
];

const ownCode = '000000000';

/**
 * An installation without anybody who could sign in gets its first unit and administrators. The initial passwords are random,
 * stand in a file that only its owner can read, and must be changed at the first sign-in. Returns the file,
 * or undefined when there are such accounts already. People that were brought in from another instance keep their logins.
 */
export async function createFirstAccounts(parts: Parts): Promise<string | undefined> {
  if (await hasAccounts(parts.db)) return undefined;
  const unitId = (await unitByOrganisationCode(parts.db, ownCode))?.id ?? (await foundUnit(parts));
  const lines: string[] = [];
  for (const { login: wanted, realName, role } of first) {
    const login = await freeLogin(parts.db, wanted);
    const { initialPassword } = await parts.performAsSystem(
      createAccount,
      { unitId, login, realName, phone: null, roles: [role] },
      { actor: founder },
    );
    lines.push(`${login}  ${initialPassword}  ${realName}`);
  }
  const file = join(parts.options.dataDirectory, 'first-accounts.txt');
  const head = '首批账号：登录名、初始密码、姓名。首次登录必须修改密码，改完请删除本文件。\n\n';
  await writeFile(file, `${head}${lines.join('\n')}\n`, { mode: 0o600 });
  return file;
}

async function foundUnit(parts: Parts): Promise<string> {
  const unit = await parts.performAsSystem(
    createUnit,
    {
      parentId: null,
      name: '平台运维单位',
      shortName: '运维单位',
      organisationCode: ownCode,
      kind: 'centre',
      position: 0,
    },
    { actor: founder },
  );
  return unit.id;
}
