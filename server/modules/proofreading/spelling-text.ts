/** Where a sentence, a line or a cell ends: no stretch of characters goes over it. */
export const boundary = 0x0a;
const anySign = 0x2c;
const anyFigure = 0x30;
const anyLetter = 0x61;

const breaks = '。！？；;!?\n\r\t \u3000\u00a0';
const signs = '，,、：:·•《》〈〉“”‘’"\'（）()【】[]〔〕—-–…~～／/.．%％';

/** Every sign is as one and every figure too: what stands between them matters, not how wide they are written. */
const folded = foldTable();

function foldTable(): Uint16Array {
  const table = Uint16Array.from({ length: 65_536 }, (_, code) => code);
  const fullWidth = 0xfee0;
  for (let code = 0x30; code <= 0x39; code += 1) table[code] = table[code + fullWidth] = anyFigure;
  for (let code = 0x41; code <= 0x5a; code += 1) {
    for (const one of [code, code + 0x20]) table[one] = table[one + fullWidth] = anyLetter;
  }
  for (const sign of breaks) table[sign.charCodeAt(0)] = boundary;
  for (const sign of signs) table[sign.charCodeAt(0)] = anySign;
  return table;
}

/** A text as the finder reads it: a code for each UTF-16 unit, so that places in it are places in the text. */
export function readCodes(text: string): Uint16Array {
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at += 1) codes[at] = folded[text.charCodeAt(at)] ?? boundary;
  return codes;
}

export const isHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fa5;

/** Sentences with what ends them; nothing is lost. */
export const sentencesIn = (text: string): readonly string[] => text.split(/(?<=[。！？；;!?\n])/u);
