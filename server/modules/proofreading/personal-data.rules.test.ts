import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { aBody, aCheckedText } from '../../../test/checked.ts';
import { readCases, scoreCases } from '../../../test/personal-cases.ts';
import { createPersonalDataChecker } from './check-personal-data.ts';
import { findPersonalData } from './personal-data.rules.ts';
import { usualMasks } from './personal-mask.rules.ts';
import { checkDigitOf } from './personal-number.rules.ts';

const today = '2026-11-27';
const find = (text: string) => findPersonalData(text, { today, masks: usualMasks });
const masked = (text: string) => find(text).map(({ suggestion }) => suggestion);

describe('personal data', () => {
  it('is found in at least 98 of 100 places, and 98 of 100 finds are right', () => {
    const positive = readCases('positive');
    const negative = readCases('negative');
    expect(positive.length).toBeGreaterThanOrEqual(200);
    expect(negative.length).toBeGreaterThanOrEqual(200);
    const { precision, recall, mistakes } = scoreCases([...positive, ...negative], today);
    expect(precision, mistakes.join('\n')).toBeGreaterThanOrEqual(0.98);
    expect(recall, mistakes.join('\n')).toBeGreaterThanOrEqual(0.98);
  });

  it('comes with the mask that is to stand there', () => {
    expect(masked('电话：138 0000 1234')).toEqual(['138****1234']);
    expect(masked('身份证号：369901190501010019')).toEqual(['369901********0019']);
    expect(masked('户主张桂兰，住浔阳区湖滨小区12栋3单元402室')).toEqual(['**栋**单元**室']);
    expect(masked('申请人张桂兰，邮箱zhanggl@qq.com')).toEqual(['z***@qq.com']);
    expect(masked('住宅电话：0792-8211001')).toEqual(['0792-*****01']);
  });

  it('is told by weight: an ID number stands behind no thousand of mobiles', () => {
    const text = `${'电话：13800001234\n'.repeat(1_000)}身份证号：369901190501010019`;
    const checked = aCheckedText({ body: aBody(text) }, { facts: { today } });
    expect(
      createPersonalDataChecker()
        .run(checked)
        .map(({ rule }) => rule),
    ).toContain('id-number');
  });

  it('is right once it is masked', () => {
    for (const text of readCases('positive').map((one) => one.text)) {
      const again = [...find(text)]
        .reverse()
        .reduce(
          (rest, { start, end, suggestion }) => rest.slice(0, start) + suggestion + rest.slice(end),
          text,
        );
      expect(find(again), again).toEqual([]);
    }
  });

  it('is an ID number only with a day of birth that has been and its check digit', () => {
    expect(find('编制名单 369901190501010019')).toHaveLength(1);
    expect(find('编制名单 369901190501010018')).toEqual([]);
    const unborn = '36990120990101001';
    expect(find(`编制名单 ${unborn}${checkDigitOf(unborn)}`)).toEqual([]);
    // Whoever mistyped the number of an ID card has still told it.
    expect(find('身份证号369901190501010018')).toHaveLength(1);
  });

  it('is found whatever stands around it, and nothing is found twice', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\u4e00-\u9fa5，。 \n\t]{0,40}$/u),
        fc.stringMatching(/^[，。\n\t）][\u4e00-\u9fa5，。 \n\t]{0,40}$/u),
        (before, after) => {
          const text = `${before}\n身份证号：369901190501010019${after}`;
          const finds = find(text);
          expect(finds.map(({ start, end }) => text.slice(start, end))).toContain('369901190501010019');
          for (const [at, { start }] of finds.entries()) {
            expect(start).toBeGreaterThanOrEqual(finds[at - 1]?.end ?? 0);
          }
        },
      ),
    );
  });

  it('takes time in proportion to the text, however it was made', () => {
    const hostile = [
      '1',
      '1 ',
      '62 ',
      '1-',
      '0792-',
      '@',
      'a@',
      'a.',
      '张',
      '张三 ',
      '村',
      '村1',
      '1栋',
      '1\t',
      '\t',
      '\n',
      '138',
      '138\t\n',
      '路1',
      '12-',
      '(0',
      '姓名 ',
      'www.',
      '一二',
    ];
    // What others do on the machine meanwhile is not counted.
    const once = (text: string): number => {
      const before = process.cpuUsage();
      find(text);
      return process.cpuUsage(before).user / 1_000;
    };
    const timeOf = (text: string): number => Math.min(once(text), once(text));
    for (const piece of hostile) {
      const short = timeOf(piece.repeat(Math.ceil(2_000 / piece.length)));
      const long = timeOf(piece.repeat(Math.ceil(16_000 / piece.length)));
      // Eight times the text: the square would be 64 times the time.
      expect(long, JSON.stringify(piece)).toBeLessThan(32 * Math.max(short, 5));
    }
  });
});
