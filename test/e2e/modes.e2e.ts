import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { axeFindings } from './axe-findings.ts';
import { aVisit } from './browser.ts';
import { get } from './citizen.ts';

const visit = aVisit();
const { district } = visit;
const portal = district.siteUrl('www');

/** The page as somebody sees it who chose these modes before, on this site. */
async function choose(page: Page, modes: readonly string[]): Promise<void> {
  await page.evaluate(
    `localStorage.clear(); ${JSON.stringify(modes)}.forEach((one) => localStorage.setItem('mode-' + one, 'on'))`,
  );
}

/** From its next document on, every page is seen as by somebody who chose these modes before. */
async function chooseBeforehand(page: Page, modes: readonly string[]): Promise<void> {
  await page.addInitScript(
    `${JSON.stringify(modes)}.forEach((one) => localStorage.setItem('mode-' + one, 'on'))`,
  );
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Place {
  readonly kind: string;
  readonly url: string;
}

async function articleIn(column: string): Promise<string> {
  const path = /href="(\/[^"]*\/t\d{8}_\d+\.html)"/.exec((await get(column)).text)?.[1];
  if (path === undefined) throw new Error(`no article in ${column}`);
  return new URL(path, column).href;
}

let places: readonly Place[] = [];
beforeAll(async () => {
  places = [
    { kind: 'home', url: `${portal}/` },
    { kind: 'channel', url: `${portal}/zwgk/` },
    { kind: 'column', url: `${portal}/zwgk/tzgg/` },
    { kind: 'article', url: await articleIn(`${portal}/zwgk/tzgg/`) },
    { kind: 'policy', url: await articleIn(`${portal}/zwgk/zcwj/qzfwj/`) },
    { kind: 'search', url: `${portal}/search?q=${encodeURIComponent('通知')}&scope=all` },
    { kind: 'not found', url: `${portal}/nowhere.html` },
    { kind: 'accessibility', url: `${portal}/accessibility.html` },
  ];
});

describe.each([
  ['the usual view', []],
  ['长者模式', ['elder']],
  ['黑底黄字', ['contrast']],
  ['白底黑字', ['contrast-light']],
  ['the largest letters', ['larger-3']],
  ['繁體 with ruler and large pointer', ['hant', 'ruler', 'big-cursor']],
  ['长者模式 with 黑底黄字 and the largest letters', ['elder', 'contrast', 'larger-3']],
] as const)('in %s', (_name, modes) => {
  test('no page breaks WCAG 2.2 AA, nor scrolls sideways at 320 px', async () => {
    const page = await visit.open(`${portal}/`);
    await chooseBeforehand(page, modes);
    const findings: string[] = [];
    for (const { kind, url } of places) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(url);
      if ((modes as readonly string[]).includes('hant')) await page.locator('html[lang=zh-Hant]').waitFor();
      findings.push(...(await axeFindings(page, { runOnly: tags })).map((one) => `${kind} 1440: ${one}`));
      await page.setViewportSize({ width: 320, height: 640 });
      findings.push(...(await axeFindings(page, { runOnly: tags })).map((one) => `${kind} 320: ${one}`));
      const wide = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (wide > 0) findings.push(`${kind}: ${String(wide)} px too wide at 320 px`);
    }
    expect(findings).toEqual([]);
  });
});

// A link inside a sentence is as high as its line; everything else is a target of its own.
const smallTargets = `(least, selector) => Array.from(document.querySelectorAll(selector))
  .filter((one) => one.offsetParent !== null && !one.closest('.rich-text p, .skip-link, .visually-hidden, dialog'))
  .filter((one) => !(one.tagName === 'A' && one.closest('p, dd') && !one.closest('.tab-more')))
  .filter((one) => !['hidden', 'radio', 'checkbox'].includes(one.type))
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && box.height < least - 0.5)
  .map(([one, box]) => one.tagName + '.' + (one.className || one.parentElement.className || one.parentElement.parentElement.className) + ' ' + Math.round(box.height) + ' ' + one.textContent.trim().slice(0, 12))`;

const smallText = `Array.from(document.querySelectorAll('main p, main li, main td, main dd, main a'))
  .filter((one) => one.offsetParent !== null && one.textContent.trim() !== '' && !one.closest('.visually-hidden'))
  .map((one) => [one, getComputedStyle(one)])
  .filter(([, style]) => parseFloat(style.fontSize) < 18 || parseFloat(style.lineHeight) / parseFloat(style.fontSize) < 1.49)
  .map(([one, style]) => one.tagName + '.' + one.className + ' ' + style.fontSize + ' / ' + style.lineHeight)`;

