import { AppError } from '../../platform/errors.ts';
import { pinyinOf } from './pinyin.rules.ts';

/** Rules R63: at least ten characters of three kinds. */
export const shortestPassword = 10;
const kindsWanted = 3;
const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9\s]/u];

/** Words on which most guessed passwords are built, as they read once digits stand for letters again. */
const commonWords = [
  'password',
  'passwd',
  'pass',
  'word',
  'admin',
  'administrator',
  'root',
  'user',
  'test',
  'guest',
  'welcome',
  'letmein',
  'iloveyou',
  'woaini',
  'monkey',
  'dragon',
  'qwert',
  'qwerty',
  'qwertyuiop',
  'asdf',
  'asdfgh',
  'asdfghjkl',
  'zxcv',
  'zxcvbn',
  'zxcvbnm',
  'qwer',
  'qaz',
  'wsx',
  'edc',
  'qazwsx',
  'qazwsxedc',
  'abc',
  'abcd',
  'abcdef',
  'aa',
  'a',
  'hello',
  'china',
  'zhongguo',
  'zhengfu',
  'gov',
  'mima',
  'jiyue',
  'jiujiang',
  'xunyang',
  'computer',
  'huawei',
];
const commonPasswords = [
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  '1qaz@wsx3edc',
  '!qaz2wsx#edc',
  '1qaz!qaz1qaz',
  'zaq12wsx',
  'zaq1xsw2',
  'p@ssw0rd',
  'q1w2e3r4t5',
  'a1b2c3d4e5',
];
const letterFor: Readonly<Record<string, string>> = {
  '@': 'a',
  $: 's',
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '5': 's',
};

export interface PasswordOwner {
  readonly login: string;
  readonly realName: string;
}

/** What is wrong with a password, in Chinese for the person who chose it; empty when it will do. */
export function problemsOfPassword(password: string, owner: PasswordOwner): readonly string[] {
  const problems: string[] = [];
  if (Array.from(password).length < shortestPassword) problems.push(`密码至少 ${shortestPassword} 位`);
  if (kinds.filter((kind) => kind.test(password)).length < kindsWanted) {
    problems.push('密码要包含大写字母、小写字母、数字、符号中的至少三类');
  }
  if (namesOf(owner).some((name) => password.toLowerCase().includes(name))) {
    problems.push('密码不能包含登录名或姓名');
  }
  if (isCommon(password)) problems.push('密码过于常见，容易被猜到');
  return problems;
}

export function requireStrongPassword(password: string, owner: PasswordOwner): void {
  const problems = problemsOfPassword(password, owner);
  if (problems.length === 0) return;
  throw new AppError('invalid', 'identity.password-weak', `${problems.join('；')}。`, {
    details: { problems },
  });
}

/** The login and its parts, the real name, and the real name in pinyin; nothing so short that it is chance. */
function namesOf(owner: PasswordOwner): readonly string[] {
  const parts = owner.login.split(/[.\-0-9]+/).filter((part) => part.length >= 3);
  const pinyin = pinyinOf(owner.realName);
  return [owner.login, ...parts, owner.realName.toLowerCase(), pinyin].filter((name) => name.length >= 2);
}

function isCommon(password: string): boolean {
  const lower = password.toLowerCase();
  if (commonPasswords.some((one) => lower.startsWith(one))) return true;
  if (new Set(lower).size < 6) return true;
  const letters = lower.replace(/[^a-z]/g, '');
  // What is left when digits and signs are read as letters, and when they are only padding at the ends.
  const read = Array.from(lower.replace(/^[^a-z@$]+|[^a-z]+$/g, ''))
    .map((sign) => letterFor[sign] ?? sign)
    .join('');
  return [letters, read].some((word) => commonWords.includes(word) || isTwoCommonWords(word));
}

function isTwoCommonWords(word: string): boolean {
  return commonWords.some(
    (first) => word.startsWith(first) && commonWords.includes(word.slice(first.length)),
  );
}
