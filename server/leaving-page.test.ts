import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { dangersIn } from '../test/dangers.ts';
import { renderLeaving } from '../templates/index.ts';
import { leavingTarget } from './leaving-page.ts';

describe('where a link leads that leaves the site', () => {
  it.each([
    ['https://example.com/a?b=1#c', 'https://example.com/a?b=1#c', 'example.com', true],
    ['http://example.com:8080', 'http://example.com:8080/', 'example.com:8080', false],
    ['HTTPS://EXAMPLE.COM/', 'https://example.com/', 'example.com', true],
  ])('%s is shown and offered', (to, url, host, encrypted) => {
    expect(leavingTarget(to)).toEqual({ outcome: 'outside', url, host, asciiHost: host, encrypted });
  });

  it('says both how a name reads and what it is', () => {
    const there = { outcome: 'outside', host: '中国.cn', asciiHost: 'xn--fiqs8s.cn' };
    expect(leavingTarget('https://中国.cn/')).toMatchObject(there);
    expect(leavingTarget('https://xn--fiqs8s.cn/')).toMatchObject(there);
  });

  it('says of a government site that it is one, and of one that only looks so that it is not', () => {
    expect(leavingTarget('https://www.gov.cn/')).toMatchObject({ outcome: 'government' });
    expect(leavingTarget('https://机关.政务/')).toMatchObject({ outcome: 'government' });
    for (const to of ['https://www.gov.cn.example.com/', 'https://notgov.cn/']) {
      expect(leavingTarget(to)).toMatchObject({ outcome: 'outside' });
    }
  });

  it.each([
    null,
    '',
    '/zwgk/',
    '//example.com/',
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.com/',
    'https:example.com',
    'https://www.gov.cn@example.com/',
    'https://example.com/\u202egpj.exe',
    'https://example.com/ x',
    'https://example.com\\@gov.cn',
    'https://[::1',
    `https://example.com/${'a'.repeat(2_000)}`,
  ])('%j leads nowhere', (to) => {
    expect(leavingTarget(to)).toEqual({ outcome: 'refused' });
  });

  it('is never anything but a web address, and never more than text on the page', () => {
    const parts = fc.array(
      fc.constantFrom(
        'http',
        's',
        '://',
        'a.cn',
        '@',
        '/',
        '?',
        '#',
        '"',
        '<',
        "'",
        '\\',
        'javascript:',
        '%',
        '文',
      ),
    );
    fc.assert(
      fc.property(parts, (given) => {
        const props = leavingTarget(given.join(''));
        if (props.outcome !== 'refused') expect(props.url).toMatch(/^https?:\/\/[^/@]+\//);
        expect(dangersIn(renderLeaving(props))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
