import { gzipSync } from 'node:zlib';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { contrastOf } from '../templates/colour.ts';
import { renderThemeStylesheet } from '../templates/index.ts';
import { type StyleRule, styleRules, styleText } from './style-rules.ts';

type Tokens = Readonly<Record<string, string>>;

const rules = styleRules();
const tokensOf = (selector: string, within = ''): Tokens =>
  Object.fromEntries(
    rules
      .filter(
        (rule) =>
          rule.selector
            .split(',\n')
            .map((one) => one.trim())
            .includes(selector) && rule.within === within,
      )
      .flatMap((rule) => rule.declarations.filter(([name]) => name.startsWith('--'))),
  );

const shared: Tokens = { ...tokensOf(':root'), ...tokensOf('body') };
const plainNavigation = tokensOf('.site-header-plain .main-navigation');
/** The modes of reading with colours of their own, by the class that switches them on. */
const palettes = new Map(
  rules
    .filter(({ selector, within, declarations }) => {
      const setsGround = declarations.some(([name]) => name === '--paper');
      return setsGround && selector !== ':root' && within === '';
    })
    .map(({ selector }) => [selector, { ...shared, ...tokensOf(selector) }] as const),
);
const themeTokens = (primary: string, accent?: string): Tokens => ({
  ...shared,
  ...Object.fromEntries(
    [...renderThemeStylesheet({ primary, accent }).matchAll(/(--[a-z-]+): ([^;]+);/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  ),
});

function resolve(value: string, tokens: Tokens): string {
  const name = /^var\((--[a-z-]+)\)$/.exec(value)?.[1];
  if (name !== undefined) return resolve(tokens[name] ?? `no token ${name}`, tokens);
  return value.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
}

// What text stands on. A page's grounds are all light (in high contrast all black), so any text may stand on any.
const grounds = ['paper', 'surface', 'primary-tint', 'accent-tint', 'warning-tint', 'danger-tint'];
const words = ['text', 'text-quiet', 'primary', 'primary-dark', 'accent', 'warning', 'danger'];
// Filled grounds have text of their own.
const filled: Readonly<Record<string, readonly string[]>> = {
  'on-primary': ['primary', 'primary-dark'],
  'on-danger': ['danger'],
  'on-nav': ['nav'],
  'on-nav-current': ['nav-current'],
};
// Edges that tell where to type or press, and marks that carry meaning: 3:1 (WCAG 1.4.11).
const marks = ['primary', 'accent', 'line-strong', 'danger', 'text'];

interface Pair {
  readonly front: string;
  readonly ground: string;
  readonly least: number;
}

const pairs: readonly Pair[] = [
  ...words.flatMap((front) => grounds.map((ground) => ({ front, ground, least: 4.5 }))),
  ...Object.entries(filled).flatMap(([front, on]) => on.map((ground) => ({ front, ground, least: 4.5 }))),
  ...marks.flatMap((front) => ['paper', 'surface'].map((ground) => ({ front, ground, least: 3 }))),
];

function unreadable(tokens: Tokens): string[] {
  return pairs.flatMap(({ front, ground, least }) => {
    const [one, other] = [resolve(`var(--${front})`, tokens), resolve(`var(--${ground})`, tokens)];
    const reached = contrastOf(one, other);
    return reached >= least ? [] : [`${front} ${one} on ${ground} ${other}: ${reached.toFixed(2)}`];
  });
}

const colours = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('colours', () => {
  it('are readable before a site has chosen any', () => {
    expect(unreadable(shared)).toEqual([]);
    expect(unreadable({ ...shared, ...plainNavigation })).toEqual([]);
  });

  it('are readable whatever main colour and accent a site chooses, and whichever navigation', () => {
    fc.assert(
      fc.property(colours, fc.option(colours, { nil: undefined }), fc.boolean(), (primary, accent, plain) => {
        const theme = themeTokens(primary, accent);
        expect(unreadable(plain ? { ...theme, ...plainNavigation } : theme)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('are readable in every mode with colours of its own, words by the stricter 7:1', () => {
    expect([...palettes.keys()]).toContain('.contrast body');
    for (const [selector, palette] of palettes) {
      expect(unreadable(palette), selector).toEqual([]);
      const paper = resolve('var(--paper)', palette);
      for (const front of words) {
        const reached = contrastOf(resolve(`var(--${front})`, palette), paper);
        expect(reached, `${selector} ${front}`).toBeGreaterThanOrEqual(7);
      }
    }
  });

  it('of a theme do not shine through a mode with colours of its own', () => {
    const ofTheme = [...renderThemeStylesheet({ primary: '#0b5cad' }).matchAll(/(--[a-z-]+):/g)];
    for (const selector of palettes.keys()) {
      const own = tokensOf(selector);
      expect(ofTheme.filter(([, name = '']) => own[name] === undefined)).toEqual([]);
    }
  });

  it('are of three hues at most: the main colour, the accent, and one for alarm', () => {
    const ofTheSite = /^--(?:primary|accent)/;
    const others = Object.entries(shared).filter(
      ([name, value]) => value.startsWith('#') && !ofTheSite.test(name) && spreadOf(value) > greyish,
    );
    expect(others.map(([name]) => name)).toEqual(['--danger']);
    const [red = 0, green = 0, blue = 0] = channelsOf(shared['--danger-tint'] ?? '');
    expect(red > green && green === blue).toBe(true);
  });
});

/** Below this the eye takes a colour for a grey, warm or cold. */
const greyish = 28;
const channelsOf = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
const spreadOf = (colour: string) => Math.max(...channelsOf(colour)) - Math.min(...channelsOf(colour));

describe('the style sheet', () => {
  const described = new Set([...grounds, ...words, ...Object.keys(filled), ...Object.values(filled).flat()]);
  const declared = (wanted: RegExp) =>
    rules
      .filter((rule) => !isTokens(rule))
      .flatMap((rule) =>
        rule.declarations
          .filter(([property]) => wanted.test(property))
          .map(([, value]) => ({ place: `${rule.file} ${rule.selector}`, value })),
      );

  it('takes the colours of words from the tokens whose contrast is known', () => {
    const known = new RegExp(`^(?:inherit|currentcolor|var\\(--(?:${[...described].join('|')})\\))$`);
    expect(declared(/^color$/).filter(({ value }) => !known.test(value))).toEqual([]);
  });

  it('takes grounds from those tokens too', () => {
    const known = new RegExp(`^(?:none|currentcolor|var\\(--(?:veil|line|${[...described].join('|')})\\))$`);
    expect(declared(/^background(?:-color)?$/).filter(({ value }) => !known.test(value))).toEqual([]);
  });

  it('puts white words only on grounds that are filled', () => {
    const wrong = rules.filter(({ declarations }) => {
      const of = (name: string) => declarations.find(([property]) => property === name)?.[1];
      const [front, ground] = [of('color') ?? '', of('background')];
      const own = /^var\(--(on-[a-z-]+)\)$/.exec(front)?.[1];
      const name = /^var\(--([a-z-]+)\)$/.exec(ground ?? '')?.[1];
      return own !== undefined && name !== undefined && filled[own]?.includes(name) !== true;
    });
    expect(wrong).toEqual([]);
  });

  it('writes no colour outside of the tokens', () => {
    const raw = /#[0-9a-f]{3,8}\b|\brgb|\bhsl/i;
    const wrong = rules.flatMap((rule) => {
      const coloured = rule.declarations.filter(([, value]) => raw.test(value));
      return coloured.filter(([name]) => !name.startsWith('--')).map(([name]) => `${rule.selector} ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it('uses no token that is not there', () => {
    const used = [...styleText().matchAll(/var\((--[a-z0-9-]+)\)/g)].map(([, name = '']) => name);
    expect([...new Set(used)].filter((name) => shared[name] === undefined)).toEqual([]);
  });

  it('breaks only at the named widths', () => {
    const named = Object.entries(shared)
      .filter(([name]) => name.startsWith('--from-'))
      .map(([, value]) => Number.parseFloat(value));
    const widths = [...styleText().matchAll(/@media[^{]*width: ([\d.]+)em/g)].map(([, em = '']) =>
      Number(em),
    );
    expect(widths.length).toBeGreaterThan(5);
    expect(widths.filter((width) => !named.includes(Math.round(width)))).toEqual([]);
  });

  it('is no larger than 16 KB as it travels', () => {
    expect(gzipSync(styleText(), { level: 9 }).byteLength).toBeLessThanOrEqual(16 * 1024);
  });
});

/** Where the tokens get their values. */
function isTokens(rule: StyleRule): boolean {
  return rule.file === '00-tokens.css';
}
