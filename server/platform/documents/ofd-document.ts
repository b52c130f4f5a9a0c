import { posix } from 'node:path';

import { documentError } from './document-error.ts';
import type { ConvertedDocument, DocumentPicture } from './document.types.ts';
import { type OfdPage, OfdPageHandler } from './ofd-page.ts';
import { blocksOf, type OfdBlock } from './ofd-paragraphs.ts';
import { readXml, type XmlTag } from './xml-events.ts';
import { openZip, type ZipArchive } from './zip-archive.ts';

const limits = { entries: 20_000, totalBytes: 400_000_000 };
const mostPartBytes = 40_000_000;
const mostPages = 2_000;
const mostPictures = 300;

/**
 * The text of an OFD document (GB/T 33190) in the order of its pages: what stands on one baseline is a line, and lines
 * make paragraphs by their indents and ends. Pictures come where they stand. Seals and watermarks are left out.
 */
export async function convertOfd(bytes: Buffer): Promise<ConvertedDocument> {
  const zip = await openZip(bytes, limits);
  try {
    if (!zip.find('OFD.xml')) throw documentError('document.damaged');
    if (zip.entries.some(({ name }) => /(?:^|\/)(?:Encryptions|Decryptseed)\.(?:xml|dat)$/i.test(name)))
      throw documentError('document.encrypted');
    return await readDocument(zip);
  } finally {
    zip.close();
  }
}

/** A path of the package, told from the file that names it. */
const resolvePath = (from: string, path: string): string =>
  path.startsWith('/') ? path.slice(1) : posix.normalize(posix.join(posix.dirname(from), path));

async function readDocument(zip: ZipArchive): Promise<ConvertedDocument> {
  const root = await readRoot(zip);
  const book = await readBook(zip, root.documents[0]);
  const blocks = blocksOf(await readPages(zip, book));
  const pictures = await readPictures(zip, await readMedia(zip, book.resources), blocks);
  const hasText = blocks.some((block) => block.kind === 'paragraph');
  if (!hasText && pictures.length === 0) throw documentError('document.empty');
  const warnings: string[] = [];
  if (!hasText) warnings.push('文件里没有文字，可能是扫描件，只带入了图片');
  if (root.documents.length > 1) warnings.push(`文件里有 ${root.documents.length} 份文档，只读取了第一份`);
  if (book.hasAttachments) warnings.push('文件带有附件，附件随原文件保留，没有单独带入');
  return {
    html: htmlOf(blocks, new Set(pictures.map(({ src }) => src))),
    title: root.title || headingOf(blocks),
    pictures,
    warnings,
  };
}

/** Only the words of all documents of a package, paragraph by paragraph. */
export async function readOfdWords(
  zip: ZipArchive,
): Promise<{ readonly paragraphs: readonly string[]; readonly hasAttachments: boolean }> {
  const paragraphs: string[] = [];
  let hasAttachments = false;
  for (const place of (await readRoot(zip)).documents) {
    const book = await readBook(zip, place);
    hasAttachments ||= book.hasAttachments;
    for (const block of blocksOf(await readPages(zip, book)))
      if (block.kind === 'paragraph') paragraphs.push(block.text);
  }
  return { paragraphs, hasAttachments };
}

interface Root {
  /** Where each document of the package begins; at least one. */
  readonly documents: readonly [string, ...string[]];
  readonly title: string;
}

async function readRoot(zip: ZipArchive): Promise<Root> {
  const roots: string[] = [];
  const title = await readTexts(zip, 'OFD.xml', (name, text) => {
    if (name === 'DocRoot') roots.push(text);
  });
  const [first, ...others] = roots;
  if (first === undefined) throw documentError('document.damaged');
  return {
    documents: [resolvePath('OFD.xml', first), ...others.map((other) => resolvePath('OFD.xml', other))],
    title: title.get('Title') ?? '',
  };
}

/** The text of every element without children, told as they end; the last of each name is returned. */
async function readTexts(
  zip: ZipArchive,
  path: string,
  tell: (name: string, text: string) => void,
  onOpen: (tag: XmlTag) => void = () => undefined,
): Promise<ReadonlyMap<string, string>> {
  const last = new Map<string, string>();
  let open = '';
  await readXml(await zip.read(path, mostPartBytes), {
    open: (tag) => {
      open = '';
      onOpen(tag);
    },
    text: (text) => {
      if (open.length < 10_000) open += text;
    },
    close: (name) => {
      const text = open.trim();
      open = '';
      if (text === '') return;
      last.set(name, text);
      tell(name, text);
    },
  });
  return last;
}

