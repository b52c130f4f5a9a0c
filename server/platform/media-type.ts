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
  if (!found) return (extension === 'txt' || extension === 'csv') && (await isText(path)) ? namedTypes[extension] : undefined;
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
        return !/<(?:script|html|svg)\b/i.test(new TextDecoder(encoding, { fatal: true }).decode(start.subarray(0, -4)));
      } catch {
        return false;
      }
    });
  } finally {
    await file.close();
  }
}

/** A name that is safe in an address and in a download header: no folders, no controls, not too long. */
export function safeFileName(given: string): string {
  const last = given.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  // eslint-disable-next-line no-control-regex -- removing control characters is the point
  const clean = last.replaceAll(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069<>:"|?*#%]/g, '').trim();
  const extension = extensionOf(clean);
  const stem = extension === '' ? clean : clean.slice(0, -(extension.length + 1));
  const short = [...stem].slice(0, 80).join('').replace(/^\.+/, '') || 'file';
  return extension === '' ? short : `${short}.${extension}`;
}
