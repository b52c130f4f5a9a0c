import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sentencesIn, summarise } from './summary.rules.ts';

const textsOf = (...paragraphs: string[]) => sentencesIn(paragraphs).map((one) => one.text);

describe('sentences that may stand in a summary', () => {
  it('leave out salutations, numbers, headings, signatures and sentences of form', () => {
    expect(
      textsOf(
        '浔府办发〔2026〕7号',
        '各街道办事处，区政府各部门：',
        '《全区稳岗补贴实施办法》已经区政府同意，现印发给你们，请认真贯彻执行。',
        '一、总体要求',
        '（一）加强组织领导。各街道对符合条件的企业逐户上门核实稳岗情况。',
        '现将有关事项通知如下：',
        '特此通知。',
        '附件：申报表。',
        '本办法由区人力资源和社会保障局负责解释。',
        '浔阳区人民政府办公室',
        '2026年3月1日',
      ),
    ).toEqual(['各街道对符合条件的企业逐户上门核实稳岗情况。']);
  });

  it('are whole, and without what numbers them', () => {
    expect(
      textsOf('1.对招用本区就业困难人员并签订合同的企业给予“稳岗补贴。”补贴标准为每人每月五百元，期限一年。'),
    ).toEqual([
      '对招用本区就业困难人员并签订合同的企业给予“稳岗补贴。”',
      '补贴标准为每人每月五百元，期限一年。',
    ]);
  });
});

describe('a summary', () => {
  it('is made of the sentences in their order, and never longer than its field', () => {
    const sentence = fc
      .integer({ min: 14, max: 90 })
      .chain((length) =>
        fc
          .array(fc.constantFrom('岗', '补', '企', '贴', '区'), { minLength: length, maxLength: length })
          .map((letters) => `${letters.join('')}。`),
      );
    fc.assert(
      fc.property(
        fc.array(sentence, { maxLength: 12 }),
        fc.integer({ min: 1, max: 300 }),
        (texts, longest) => {
          const sentences = texts.map((text, paragraph) => ({ text, paragraph }));
          const summary = summarise(sentences, {
            words: texts.map((text) => Array.from(text)),
            titleWords: new Set(['岗']),
            rarity: () => 5,
            longest,
          });
          expect(summary.length).toBeLessThanOrEqual(longest);
          let from = 0;
          for (const part of summary.split(/(?<=。)/u).filter((one) => one !== '')) {
            const at = texts.indexOf(part, from);
            expect(at).toBeGreaterThanOrEqual(from);
            from = at + 1;
          }
        },
      ),
    );
  });
});
