import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { platformRoles, type Role, roles, unitRoles } from '../../../contracts/actor.ts';
import { areRolesCompatible, requireCompatibleRoles } from './account.rules.ts';

const admins: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin'];
const someRoles = fc.subarray([...roles], { minLength: 1 });

describe('the roles of one account', () => {
  it('never hold two of the three administrators', () => {
    fc.assert(
      fc.property(
        someRoles,
        (held) => !areRolesCompatible(held) || held.filter((role) => admins.includes(role)).length <= 1,
      ),
    );
  });

  it('never mix platform and unit', () => {
    fc.assert(
      fc.property(someRoles, (held) => {
        const mixed =
          held.some((role) => unitRoles.some((one) => one === role)) &&
          held.some((role) => platformRoles.some((one) => one === role));
        return !(mixed && areRolesCompatible(held));
      }),
    );
  });

  it('may be several of a unit', () => {
    expect(areRolesCompatible(['editor', 'reviewer', 'responder'])).toBe(true);
  });

  it('may be one of any kind', () => {
    expect(roles.filter((role) => !areRolesCompatible([role]))).toEqual([]);
  });

  it.each<[Role, Role]>([
    ['audit-admin', 'operator'],
    ['security-admin', 'supervisor'],
    ['system-admin', 'audit-admin'],
    ['editor', 'operator'],
  ])('are not %s and %s together', (one, other) => {
    expect(() => {
      requireCompatibleRoles([one, other]);
    }).toThrow(expect.objectContaining({ code: 'identity.roles-exclusive' }));
  });
});
