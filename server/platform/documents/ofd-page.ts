import type { XmlHandler, XmlTag } from './xml-events.ts';

/** A piece of text where it stands on its page, in millimetres. */
export interface OfdRun {
  readonly text: string;
  readonly x: number;
  readonly end: number;
  /** The baseline. */
  readonly y: number;
  readonly size: number;
}

export interface OfdPicture {
  readonly resource: string;
  readonly y: number;
}

export interface OfdPage {
  readonly runs: readonly OfdRun[];
  readonly pictures: readonly OfdPicture[];
  readonly templates: readonly string[];
}

const mostRuns = 100_000;
const mostCharacters = 2_000_000;

const numbersOf = (text: string | undefined): number[] =>
  (text ?? '')
    .trim()
    .split(/\s+/)
    .map(Number)
    .filter((number) => Number.isFinite(number));

/** `g 3 5` stands for `5 5 5`. */
export function readDeltas(text: string | undefined, most: number): number[] {
  const deltas: number[] = [];
  const words = (text ?? '').trim().split(/\s+/);
  for (let at = 0; at < words.length && deltas.length < most; at += 1) {
    if (words[at] === 'g') {
      const [count, value] = [Number(words[at + 1]), Number(words[at + 2])];
      const times = Math.min(Number.isFinite(count) ? count : 0, most - deltas.length);
      for (let done = 0; done < times; done += 1) deltas.push(Number.isFinite(value) ? value : 0);
      at += 2;
    } else if (words[at] !== '') {
      const value = Number(words[at]);
      deltas.push(Number.isFinite(value) ? value : 0);
    }
  }
  return deltas;
}

interface OpenText {
  readonly size: number;
  readonly origin: readonly [number, number];
  /** a b c d e f: from the object's own coordinates into its box. */
  readonly turn: readonly number[];
}

interface OpenCode {
  readonly tag: XmlTag;
  text: string;
}

/** Collects what a page shows: text objects and pictures, in the order of the file. */
export class OfdPageHandler implements XmlHandler {
  private readonly runs: OfdRun[] = [];
  private readonly pictures: OfdPicture[] = [];
  private readonly templates: string[] = [];
  private object: OpenText | undefined;
  private code: OpenCode | undefined;
  private last: readonly [number, number] = [0, 0];
  private characters = 0;

  get page(): OfdPage {
    return { runs: this.runs, pictures: this.pictures, templates: this.templates };
  }

  open(tag: XmlTag): void {
    switch (tag.name) {
      case 'Template':
        this.templates.push(tag.attribute('TemplateID') ?? '');
        break;
      case 'TextObject':
        this.object = textObjectOf(tag);
        this.last = [0, 0];
        break;
      case 'TextCode':
        this.code = { tag, text: '' };
        break;
      case 'ImageObject':
        this.pictures.push({
          resource: tag.attribute('ResourceID') ?? '',
          y: numbersOf(tag.attribute('Boundary'))[1] ?? 0,
        });
        break;
      default:
    }
  }

  close(name: string): void {
    if (name === 'TextCode') this.endCode();
    if (name === 'TextObject') this.object = undefined;
  }

  text(text: string): void {
    if (this.code) this.code.text += text;
  }

  private endCode(): void {
    const { object, code } = this;
    this.code = undefined;
    const text = code?.text.replaceAll(/[\r\n\t]/g, '') ?? '';
    this.characters += text.length;
    const isFull = this.runs.length >= mostRuns || this.characters > mostCharacters;
    if (!object || !code || text.trim() === '' || isFull) return;
    const x = Number(code.tag.attribute('X') ?? this.last[0]);
    const y = Number(code.tag.attribute('Y') ?? this.last[1]);
    this.last = [x, y];
    this.runs.push(runOf(object, { text, x, y, deltas: code.tag.attribute('DeltaX') }));
  }
}

function runOf(
  object: OpenText,
  { text, x, y, deltas: written }: { text: string; x: number; y: number; deltas: string | undefined },
): OfdRun {
  const letters = Array.from(text);
  const deltas = readDeltas(written, letters.length - 1);
  const width = deltas.reduce((sum, one) => sum + one, 0);
  const [left, baseline] = place(object, x, y);
  const scale = Math.hypot(object.turn[0] ?? 1, object.turn[1] ?? 0) || 1;
  const size = object.size * scale;
  const end = left + width * scale + size * (deltas.length === 0 ? letters.length : 1);
  return { text: spaced(letters, deltas, object.size), x: left, end, y: baseline, size };
}

function textObjectOf(tag: XmlTag): OpenText {
  const [x = 0, y = 0] = numbersOf(tag.attribute('Boundary'));
  const turn = numbersOf(tag.attribute('CTM'));
  const size = Number(tag.attribute('Size') ?? '4');
  return {
    size: Number.isFinite(size) && size > 0 ? size : 4,
    origin: [x, y],
    turn: turn.length === 6 ? turn : [1, 0, 0, 1, 0, 0],
  };
}

function place({ origin, turn }: OpenText, x: number, y: number): readonly [number, number] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = turn;
  return [origin[0] + a * x + c * y + e, origin[1] + b * x + d * y + f];
}

/** Words that only stand apart, as in a table's row, are kept apart. */
function spaced(letters: readonly string[], deltas: readonly number[], size: number): string {
  return letters.map((letter, at) => ((deltas[at] ?? 0) > size * 2.2 ? `${letter} ` : letter)).join('');
}
