import type { PersonalFind, Scene } from './personal-data.types.ts';
import { namesInstitution, namesPerson, namesPrivatePerson } from './person-beside.rules.ts';
import { maskMail } from './personal-mask.rules.ts';
import type { Span } from './text-spans.rules.ts';
import { isMobileNumber } from './personal-number.rules.ts';

/** Hosts where anybody has a mailbox. Those of offices and firms are not a person's own. */
const openHosts: ReadonlySet<string> = new Set(
  (
    'qq.com vip.qq.com foxmail.com 163.com vip.163.com 126.com yeah.net sina.com sina.cn vip.sina.com sohu.com 139.com 189.cn wo.cn 21cn.com ' +
    'aliyun.com tom.com hotmail.com outlook.com live.com live.cn msn.com gmail.com icloud.com yahoo.com yahoo.cn yahoo.com.cn'
  ).split(' '),
);
const longestName = 64;
const longestHost = 64;

/** Mailboxes of persons: with an open host, and a person beside; those of offices with such a host are theirs. */
export function findMails(scene: Scene): readonly PersonalFind[] {
  const { plain } = scene;
  const finds: PersonalFind[] = [];
  for (let at = plain.indexOf('@'); at !== -1; at = plain.indexOf('@', at + 1)) {
    const name = matched(/[A-Za-z0-9._%+-]+$/, plain.slice(Math.max(0, at - longestName), at));
    const host = matched(/^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/, plain.slice(at + 1, at + 1 + longestHost));
    const [start, end] = [at - name.length, at + 1 + host.length];
    if (name !== '' && openHosts.has(host.toLowerCase()) && isOfPerson(scene, { name, start, end })) {
      finds.push({ kind: 'mail', start, end, suggestion: maskMail(plain.slice(start, end)) });
    }
  }
  return finds;
}

const matched = (pattern: RegExp, text: string): string => pattern.exec(text)?.[0] ?? '';

function isOfPerson({ near }: Scene, { name, start, end }: Span & { readonly name: string }): boolean {
  const around = `${near.label(start)}\t${near.around(start, end, { back: 40, ahead: 12 })}`;
  return (
    isMobileNumber(name) ||
    namesPrivatePerson(around) ||
    /个人邮箱|本人邮箱|私人邮箱/u.test(around) ||
    (namesPerson(around) && !namesInstitution(around))
  );
}