describe('长者模式', () => {
  test.each([1440, 390])(
    'has letters of 18 px, lines of 1.5 and targets of 44 px at %i px',
    async (width) => {
      const page = await visit.open(`${portal}/`, { viewport: { width, height: 844 } });
      await chooseBeforehand(page, ['elder']);
      const findings: string[] = [];
      for (const { kind, url } of places) {
        await page.goto(url);
        const small = await page.evaluate<string[]>(
          `(${smallTargets})(44, 'a, button, input, select, summary')`,
        );
        const text = await page.evaluate<string[]>(smallText);
        findings.push(...[...new Set([...small, ...text])].map((one) => `${kind}: ${one}`));
      }
      expect(findings).toEqual([]);
    },
  );

  test('has main entries of 60 px on the home page, and every link that the usual view has', async () => {
    const page = await visit.open(`${portal}/`);
    const linksOf = `Array.from(document.querySelectorAll('a[href]'), (one) => one.offsetParent === null && !one.closest('.skip-link') ? '' : one.getAttribute('href')).sort().join()`;
    const usual = await page.evaluate<string>(linksOf);
    await choose(page, ['elder']);
    await page.reload();
    expect(await page.evaluate<string>(linksOf)).toBe(usual);
    const entries = '.main-navigation a, .tiles a, .link-grid a, .header-search input, .header-search button';
    expect(await page.evaluate<string[]>(`(${smallTargets})(60, ${JSON.stringify(entries)})`)).toEqual([]);
  });
});

describe('the tools', () => {
  const policy = (): string => places.find((place) => place.kind === 'policy')?.url ?? '';

  test('turn the page into 繁體 and back, leave what people type, and remember it', async () => {
    const page = await visit.open(`${portal}/`);
    expect((await get(`${portal}/`)).text).not.toContain('tools.js');
    await page.getByRole('searchbox').first().fill('政务公开');
    await page.getByRole('button', { name: '无障碍工具' }).click();
    const toggle = page.getByRole('region', { name: '无障碍工具' }).getByRole('button', { name: '繁體' });
    await toggle.click();
    await page.locator('html[lang=zh-Hant]').waitFor();
    const menu = page.locator('.main-navigation');
    expect(await menu.innerText()).toContain('政務公開');
    expect(await page.getByRole('searchbox').first().inputValue()).toBe('政务公开');
    expect(await page.title()).not.toContain('区人民政府');
    await page.goto(policy());
    await page.locator('html[lang=zh-Hant]').waitFor();
    expect(await page.locator('.byline').innerText()).toContain('發佈時間');
    await page.locator('#tools').getByRole('button', { name: '繁體' }).click();
    await page.locator('html[lang=zh-CN]').waitFor();
    expect(await page.locator('.byline').innerText()).toContain('发布时间');
    const cookies = await page.context().cookies();
    expect(cookies).toEqual([]);
  });

  test('read a page aloud paragraph by paragraph, pause, go on and stop', async () => {
    const page = await visit.open(policy());
    // A voice of our own: it says nothing, and ends a piece when it is told to.
    await page.addInitScript(`
      window.spoken = []; window.pending = [];
      const speech = { getVoices: () => [{ lang: 'zh-CN' }], addEventListener: () => {},
        speak: (one) => { window.spoken.push(one.text); window.pending.push(one); },
        cancel: () => { window.pending = []; } };
      Object.defineProperty(window, 'speechSynthesis', { value: speech });
      window.SpeechSynthesisUtterance = function (text) { this.text = text; };
      window.finish = () => window.pending.splice(0).forEach((one) => one.onend && one.onend());`);
    await page.reload();
    await page.getByRole('button', { name: '朗读', exact: true }).click();
    const tools = page.getByRole('region', { name: '无障碍工具' });
    await tools.getByRole('button', { name: '暂停' }).waitFor();
    await page.locator('h1.being-read').waitFor();
    await page.evaluate('finish()');
    const read = await page.locator('.being-read').innerText();
    expect(await page.locator('h1.being-read').count()).toBe(0);
    await tools.getByRole('button', { name: '暂停' }).click();
    await page.evaluate('finish()');
    expect(await page.locator('.being-read').innerText()).toBe(read);
    await tools.getByRole('button', { name: '继续朗读' }).click();
    expect(await page.evaluate<string>('spoken[spoken.length - 1]')).toBeTruthy();
    await tools.getByRole('button', { name: '停止' }).click();
    expect(await page.locator('.being-read').count()).toBe(0);
  });
});
