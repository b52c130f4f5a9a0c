import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { generateInitialPassword } from './initial-password.ts';
import { problemsOfPassword, requireStrongPassword } from './password.rules.ts';

const owner = { login: 'wang.xiaoming', realName: '王小明' };

describe('a password', () => {
  it.each(['Bemaku-Tasiru-47', '春眠不觉晓Chu3!处处', 'correct Horse 7 battery'])(
    '%s will do',
    (password) => {
      expect(problemsOfPassword(password, owner)).toEqual([]);
    },
  );

  it.each([
    ['is too short', 'Bemaku-47'],
    ['has too few kinds of characters', 'bemakutasiru47'],
    ['contains the login', 'X9!Wang.Xiaoming'],
    ['contains a part of the login', 'Xiaoming-2026-Tor'],
    ['contains the real name', 'Bem-47-王小明-Tas'],
    ['contains the real name in pinyin', 'Bem-47-wangxiaoming'],
    ['is a common one with padding', 'Password123!'],
    ['is a common one in disguise', 'P@ssw0rd2026'],
    ['is two common words', 'Admin@Test1234'],
    ['is the name of the house and a common word', 'Jiyue-Test-2026'],
    ['is a walk over the keyboard', '1qaz@WSX3edc'],
    ['repeats few characters', 'Aa1111111111'],
  ])('is refused when it %s', (_why, password) => {
    expect(problemsOfPassword(password, owner)).not.toEqual([]);
  });

  it('is refused with the code the console knows', () => {
    expect(() => {
      requireStrongPassword('short', owner);
    }).toThrow(expect.objectContaining({ code: 'identity.password-weak' }));
  });

  it('of fewer than ten characters is never accepted', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 9 }), (password) => problemsOfPassword(password, owner).length > 0),
    );
  });
});

describe('a generated initial password', () => {
  it('keeps the rules, and no two are the same', () => {
    const made = Array.from({ length: 200 }, () => generateInitialPassword(owner));
    expect(made.flatMap((one) => problemsOfPassword(one, owner))).toEqual([]);
    expect(new Set(made).size).toBe(200);
  });
});
