import { describe, expect, it } from 'vitest';

import { type Actor, canActIn, type Role, roles } from '../../../contracts/actor.ts';
import { systemActor } from '../../platform/context.ts';
import { canListAccounts, canManageAccount, requireOther, requireRoleGrant } from './account.policy.ts';
import { actorOf } from './actor.rules.ts';
import { isInScope, requireUnitInScope } from './scope.ts';
import { canManageUnits, canSeeAllUnits } from './unit.policy.ts';

function actorWith(...held: Role[]): Actor {
  return actorOf({ id: '9', realName: '王小明', unitId: '2', roles: held, ownUnits: ['2', '3'] });
}

const rolesFor = (allowed: (actor: Actor) => boolean) => roles.filter((role) => allowed(actorWith(role)));
const codeOf = (act: () => void) => {
  try {
    act();
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the scope of an actor', () => {
  it('is everything for operators, supervisors, system and security administrators', () => {
    expect(rolesFor((actor) => actor.scope.kind === 'all')).toEqual([
      'operator',
      'supervisor',
      'system-admin',
      'security-admin',
    ]);
  });

  it('is the own unit and those below for the roles of a unit', () => {
    expect(actorWith('editor', 'reviewer').scope).toEqual({ kind: 'units', unitIds: ['2', '3'] });
  });

  it('holds no unit for an audit administrator', () => {
    expect(actorWith('audit-admin').scope).toEqual({ kind: 'units', unitIds: [] });
  });

  it('hides other units as if they did not exist', () => {
    expect(isInScope(actorWith('editor').scope, '3')).toBe(true);
    expect(
      codeOf(() => {
        requireUnitInScope(actorWith('editor'), '4');
      }),
    ).toBe('identity.unit-out-of-scope');
  });
});

describe('acting in a unit', () => {
  it('needs the role, and the own unit or one below it', () => {
    expect(canActIn(actorWith('editor'), '3', 'editor')).toBe(true);
    expect(canActIn(actorWith('editor'), '3', 'reviewer')).toBe(false);
    expect(canActIn(actorWith('editor'), '4', 'editor')).toBe(false);
  });

  it('is never given by a platform role, nor to the system', () => {
    expect(rolesFor((actor) => canActIn(actor, '2', 'editor'))).toEqual(['editor']);
    expect(canActIn(systemActor('import'), '2', 'editor')).toBe(false);
  });
});

describe('managing', () => {
  it('units is for operators and system administrators', () => {
    expect(rolesFor(canManageUnits)).toEqual(['operator', 'system-admin']);
    expect(canManageUnits(systemActor('seed'))).toBe(true);
  });

  it('accounts of unit people is for operators and system administrators', () => {
    expect(rolesFor((actor) => canManageAccount(actor, ['editor']))).toEqual(['operator', 'system-admin']);
  });

  it('accounts with a platform role is for security administrators', () => {
    expect(rolesFor((actor) => canManageAccount(actor, ['operator']))).toEqual(['security-admin']);
  });

  it('lets security administrators alone grant and remove platform roles', () => {
    const grant = (role: Role, before: Role[], after: Role[]) =>
      codeOf(() => {
        requireRoleGrant(actorWith(role), before, after);
      });
    expect(grant('security-admin', ['editor'], ['operator'])).toBeNull();
    expect(grant('security-admin', ['operator'], ['editor'])).toBeNull();
    expect(grant('security-admin', ['editor'], ['reviewer'])).toBe('identity.role-required');
    expect(grant('operator', ['editor'], ['operator'])).toBe('identity.role-grant-refused');
    expect(grant('system-admin', ['operator'], ['editor'])).toBe('identity.role-grant-refused');
    expect(grant('operator', ['editor'], ['editor', 'reviewer'])).toBeNull();
  });

  it('ends at the own account', () => {
    expect(
      codeOf(() => {
        requireOther(actorWith('operator'), '9');
      }),
    ).toBe('identity.own-account-refused');
    expect(
      codeOf(() => {
        requireOther(actorWith('operator'), '8');
      }),
    ).toBeNull();
  });
});

describe('seeing', () => {
  it('all unit names is for platform roles', () => {
    expect(rolesFor(canSeeAllUnits)).toEqual([
      'operator',
      'supervisor',
      'system-admin',
      'security-admin',
      'audit-admin',
    ]);
  });

  it('accounts is for those who manage, supervise or lead', () => {
    expect(rolesFor(canListAccounts)).toEqual([
      'principal',
      'liaison',
      'operator',
      'supervisor',
      'system-admin',
      'security-admin',
    ]);
  });
});
