import { describe, expect, it } from 'vitest';

import type { RichBlock } from '../../../contracts/rich-text.ts';
import { aBody, aCheckedText, told } from '../../../test/checked.ts';
import { createPictureChecker } from './check-pictures.ts';

const checker = createPictureChecker(new Set(['7']));
const picture = (alt: string, assetId = '1'): RichBlock => ({ type: 'image', attrs: { assetId, alt } });
const toldOf = (...blocks: readonly (string | RichBlock)[]) =>
  told(checker, aCheckedText({ body: aBody(...blocks) }));

describe('pictures', () => {
  it('need words for those who cannot see them, and a file name is none', () => {
    expect(
      toldOf(picture(' '), picture('IMG_20230101.jpg'), picture('微信图片_2023'), picture('会议现场')),
    ).toEqual(['alt-missing', 'alt-is-file-name IMG_20230101.jpg', 'alt-is-file-name 微信图片_2023']);
  });

  it('of maps need an approval number, beside the picture or in the line under it', () => {
    expect(toldOf(picture('浔阳区行政区划图'))).toEqual(['map-without-number 浔阳区行政区划图']);
    expect(toldOf(picture('浔阳区地图 审图号：赣S(2023)012号'))).toEqual([]);
    expect(toldOf(picture('浔阳区地图'), '审图号：GS（2023）1234号')).toEqual([]);
    expect(toldOf(picture('浔阳区地图'), '正文', '审图号：GS（2023）1234号')).toHaveLength(1);
    expect(toldOf(picture('办事流程示意图'))).toEqual([]);
  });

  it('of flags and emblems are the approved files; a scene with a flag is none', () => {
    expect(toldOf(picture('国徽'))).toEqual(['emblem-not-approved 国徽']);
    expect(toldOf(picture('国徽', '7'))).toEqual([]);
    expect(toldOf(picture('党员在党旗下宣誓'))).toEqual([]);
  });

  it('are told of where they stand', () => {
    const [finding] = checker.run(aCheckedText({ body: aBody('第一段', picture('')) }));
    expect(finding?.place).toEqual({ part: 'body', start: 3, end: 3 });
  });

  it('in the text of blocks are looked at too', () => {
    const block = { key: 'a', kind: 'text', body: aBody('版块', picture(''), picture('国徽')) } as const;
    expect(told(checker, aCheckedText({ blocks: [block] }))).toEqual([
      'alt-missing',
      'emblem-not-approved 国徽',
    ]);
  });
});
