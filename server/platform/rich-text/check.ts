import {
  allowedHref,
  anchorPattern,
  assetIdPattern,
  isStorableText,
  richAttributes,
  richTextLimits,
} from '../../../contracts/rich-text.ts';

export interface Problem {
  code: string;
  /** Where, as in `content.3.content.0.text`. */
  path: string;
  message: string;
}
export interface RichTextLimits {
  depth: number;
  nodes: number;
  characters: number;
}

type Bag = Record<string, unknown>;
interface Pending {
  value: unknown;
  path: string;
  depth: number;
  group: Group;
}
type Group = 'doc' | 'block' | 'inline' | 'item' | 'row' | 'cell';

const blocks = [
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'blockquote',
  'horizontalRule',
  'table',
  'image',
];
const members: Readonly<Record<Group, ReadonlySet<string>>> = {
  doc: new Set(['doc']),
  block: new Set(blocks),
  inline: new Set(['text', 'hardBreak']),
  item: new Set(['listItem']),
  row: new Set(['tableRow']),
  cell: new Set(['tableCell', 'tableHeader']),
};
const childGroup = new Map<string, { group: Group; required: boolean }>([
  ['doc', { group: 'block', required: true }],
  ['blockquote', { group: 'block', required: true }],
  ['listItem', { group: 'block', required: true }],
  ['tableCell', { group: 'block', required: true }],
  ['tableHeader', { group: 'block', required: true }],
  ['bulletList', { group: 'item', required: true }],
  ['orderedList', { group: 'item', required: true }],
  ['table', { group: 'row', required: true }],
  ['tableRow', { group: 'cell', required: false }],
  ['paragraph', { group: 'inline', required: false }],
  ['heading', { group: 'inline', required: false }],
]);
const markTypes = new Set(['bold', 'italic', 'underline', 'strike', 'superscript', 'subscript', 'link']);
const maxProblems = 20;
const maxStart = 1_000_000;

