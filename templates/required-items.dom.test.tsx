import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HomeProps, SiteChrome } from './index.ts';
import { renderColumn, renderHome } from './index.ts';
import { portalChrome, unitChrome } from './pages/chrome.examples.ts';
import { columnExamples } from './pages/column.examples.ts';

const picture = fc.record({
  url: fc.constant('/files/a.png'),
  width: fc.integer({ min: 1, max: 5_000 }),
  height: fc.integer({ min: 1, max: 5_000 }),
});
const optional = <T,>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

/** Whatever an operator may set. */
const looks: fc.Arbitrary<Partial<SiteChrome>> = fc.record({
  logo: optional(picture),
  banner: optional(picture),
  homeLayout: optional(fc.constantFrom('standard' as const, 'wide-lead' as const, 'compact' as const)),
  navigationStyle: optional(fc.constantFrom('bar' as const, 'plain' as const)),
  friendlyLinks: fc.constantFrom(undefined, [], portalChrome.friendlyLinks),
  demo: fc.boolean(),
});
const urgent: fc.Arbitrary<HomeProps['urgent']> = optional(
  fc.record({
    level: fc.constantFrom('red' as const, 'orange' as const, 'blue' as const),
    text: fc.string({ minLength: 1 }),
    since: fc.constant('2026-11-21 06:40'),
  }),
);

const footerItems = [
  '党政机关标识',
  '我为政府网站找错',
  '网站标识码',
  '主办单位',
  '联系方式',
  'ICP备案',
  '公安备案',
  '站点地图',
  '适老化',
];

function parse(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

/** What an inspection looks for (rules R33 and R36), and what no visitor may be without. */
function missingFrom(page: Document, chrome: SiteChrome): string[] {
  const footer = page.querySelector('body > footer')?.textContent ?? '';
  const checks: Readonly<Record<string, boolean>> = {
    'the registered name': page.querySelector('.brand-name')?.textContent === chrome.name,
    'a name for the link home': (page.querySelector('.brand')?.textContent ?? '').includes(chrome.name),
    'the search box': page.querySelector('header form[role=search] input[name=q]') !== null,
    'the skip link': page.querySelector('body > a.skip-link[href="#main"]') !== null,
    'the main part': page.querySelector('main#main h1') !== null,
    'the modes': page.querySelectorAll('header [data-preference], header [data-tools]').length >= 2,
    'the main navigation': page.querySelectorAll('nav.main-navigation a').length === chrome.navigation.length,
  };
  return [
    ...footerItems.filter((item) => !footer.includes(item)),
    ...Object.keys(checks).filter((name) => checks[name] !== true),
  ];
}

test('no setting of a site removes a required item from its pages', () => {
  fc.assert(
    fc.property(fc.constantFrom(portalChrome, unitChrome), looks, urgent, (site, look, notice) => {
      const chrome = { ...site, ...look };
      const home = parse(renderHome({ chrome, description: '首页', blocks: [], urgent: notice }));
      expect(missingFrom(home, chrome)).toEqual([]);
      const column = parse(renderColumn({ ...columnExamples['the newest page of a column'], chrome }));
      expect(missingFrom(column, chrome)).toEqual([]);
      expect(column.querySelectorAll('nav.breadcrumb li').length).toBeGreaterThan(1);
    }),
    { numRuns: 60 },
  );
});

test('a banner is decoration: it has no words of its own and stands outside of the main part', () => {
  const chrome = { ...portalChrome, banner: { url: '/files/a.png', width: 1920, height: 360 } };
  const page = parse(renderHome({ chrome, description: '首页', blocks: [] }));
  expect(page.querySelector('.banner img')?.getAttribute('alt')).toBe('');
  expect(page.querySelector('main .banner')).toBeNull();
});
