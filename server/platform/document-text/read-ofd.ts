import { readOfdWords } from '../documents/ofd-document.ts';
import type { ReadParts } from './read-office.ts';

export const readOfd: ReadParts = async (zip, into) => {
  const { paragraphs, hasAttachments } = await readOfdWords(zip);
  for (const paragraph of paragraphs) into.add(`${paragraph}\n`);
  return hasAttachments ? ['embedded-files'] : [];
};