interface Book {
  readonly pages: readonly string[];
  readonly templates: ReadonlyMap<string, string>;
  readonly resources: readonly string[];
  readonly hasAttachments: boolean;
}

async function readBook(zip: ZipArchive, path: string): Promise<Book> {
  const pages: string[] = [];
  const templates = new Map<string, string>();
  const resources: string[] = [];
  let hasAttachments = false;
  await readTexts(
    zip,
    path,
    (name, text) => {
      if (name === 'PublicRes' || name === 'DocumentRes') resources.push(resolvePath(path, text));
      if (name === 'Attachments') hasAttachments = true;
    },
    (tag) => {
      const place = tag.attribute('BaseLoc');
      if (place === undefined) return;
      if (tag.name === 'Page') pages.push(resolvePath(path, place));
      if (tag.name === 'TemplatePage') templates.set(tag.attribute('ID') ?? '', resolvePath(path, place));
    },
  );
  if (pages.length > mostPages) throw documentError('document.too-large');
  return { pages, templates, resources, hasAttachments };
}

async function readPages(zip: ZipArchive, book: Book): Promise<OfdPage[]> {
  const pages: OfdPage[] = [];
  const used = new Set<string>();
  for (const path of book.pages) {
    const page = await readPage(zip, path);
    // What a template shows on every page is told once.
    const fresh = page.templates.filter((id) => book.templates.has(id) && !used.has(id));
    const behind: OfdPage[] = [];
    for (const id of fresh) {
      used.add(id);
      behind.push(await readPage(zip, book.templates.get(id) ?? ''));
    }
    const all = [page, ...behind];
    pages.push({
      runs: all.flatMap((one) => one.runs),
      pictures: all.flatMap((one) => one.pictures),
      templates: [],
    });
  }
  return pages;
}

async function readPage(zip: ZipArchive, path: string): Promise<OfdPage> {
  const handler = new OfdPageHandler();
  if (zip.find(path)) await readXml(await zip.read(path, mostPartBytes), handler);
  return handler.page;
}

/** Files of pictures by the numbers under which pages name them. */
async function readMedia(
  zip: ZipArchive,
  resources: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const media = new Map<string, string>();
  for (const path of resources.filter((one) => zip.find(one))) {
    let [place, id] = ['', ''];
    await readTexts(
      zip,
      path,
      (name, text) => {
        if (name === 'MediaFile') media.set(id, resolvePath(path, posix.join(place, text)));
      },
      (tag) => {
        if (tag.name === 'Res') place = tag.attribute('BaseLoc') ?? '';
        if (tag.name === 'MultiMedia') id = tag.attribute('ID') ?? '';
      },
    );
  }
  return media;
}

async function readPictures(
  zip: ZipArchive,
  media: ReadonlyMap<string, string>,
  blocks: readonly OfdBlock[],
): Promise<DocumentPicture[]> {
  const wanted = new Set(blocks.flatMap((block) => (block.kind === 'picture' ? [block.resource] : [])));
  const pictures: DocumentPicture[] = [];
  for (const id of wanted) {
    const path = media.get(id);
    if (path === undefined || !zip.find(path) || pictures.length >= mostPictures) continue;
    pictures.push({
      src: `picture:${id}`,
      fileName: posix.basename(path),
      bytes: new Uint8Array(await zip.read(path, mostPartBytes)),
    });
  }
  return pictures;
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function htmlOf(blocks: readonly OfdBlock[], pictures: ReadonlySet<string>): string {
  return blocks
    .map((block) => {
      if (block.kind === 'paragraph')
        return `<p${block.isCentred ? ' style="text-align:center"' : ''}>${escapeHtml(block.text)}</p>`;
      const src = `picture:${block.resource}`;
      return pictures.has(src) ? `<img src="${escapeHtml(src)}">` : '';
    })
    .join('\n');
}

/** The largest line near the beginning, when it is larger than the text. */
function headingOf(blocks: readonly OfdBlock[]): string {
  const paragraphs = blocks.filter((block) => block.kind === 'paragraph');
  const usual =
    paragraphs.map((one) => one.size).sort((a, b) => a - b)[Math.floor(paragraphs.length / 2)] ?? 0;
  const heading = paragraphs.slice(0, 12).find((one) => one.size > usual * 1.2 && one.text.length <= 200);
  return heading?.text ?? '';
}
