const marks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** What a page says of its own charset stands in its first kilobytes, in letters that all of them share. */
function declaredIn(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, 4_096).toString('latin1');
  return /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_-]{2,20})/i.exec(head)?.[1];
}

function decodeAs(label: string, bytes: Buffer, fatal: boolean): string | undefined {
  try {
    // GB 18030 holds GBK and GB 2312.
    const name = /^gb(?:k|2312|_?2312-80|18030)$/i.test(label) ? 'gb18030' : label;
    return new TextDecoder(name, { fatal }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** So many bytes beyond ASCII are not UTF-8 by chance. */
const telling = 20;

function hasManyHighBytes(bytes: Buffer): boolean {
  let high = 0;
  for (let at = 0; at < bytes.length && high < telling; at += 1) if ((bytes[at] ?? 0) > 127) high += 1;
  return high >= telling;
}

const declaredBy = (mediaType: string): string | undefined =>
  /charset\s*=\s*["']?([a-z0-9_-]{2,20})/i.exec(mediaType)?.[1];

const otherCharset = (declared: string | undefined): string | undefined =>
  declared === undefined || /^utf-?8$/i.test(declared) ? undefined : declared;

/**
 * A page as text: by its byte order mark, as UTF-8 when it is that beyond doubt (copies are often saved so while they
 * still name another charset), by what the server or the page says, and else as GB 18030.
 */
export function decodePage(bytes: Buffer, mediaType = ''): string {
  const [marked] = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte)) ?? [];
  if (marked !== undefined) return new TextDecoder(marked).decode(bytes);
  const other = otherCharset(declaredBy(mediaType) ?? declaredIn(bytes));
  const asUtf8 = decodeAs('utf-8', bytes, true);
  if (asUtf8 !== undefined && (other === undefined || hasManyHighBytes(bytes))) return asUtf8;
  const asOther = other === undefined ? undefined : decodeAs(other, bytes, false);
  return asOther ?? decodeAs('gb18030', bytes, true) ?? bytes.toString('utf8');
}
