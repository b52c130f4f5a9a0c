/** Longer than any file that somebody would search in by words; the rest is left out, and that is noted. */
export const mostCharacters = 300_000;

/** Gathers words up to a bound. */
export class TextCollector {
  private readonly parts: string[] = [];
  private length = 0;

  get isFull(): boolean {
    return this.length >= mostCharacters;
  }

  add(part: string): void {
    if (this.isFull || part === '') return;
    const taken = part.slice(0, mostCharacters - this.length);
    this.parts.push(taken);
    this.length += taken.length;
  }

  /** Tidied: no controls, no half characters, no rows of blanks. */
  text(): string {
    return this.parts
      .join('')
      .toWellFormed()
      .replaceAll(/[^\S\n\t]+/gu, ' ')
      .replaceAll(/[\p{Cc}\ufffd]/gu, (sign) => (sign === '\n' || sign === '\t' ? sign : ''))
      .replaceAll(/[ \t]*\n[ \t]*/g, '\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim();
  }
}

/** Lines that come piece by piece. */
export class Lines {
  readonly all: string[] = [];

  begin(): void {
    this.all.push('');
  }

  add(piece: string): void {
    this.all.push((this.all.pop() ?? '') + piece);
  }
}

const endsInWord = /[\p{Script=Han}，、（《“]$/u;
const startsWithWord = /^[\p{Script=Han}，、。；）》”]/u;

/**
 * Lines as a page shows them, as running text: a Chinese line that ends in the middle of a sentence goes on with the
 * next, or no word that stands across the two would ever be found.
 */
export function joinLines(lines: readonly string[]): string {
  let text = '';
  for (const line of lines.map((one) => one.trim()).filter((one) => one !== '')) {
    const goesOn = endsInWord.test(text.slice(-2)) && startsWithWord.test(line);
    text += text === '' || goesOn ? line : `\n${line}`;
  }
  return text;
}
