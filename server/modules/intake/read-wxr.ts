import { createReadStream } from 'node:fs';

import { xmlItems, type XmlHandler, type XmlTag } from '../../platform/documents/xml-events.ts';
import type { IntakeRecord } from './intake.types.ts';

const mostTextCharacters = 8_000_000;

/** The names that people see for the elements of an item. */
const sources: Readonly<Record<string, string>> = {
  title: '标题',
  link: '链接',
  'dc:creator': '作者',
  guid: '标识',
  'content:encoded': '正文',
  'excerpt:encoded': '摘要',
  'wp:post_id': '编号',
  'wp:post_date': '发布时间',
  'wp:status': '状态',
  'wp:post_type': '文章类型',
};
/** What was thrown away, was never saved, or hangs on something else. */
const passedOver = new Set(['trash', 'auto-draft', 'inherit']);

/** Posts and pages of a WordPress export (WXR), as they stream in. Menus, attachments and comments are none. */
export function readWxr(path: string): AsyncGenerator<IntakeRecord> {
  return xmlItems(createReadStream(path) as AsyncIterable<Buffer>, new ItemHandler());
}

class ItemHandler implements XmlHandler {
  private records: IntakeRecord[] = [];
  private values: Record<string, string> | undefined;
  private categories: string[] = [];
  private tags: string[] = [];
  private source: string | undefined;
  private depth = 0;
  private text_ = '';
  private count = 0;

  take(): readonly IntakeRecord[] {
    const { records } = this;
    this.records = [];
    return records;
  }

  open(tag: XmlTag): void {
    if (tag.name === 'item' && tag.prefix === '') {
      this.values = {};
      this.categories = [];
      this.tags = [];
      this.depth = 0;
      this.count += 1;
      return;
    }
    if (!this.values) return;
    this.depth += 1;
    if (this.depth !== 1) return;
    this.text_ = '';
    const name = tag.prefix === '' ? tag.name : `${tag.prefix}:${tag.name}`;
    this.source = name === 'category' ? categorySource(tag.attribute('domain')) : sources[name];
  }

  close(name: string, prefix: string): void {
    if (!this.values) return;
    if (name === 'item' && prefix === '') {
      this.endItem(this.values);
      this.values = undefined;
      return;
    }
    if (this.depth === 1) this.endValue(this.values);
    this.depth -= 1;
  }

  text(text: string): void {
    if (this.source !== undefined && this.text_.length + text.length <= mostTextCharacters)
      this.text_ += text;
  }

  private endValue(values: Record<string, string>): void {
    const text = this.text_.trim();
    if (this.source === '分类') this.categories.push(text);
    else if (this.source === '标签') this.tags.push(text);
    else if (this.source !== undefined && text !== '') values[this.source] = text;
    this.source = undefined;
  }

  private endItem(values: Record<string, string>): void {
    const kind = values['文章类型'] ?? 'post';
    if ((kind !== 'post' && kind !== 'page') || passedOver.has(values['状态'] ?? '')) return;
    if (this.categories.length > 0) values['分类'] = this.categories.join('，');
    if (this.tags.length > 0) values['标签'] = this.tags.join('，');
    if (values['正文'] !== undefined) values['正文'] = paragraphsOf(values['正文']);
    this.records.push({ place: placeOf(values, this.count), values, fallbackKey: keyOf(values) });
  }
}

function placeOf({ 编号: number }: Readonly<Record<string, string>>, count: number): string {
  return `第 ${count} 条${number === undefined ? '' : `（编号 ${number}）`}`;
}

function keyOf(values: Readonly<Record<string, string>>): string {
  const name = values['标识'] ?? values['链接'] ?? values['编号'] ?? '';
  return `wordpress:${name.slice(0, 400)}`;
}

function categorySource(domain: string | undefined): string | undefined {
  if (domain === 'category') return '分类';
  return domain === 'post_tag' ? '标签' : undefined;
}

const blockTag = /<(?:p|div|ul|ol|table|h[1-6]|blockquote|section|figure)\b/i;

/** Old posts hold no paragraphs: WordPress makes them of blank lines when it shows them. Shortcodes say nothing here. */
function paragraphsOf(body: string): string {
  const text = body.replaceAll(/\[\/?(?:caption|gallery|embed|audio|video|playlist)\b[^\][]{0,500}\]/g, '');
  if (blockTag.test(text)) return text;
  return text
    .split(/\r?\n\s*\r?\n/)
    .map((part) => `<p>${part.trim().replaceAll(/\r?\n/g, '<br>')}</p>`)
    .join('\n');
}