const isWhole = (value: unknown, from: number, to: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isAbsent = (value: unknown): boolean => value === undefined || value === null;
const isCaption = (value: unknown, longest: number): boolean =>
  typeof value === 'string' && value.length <= longest && isStorableText(value);

/** What each attribute must look like; `attrs` is the whole set, for those that depend on one another. */
const attributeChecks: Readonly<Record<string, (value: unknown, attrs: Bag) => boolean>> = {
  textAlign: (value) => isAbsent(value) || value === 'left' || value === 'center' || value === 'right',
  level: (value) => isWhole(value, 2, 4),
  anchor: (value) => isAbsent(value) || (typeof value === 'string' && anchorPattern.test(value)),
  start: (value) => value === undefined || isWhole(value, 0, maxStart),
  colspan: (value) => value === undefined || isWhole(value, 1, richTextLimits.columns),
  rowspan: (value) => value === undefined || isWhole(value, 1, richTextLimits.nodes),
  colwidth: (value, attrs) =>
    isAbsent(value) ||
    (Array.isArray(value) &&
      value.length === (attrs['colspan'] ?? 1) &&
      value.every((width) => isWhole(width, 0, 10_000))),
  assetId: (value) => typeof value === 'string' && assetIdPattern.test(value),
  alt: (value) => isCaption(value, richTextLimits.altCharacters),
  title: (value) => isAbsent(value) || isCaption(value, richTextLimits.altCharacters),
  href: (value) => typeof value === 'string' && allowedHref(value),
};

class Check {
  readonly problems: Problem[] = [];
  private readonly limits: RichTextLimits;
  private readonly pending: Pending[] = [];
  private nodes = 0;
  private characters = 0;

  constructor(limits: RichTextLimits) {
    this.limits = limits;
  }

  /** Depth first with a stack of its own, so that the nesting of the value cannot overflow ours. */
  run(value: unknown): Problem[] {
    this.pending.push({ value, path: '', depth: 1, group: 'doc' });
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) {
      this.node(next);
      if (this.problems.length >= maxProblems || this.nodes > this.limits.nodes) break;
    }
    if (this.nodes > this.limits.nodes) {
      this.report('too-many-nodes', '', `正文结构过于复杂（超过 ${this.limits.nodes} 个节点）`);
    }
    if (this.characters > this.limits.characters) {
      this.report('too-long', '', `正文过长（超过 ${this.limits.characters} 个字符）`);
    }
    return this.problems;
  }

  private report(code: string, path: string, message: string): void {
    this.problems.push({ code: `rich-text.${code}`, path, message });
  }

  private node({ value, path, depth, group }: Pending): void {
    this.nodes += 1;
    if (!isBag(value) || typeof value['type'] !== 'string' || !members[group].has(value['type'])) {
      this.report('unknown-node', path, '正文中有不支持的内容');
      return;
    }
    if (depth > this.limits.depth) {
      this.report('too-deep', path, `正文嵌套过深（超过 ${this.limits.depth} 层）`);
      return;
    }
    const type = value['type'];
    this.keys(value, path, this.keysOf(type));
    this.attributes(type, value['attrs'], path);
    if (group === 'inline') this.inline(value, type, path);
    if (type === 'table') this.rowspans(value['content'], path);
    this.children(value['content'], type, { path, depth });
  }

  private keysOf(type: string): readonly string[] {
    if (type === 'text') return ['type', 'text', 'marks'];
    if (type === 'hardBreak') return ['type', 'marks'];
    const keys = ['type'];
    if ((richAttributes[type] ?? []).length > 0) keys.push('attrs');
    if (childGroup.has(type)) keys.push('content');
    return keys;
  }

  private keys(value: Bag, path: string, allowed: readonly string[]): void {
    for (const key of Object.keys(value)) {
      if (!allowed.includes(key) && value[key] !== undefined) {
        this.report('unknown-key', `${path}.${key.slice(0, 40)}`, '正文中有不支持的字段');
      }
    }
  }

  private attributes(type: string, attrs: unknown, path: string): void {
    const known = richAttributes[type] ?? [];
    if (known.length === 0) return;
    if (attrs !== undefined && !isBag(attrs)) {
      this.report('invalid-attribute', `${path}.attrs`, '正文中有不正确的属性');
      return;
    }
    const present: Bag = attrs ?? {};
    this.keys(present, `${path}.attrs`, known);
    for (const name of known) {
      if (attributeChecks[name]?.(present[name], present) === true) continue;
      const code = name === 'href' ? 'forbidden-link' : 'invalid-attribute';
      const message = name === 'href' ? '正文中有不允许的链接地址' : `正文中有不正确的属性 ${name}`;
      this.report(code, `${path}.attrs.${name}`, message);
    }
  }

  private inline(value: Bag, type: string, path: string): void {
    if (type === 'text') this.text(value['text'], path);
    const marks = value['marks'];
    if (marks === undefined) return;
    if (!Array.isArray(marks) || marks.length > markTypes.size) {
      this.report('invalid-marks', `${path}.marks`, '正文中有不正确的文字格式');
      return;
    }
    const seen = new Set<unknown>();
    marks.forEach((mark: unknown, index) => {
      this.mark(mark, seen, `${path}.marks.${index}`);
    });
  }

  private text(text: unknown, path: string): void {
    if (typeof text !== 'string' || text === '') {
      this.report('invalid-text', `${path}.text`, '正文中有空的文字节点');
      return;
    }
    this.characters += text.length;
    if (!isStorableText(text)) this.report('invalid-text', `${path}.text`, '正文中有无法保存的控制字符');
  }

  private mark(mark: unknown, seen: Set<unknown>, path: string): void {
    if (
      !isBag(mark) ||
      typeof mark['type'] !== 'string' ||
      !markTypes.has(mark['type']) ||
      seen.has(mark['type'])
    ) {
      this.report('unknown-mark', path, '正文中有不支持或重复的文字格式');
      return;
    }
    seen.add(mark['type']);
    this.keys(mark, path, mark['type'] === 'link' ? ['type', 'attrs'] : ['type']);
    this.attributes(mark['type'], mark['attrs'], path);
  }

  private rowspans(rows: unknown, path: string): void {
    if (!Array.isArray(rows)) return;
    rows.forEach((row: unknown, index) => {
      const cells = isBag(row) && Array.isArray(row['content']) ? (row['content'] as unknown[]) : [];
      let columns = 0;
      for (const cell of cells) {
        const attrs = isBag(cell) && isBag(cell['attrs']) ? cell['attrs'] : {};
        columns += typeof attrs['colspan'] === 'number' ? attrs['colspan'] : 1;
        if (typeof attrs['rowspan'] === 'number' && attrs['rowspan'] > rows.length - index) {
          this.report('invalid-span', `${path}.content.${index}`, '表格单元格跨行超出了表格');
          return;
        }
      }
      if (columns > richTextLimits.columns) {
        this.report('invalid-span', `${path}.content.${index}`, `表格超过 ${richTextLimits.columns} 列`);
      }
    });
  }

  private children(content: unknown, type: string, at: { path: string; depth: number }): void {
    const rule = childGroup.get(type);
    if (rule === undefined) return;
    const path = at.path === '' ? 'content' : `${at.path}.content`;
    if (content === undefined && !rule.required) return;
    if (!Array.isArray(content) || (rule.required && content.length === 0)) {
      this.report('missing-content', path, '正文中有空的结构');
      return;
    }
    if (this.nodes + content.length > this.limits.nodes) {
      this.nodes += content.length;
      return;
    }
    for (let index = content.length - 1; index >= 0; index -= 1) {
      this.pending.push({
        value: content[index],
        path: `${path}.${index}`,
        depth: at.depth + 1,
        group: rule.group,
      });
    }
  }
}

/**
 * Everything that keeps a value from being a rich document, the first twenty at most; an empty list means
 * that it is one. Linear in the size of the value and safe for any nesting.
 */
export function checkRichDocument(value: unknown, limits: Partial<RichTextLimits> = {}): Problem[] {
  return new Check({ ...richTextLimits, ...limits }).run(value);
}
