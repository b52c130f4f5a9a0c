import { crc32 } from 'node:zlib';

/** Files as they stand in a saved copy: names as bytes, because old archives hold them in GBK. */
export interface CopiedFile {
  readonly name: string | Buffer;
  readonly bytes: Buffer | string;
}

const bytesOfName = (name: string | Buffer): Buffer => (typeof name === 'string' ? Buffer.from(name) : name);

function tarHeader(name: Buffer, size: number): Buffer {
  const header = Buffer.alloc(512);
  name.copy(header, 0, 0, 100);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\0', 257);
  header.write('00', 263);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** A plain tar; names of at most a hundred bytes. */
export function tarOf(files: readonly CopiedFile[]): Buffer {
  const parts = files.flatMap(({ name, bytes }) => {
    const content = Buffer.from(bytes);
    return [
      tarHeader(bytesOfName(name), content.length),
      content,
      Buffer.alloc((512 - (content.length % 512)) % 512),
    ];
  });
  return Buffer.concat([...parts, Buffer.alloc(1_024)]);
}

/** A zip that packs nothing. `claims` is what it says of the size of each file. */
export function zipOf(
  files: readonly CopiedFile[],
  claims: (size: number) => number = (size) => size,
): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const title = bytesOfName(name);
    const content = Buffer.from(bytes);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(content.length, 14);
    facts.writeUInt32LE(claims(content.length), 18);
    facts.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, title, content]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, tail, title]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

const codes = new Map<string, number>();

/** A text in GBK, which Node reads and does not write. */
export function gbkOf(text: string): Buffer {
  if (codes.size === 0) {
    const decoder = new TextDecoder('gbk');
    for (let code = 0x8140; code <= 0xfefe; code += 1) {
      const letter = decoder.decode(Buffer.from([code >> 8, code & 255]));
      if (letter.length === 1 && letter !== '\ufffd' && !codes.has(letter)) codes.set(letter, code);
    }
  }
  const bytes: number[] = [];
  for (const letter of text) {
    const code = codes.get(letter);
    if (letter.charCodeAt(0) < 128) bytes.push(letter.charCodeAt(0));
    else if (code === undefined) bytes.push(...Buffer.from(`&#${String(letter.codePointAt(0))};`));
    else bytes.push(code >> 8, code & 255);
  }
  return Buffer.from(bytes);
}
