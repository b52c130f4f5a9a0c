import { describe, expect, it } from 'vitest';

import { reprintRefusal } from './reprint.rules.ts';

const sources = ['新华社', 'jiujiang.gov.cn'];
const text = { source: '新华社', address: 'https://www.news.cn/a.html', ownNames: ['区民政局'] };

describe('the sources that a column reprints from', () => {
  it('do not concern what the unit wrote itself, nor a column without a list', () => {
    expect(reprintRefusal(sources, { ...text, source: '区民政局', address: undefined })).toBeNull();
    expect(reprintRefusal([], { ...text, source: '某论坛', address: undefined })).toBeNull();
  });

  it('are names as they are written, and hosts with all below them', () => {
    expect(reprintRefusal(sources, text)).toBeNull();
    const city = { ...text, source: '市民政局', address: 'https://mzj.jiujiang.gov.cn/x' };
    expect(reprintRefusal(sources, city)).toBeNull();
    expect(reprintRefusal(sources, { ...city, address: 'https://jiujiang.gov.cn.evil.test/x' })).toContain(
      '不在其中',
    );
    expect(reprintRefusal(sources, { ...text, source: '新华社江西分社' })).toContain(
      '新华社、jiujiang.gov.cn',
    );
  });

  it('ask where the original stands, of types that can say it', () => {
    expect(reprintRefusal(sources, { ...text, address: '' })).toContain('来源网址');
    expect(reprintRefusal(sources, { ...text, address: null })).toBeNull();
    expect(reprintRefusal(sources, { ...text, source: '别处', address: null })).toContain('不在其中');
  });
});
