import { describe, expect, it } from 'vitest';

import { aCheckedText } from '../../../test/checked.ts';
import { createMetadataChecker } from './check-metadata.ts';

const whole = {
  source: '浔阳区人民政府办公室',
  summary: '一句话。',
  category: '规范性文件',
  openMode: '主动公开',
  producedOn: '2026-11-27',
  openTimeLimit: '常年公开',
  openScope: '面向全社会',
};
const rulesOf = (content: object, type: 'policy' | 'article' | 'home') =>
  createMetadataChecker()
    .run(aCheckedText(content, { type }))
    .map(({ rule }) => rule);

describe('metadata', () => {
  it('is whole when the catalogue and the table of openness are', () => {
    expect(rulesOf(whole, 'policy')).toEqual([]);
  });

  it('is told of field by field where it is missing, blank or unknown', () => {
    expect(rulesOf({ ...whole, summary: ' ', openScope: '面向大家', producedOn: '' }, 'policy')).toEqual([
      'missing-summary',
      'missing-producedOn',
      'missing-openScope',
    ]);
  });

  it('of an article is its source; a composed page has none', () => {
    expect(rulesOf({}, 'article')).toEqual(['missing-source']);
    expect(rulesOf({}, 'home')).toEqual([]);
  });
});
