import { describe, expect, it } from 'vitest';

import { actionName, objectName } from './audit-words.ts';

describe('the words of the audit record', () => {
  it('says in Chinese what was done', () => {
    const actions = [
      'library.save-draft',
      'review.submit-resource',
      'identity.sign-in',
      'sites.change-column',
    ];
    expect(actions.map(actionName)).toEqual(['保存草稿', '提交审核', '登录', '修改栏目']);
  });

  it('never shows an English identifier, not even for what nobody translated yet', () => {
    expect([actionName('outreach.push-delivery'), objectName('delivery', '7')]).toEqual([
      '其他操作',
      '其他 7',
    ]);
  });
});
