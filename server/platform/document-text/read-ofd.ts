import { posix } from 'node:path';

import { type Finding, Unreadable } from './document.types.ts';
import type { Zip } from './open-zip.ts';
import type { ReadParts } from './read-office.ts';
import { readXml } from './read-xml.ts';
import { joinLines, Lines, type TextCollector } from './text-collector.ts';

export const ofdRoot = 'OFD.xml';
const mostPages = 3_000;

/** Places in an OFD are relative to the part that names them, or to the archive when they begin with `/`. */
const placeOf = (from: string, given: string): string => {
  const place = given.trim();
  return place.startsWith('/') ? place.slice(1) : posix.join(posix.dirname(from), place);
};

async function documentsOf(zip: Zip): Promise<readonly string[]> {
  const roots = new Lines();
  let isRoot = false;
  await readXml(zip.read(ofdRoot), {
    onOpen: (tag) => {
      isRoot = tag === 'DocRoot';
      if (isRoot) roots.begin();
    },
    onText: (text) => {
      if (isRoot) roots.add(text);
    },
    onClose: () => {
      isRoot = false;
    },
  });
  return roots.all.map((root) => placeOf(ofdRoot, root)).filter((root) => zip.has(root));
}

interface DocumentParts {
  readonly pages: readonly string[];
  readonly hasAttachments: boolean;
}

async function partsOf(zip: Zip, root: string): Promise<DocumentParts> {
  const pages: string[] = [];
  let hasAttachments = false;
  await readXml(zip.read(root), {
    onOpen: (tag, { BaseLoc }) => {
      if (tag === 'Page' && BaseLoc !== undefined) pages.push(placeOf(root, BaseLoc));
      if (tag === 'Attachments') hasAttachments = true;
    },
  });
  return { pages: pages.slice(0, mostPages), hasAttachments };
}

/** The pieces of text of a page, one for each object that the page draws. */
async function readPage(zip: Zip, page: string, into: TextCollector): Promise<void> {
  const lines = new Lines();
  let isText = false;
  await readXml(zip.read(page), {
    onOpen: (tag) => {
      if (tag === 'TextObject') lines.begin();
      isText = tag === 'TextCode' && lines.all.length > 0;
    },
    onText: (text) => {
      if (isText) lines.add(text);
    },
    onClose: () => {
      isText = false;
    },
  });
  into.add(`${joinLines(lines.all)}\n`);
}

export const readOfd: ReadParts = async (zip, into) => {
  const roots = await documentsOf(zip);
  if (roots.length === 0) throw new Unreadable('damaged');
  const found = new Set<Finding>();
  for (const root of roots) {
    const { pages, hasAttachments } = await partsOf(zip, root);
    if (hasAttachments) found.add('embedded-files');
    for (const page of pages) {
      if (into.isFull) break;
      await readPage(zip, page, into);
    }
  }
  return [...found];
};
