import { describe, expect, it } from 'vitest';

import type { RichBlock } from '../../../contracts/rich-text.ts';
import { aBody, aCheckedText, told } from '../../../test/checked.ts';
import { createLinkChecker } from './check-links.ts';

const checker = createLinkChecker({
  own: new Set(['xunyang-demo.gov.cn']),
  approved: new Set(['example.org']),
  blocked: new Set(['evil.example']),
  dead: new Set(['https://www.gov.cn/gone']),
});
const linking = (...hrefs: readonly string[]): RichBlock => ({
  type: 'paragraph',
  content: hrefs.flatMap((href) => [
    { type: 'text', text: '见' },
    { type: 'text', text: '这里', marks: [{ type: 'link', attrs: { href } }] },
  ]),
});

describe('links', () => {
  it('may lead to the government, to own sites, to approved hosts and to places of the site itself', () => {
    const body = aBody(
      linking(
        'https://www.gov.cn/',
        'https://xunyang-demo.gov.cn/a',
        'https://docs.example.org/',
        '/zwgk/',
        '#a',
      ),
    );
    expect(told(checker, aCheckedText({ body }))).toEqual([]);
  });

  it('need an approval for every other host', () => {
    const body = aBody(linking('https://shop.example.com/x', 'https://www.gov.cn.example.com/'));
    expect(told(checker, aCheckedText({ body }))).toEqual([
      'unapproved-host https://shop.example.com/x',
      'unapproved-host https://www.gov.cn.example.com/',
    ]);
  });

  it('are blocked when they lead to a forbidden host, whatever was approved', () => {
    const body = aBody(linking('https://WWW.Evil.Example./x'));
    expect(checker.run(aCheckedText({ body }))).toMatchObject([{ rule: 'blocked-host', severity: 'blocks' }]);
  });

  it('are dead when their address failed, with or without a place on the page', () => {
    const body = aBody(linking('https://www.gov.cn/gone#part', 'https://www.gov.cn/gone-not'));
    expect(told(checker, aCheckedText({ body }))).toEqual(['dead-link https://www.gov.cn/gone#part']);
  });

  it('are told of where their words stand', () => {
    const body = aBody('第一段', linking('/here', 'https://shop.example.com/'));
    const [finding] = checker.run(aCheckedText({ body }));
    expect(finding?.place).toEqual({ part: 'body', start: 8, end: 10 });
  });

  it('are looked for in blocks and fields too', () => {
    const content = {
      website: 'https://a.example.com/',
      values: { 'x-form.link': 'https://b.example.com/' },
      blocks: [
        {
          key: 'abcdef',
          kind: 'links' as const,
          title: '链接',
          groups: [{ name: '组', links: [{ name: '名', url: 'https://c.example.com/' }] }],
        },
      ],
    };
    expect(checker.run(aCheckedText(content)).map(({ place }) => place.part)).toEqual([
      'field:blocks',
      'field:website',
      'field:x-form.link',
    ]);
  });
});
