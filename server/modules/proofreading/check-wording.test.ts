import { describe, expect, it } from 'vitest';

import { aBody, aCheckedText, told } from '../../../test/checked.ts';
import { createWordingChecker } from './check-wording.ts';

describe('wording', () => {
  it('names every material of a service guide, and of nothing else', () => {
    const content = { body: aBody('身份证、户口本及其他相关材料') };
    const checker = createWordingChecker();
    expect(told(checker, aCheckedText(content, { type: 'service-guide' }))).toEqual([
      'vague-material 其他相关材料',
    ]);
    expect(told(checker, aCheckedText(content))).toEqual([]);
  });

  it('does not advertise', () => {
    expect(told(createWordingChecker(), aCheckedText({ title: '限时抢购，买一送一' }))).toEqual([
      'advertising 限时抢购',
      'advertising 买一送一',
    ]);
  });

  it('is data: other words are found as they are written', () => {
    const rule = {
      key: 'own',
      name: '自定',
      severity: 'note' as const,
      words: ['a.c', 'a.cd'],
      message: '不用。',
    };
    expect(told(createWordingChecker([rule]), aCheckedText({ title: 'abcd a.cd' }))).toEqual(['own a.cd']);
  });
});
