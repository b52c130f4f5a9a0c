import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';

import { someBlocks } from '../test/factories/blocks.ts';
import { blockProblems, problemsOf } from './block-problems.ts';
import { type Block, blockKinds, Blocks, DraftBlocks, tidyBlocks } from './blocks.ts';

const whole = someBlocks({ columnIds: ['1', '2'], pictureId: '3', videoId: '4' });

/** Texts as people and their programs write them, with what is refused among them. */
const aText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '标题',
    ' 前后有空格 ',
    '两\n行',
    '/zwgk/',
    '//evil.example',
    'javascript:alert(1)',
  ),
  fc.constantFrom('https://a.cn/', 'http://a b', '1', '2'),
);

/** A whole block with any of its texts replaced, anywhere in it. */
function withText(value: unknown, texts: () => string): unknown {
  if (typeof value === 'string') return texts();
  if (Array.isArray(value)) return value.map((one: unknown) => withText(one, texts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) =>
      ['key', 'kind', 'body', 'form'].includes(key) ? [key, part] : [key, withText(part, texts)],
    ),
  );
}

describe('what keeps a block from a page', () => {
  it('is nothing for a whole block of each kind', () => {
    expect(new Set(whole.map((one) => one.kind))).toEqual(new Set(blockKinds));
    expect(blockProblems(whole)).toEqual([]);
    expect(Value.Check(Blocks, whole)).toBe(true);
  });

  it('names the block by its place and its kind', () => {
    const lead: Block = { key: 'lead0001', kind: 'lead', columnId: '' };
    const cards: Block = {
      key: 'cards001',
      kind: 'cards',
      title: '入口',
      cards: [{ name: '甲', url: 'ftp://x' }],
    };
    expect(blockProblems([lead, cards]).map((one) => one.message)).toEqual([
      '第1块“图文要闻”：请选择栏目。',
      '第2块“专题卡片”：第1张卡片的链接要写成本站路径（以 / 开头）或以 http://、https:// 开头的网址。',
    ]);
  });

  it('is a name that another block has too', () => {
    const [first] = whole;
    if (!first) throw new Error('there is no block');
    expect(blockProblems([first, { ...first }]).map((one) => one.message)).toEqual([
      '第2块“图文要闻”：与前面的区块编号重复，请删除后重新添加。',
    ]);
  });

  it('is a link of any other scheme, wherever it stands', () => {
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      '//evil.example/',
      'mailto:a@b.c',
      '/a b',
      '/a"',
    ]) {
      const block: Block = { key: 'profile1', kind: 'profile', title: '区情', text: '简介', facts: [], url };
      expect(problemsOf(block), url).toHaveLength(1);
    }
  });

  it('is said of everything that a draft may hold and a page could not show', () => {
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.infiniteStream(aText), (block, stream) => {
        const [given] = tidyBlocks([withText(block, () => stream.next().value as string) as Block]) as [
          Block,
        ];
        // What a draft cannot hold never gets here; a day that no calendar has is told by the schema.
        fc.pre(Value.Check(DraftBlocks, [given]) && !('asOf' in given));
        if (problemsOf(given).length > 0) return;
        expect(Value.Check(Blocks, [given]), JSON.stringify(given)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('one writing of blocks', () => {
  it('leaves out what is empty and may be absent, and keeps what is still to be filled in', () => {
    const figures: Block = {
      key: 'figures1',
      kind: 'figures',
      title: ' 数字 ',
      figures: [{ name: '', value: '', columnId: '', unit: ' 万 ', url: '' }],
      asOf: '',
    };
    expect(tidyBlocks([figures])).toEqual([
      { key: 'figures1', kind: 'figures', title: '数字', figures: [{ name: '', unit: '万' }] },
    ]);
  });

  it('is the same when it is written again, and a draft may hold it', () => {
    const drafts = fc.array(
      fc.tuple(fc.constantFrom(...whole), fc.infiniteStream(fc.constantFrom('', ' 字 ', '1'))),
    );
    fc.assert(
      fc.property(drafts, (list) => {
        const given = list.map(([block, stream], at) => ({
          ...(withText(block, () => String(stream.next().value)) as Block),
          key: `block${String(at).padStart(4, '0')}`,
        }));
        const once = tidyBlocks(given);
        expect(tidyBlocks(once)).toEqual(once);
      }),
    );
    const empty = whole.map((block) => withText(block, () => '') as Block);
    expect(
      Value.Check(
        DraftBlocks,
        empty.filter(({ kind }) => kind !== 'columns' && kind !== 'tabs'),
      ),
    ).toBe(true);
  });
});
