import { open } from 'node:fs/promises';

import { fileTypeFromFile } from 'file-type';

/** What files may be, by what is in them; names prove nothing. Values: the extensions such a file may carry. */
const accepted: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  // Old Office and WPS files share one container; the name says which.
  'application/x-cfb': ['doc', 'xls', 'ppt', 'wps', 'et', 'dps'],
  'application/zip': ['zip', 'ofd'],
  'application/x-rar-compressed': ['rar'],
  'application/x-7z-compressed': ['7z'],
  'audio/mpeg': ['mp3'],
  'video/mp4': ['mp4'],
  'video/webm': ['webm'],
};

const namedTypes: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  ofd: 'application/ofd',
  txt: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
};

export function extensionOf(fileName: string): string {
  const dot = fileName.lastIndexOf('.');
  return dot < 0 ? '' : fileName.slice(dot + 1).toLowerCase();
}

/** The media type of a stored file, or undefined when such a file is not accepted or lies about its type. */
export async function acceptedMediaType(path: string, fileName: string): Promise<string | undefined> {
  const extension = extensionOf(fileName);
  const found = await fileTypeFromFile(path);
  if (!found)
    return (extension === 'txt' || extension === 'csv') && (await isText(path))
      ? namedTypes[extension]
      : undefined;
  const extensions = accepted[found.mime];
  if (!extensions?.includes(extension)) return undefined;
  return namedTypes[extension] ?? found.mime;
}

/** The beginning decodes as text in UTF-8 or GB 18030 and holds no binary characters and no HTML page. */
async function isText(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    const start = buffer.subarray(0, bytesRead);
    if (start.includes(0)) return false;
    return ['utf-8', 'gb18030'].some((encoding) => {
      try {
        return !/<(?:script|html|svg)\b/i.test(
          new TextDecoder(encoding, { fatal: true }).decode(start, { stream: true }),
        );
      } catch {
        return false;
      }
    });
  } finally {
    await file.close();
  }
}

/** A file name on a disk has 255 bytes at most, and its page's compressed forms add a suffix. */
const longestName = 200;
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"|?*#%]/gu;

/** A name that is safe in an address and in a download header: no folders, no controls, not too long. */
export function safeFileName(given: string): string {
  const last = given.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  // What ends in a dot would have another extension the next time.
  const clean = last
    .replaceAll(unsafe, '')
    .replace(/[.\s]+$/, '')
    .trim();
  const extension = Array.from(extensionOf(clean)).slice(0, 16).join('').trim();
  const dot = clean.lastIndexOf('.');
  const stem = (dot < 0 ? clean : clean.slice(0, dot)).replace(/^[.\s]+/, '').trim();
  const short = shorten(stem, longestName - Buffer.byteLength(extension) - 1) || 'file';
  return extension === '' ? short : `${short}.${extension}`;
}

const stemOf = (fileName: string): string => {
  const dot = fileName.lastIndexOf('.');
  return dot <= 0 ? fileName : fileName.slice(0, dot);
};

/** What smaller forms of pictures are made as. */
export const formTypes = ['image/webp', 'image/avif'] as const;
export type FormType = (typeof formTypes)[number];
const formExtensions: Readonly<Record<FormType, string>> = { 'image/webp': 'webp', 'image/avif': 'avif' };

/** `现场.jpg` in 480 pixels is called `现场-480.webp`. */
export const sizedFileName = (fileName: string, width: number, type: FormType): string =>
  `${stemOf(fileName)}-${String(width)}.${formExtensions[type]}`;

/** The first page of `方案.pdf` is called `方案-p1.webp`. */
export const pageFileName = (fileName: string, number: number): string =>
  `${stemOf(fileName)}-p${String(number)}.webp`;

/** The beginning of a text, in so many bytes of UTF-8, and never half a character. */
function shorten(text: string, bytes: number): string {
  let short = '';
  let size = 0;
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (size > bytes) break;
    short += character;
  }
  return short.replace(/[.\s]+$/, '');
}
