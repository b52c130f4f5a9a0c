import type { Paragraph } from '../contracts/rich-text.ts';

const digits = '〇一二三四五六七八九';
const label = /^第([〇零一二三四五六七八九十百千]{1,9}|[0-9]{1,4})条(?=[\s\u3000:：]|$)/u;

/** 二百零五 → 205 */
function numberOf(written: string): number {
  if (/^[0-9]+$/.test(written)) return Number(written);
  let total = 0;
  let digit = 0;
  for (const sign of written.replaceAll('零', '〇')) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[sign];
    if (unit === undefined) digit = Math.max(0, digits.indexOf(sign));
    else {
      total += (digit === 0 ? 1 : digit) * unit;
      digit = 0;
    }
  }
  return total + digit;
}

/** 第十二条, when a paragraph begins with it as the clauses of a document do, and not as a sentence about one. */
export function clauseLabelOf(paragraph: Paragraph): string | undefined {
  const [first, second] = paragraph.content ?? [];
  if (first?.type !== 'text' || first.marks?.some((mark) => mark.type === 'link')) return undefined;
  const text = first.text.trimStart();
  // The number alone may be bold: what follows it is then the next node.
  const next = second?.type === 'text' ? second.text : ' ';
  const found = label.exec(text)?.[0];
  return found !== undefined && (text.length > found.length || label.test(found + next)) ? found : undefined;
}

/** The `id` of each clause of a document, asked for in its order; a second 第一条, of an annex, has one of its own. */
export function nameClauses(): (label: string) => string {
  const seen = new Map<string, number>();
  return (written) => {
    const anchor = `clause-${numberOf(written.slice(1, -1))}`;
    const times = (seen.get(anchor) ?? 0) + 1;
    seen.set(anchor, times);
    return times === 1 ? anchor : `${anchor}-${times}`;
  };
}
