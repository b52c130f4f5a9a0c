import { findAddresses } from './home-address.rules.ts';
import { findMails } from './mail-address.rules.ts';
import { findNumbers } from './personal-number-finder.rules.ts';
import type { PersonalFind, PersonalOptions } from './personal-data.types.ts';
import { inPlainWidth } from './digit-group.rules.ts';
import { spanFinder } from './text-spans.rules.ts';
import { surroundingsOf } from './text-surroundings.rules.ts';

/** All personal data of a text, in the order in which they stand there; what is masked already is none. */
export function findPersonalData(text: string, options: PersonalOptions): readonly PersonalFind[] {
  const plain = inPlainWidth(text);
  const scene = { plain, near: surroundingsOf(plain), ...options };
  const mails = findMails(scene);
  const mailAt = spanFinder(mails);
  const numbers = findNumbers(scene).filter(({ start, end }) => !mailAt(start, end));
  const houses = findAddresses(scene, numbers);
  return [...mails, ...numbers, ...houses].sort((one, other) => one.start - other.start);
}
