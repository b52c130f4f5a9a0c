import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { aVisit } from './browser.ts';
import { get } from './citizen.ts';
import { beginArticle, placeIn, save, submit } from './desk.ts';

const visit = aVisit();
const { district } = visit;

const focusedText = `(() => {
  const one = document.activeElement;
  return (one.getAttribute('aria-label') || one.innerText || one.value || one.id || '').trim();
})()`;

/** Presses Tab until the focus is where it should be, as somebody without a mouse does. */
async function tabTo(page: Page, wanted: RegExp, limit = 80): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < limit; presses += 1) {
    await page.keyboard.press('Tab');
    const text = await page.evaluate<string>(focusedText);
    if (wanted.test(text)) return;
    seen.push(text.slice(0, 20));
  }
  throw new Error(`no ${String(wanted)} within ${String(limit)} presses of Tab: ${seen.join(', ')}`);
}

const focusIsVisible = `(() => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  return marked && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
})()`;

/** What covers the focused element, or that it lies outside the window; empty when it can be seen whole. */
const focusIsObscured = `(() => {
  const one = document.activeElement;
  if (one === document.body) return '';
  const [box] = one.getClientRects();
  if (!box) return 'no box: ' + one.outerHTML.slice(0, 80);
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2];
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return 'outside: ' + one.outerHTML.slice(0, 80);
  const top = document.elementFromPoint(x, y);
  return one.contains(top) || top.contains(one) ? '' : 'behind ' + top.outerHTML.slice(0, 60) + ': ' + one.outerHTML.slice(0, 80);
})()`;

describe('with the keyboard alone', () => {
  test('a reviewer signs in, opens a task and approves it', async () => {
    const title = `键盘审核的通知${String(Date.now() % 1_000_000)}`;
    const editor = await visit.signInAs('shuxiaowen');
    await beginArticle(editor, title);
    await editor.getByRole('textbox', { name: '正文', exact: true }).fill('用键盘审核这篇稿件。');
    await editor.getByLabel(/^信息类别/).fill('通知公告');
    await editor.getByLabel(/^生成日期/).fill('2026-09-01');
    await placeIn(editor, '浔阳教体 通知公告');
    await save(editor);
    await submit(editor);

    const page = await visit.open(`${district.consoleUrl}/`);
    await page.getByLabel('登录名').waitFor();
    // The cursor already stands where one types.
    await page.keyboard.type('luchushen');
    await page.keyboard.press('Tab');
    await page.keyboard.type(district.passwordOf('luchushen'));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
    await page.getByRole('link', { name: `去审核：${title}` }).waitFor();
    await tabTo(page, /^跳到主要内容$/);
    await page.keyboard.press('Enter');
    await tabTo(page, new RegExp(`^去审核：${title}$`));
    expect(await page.evaluate<boolean>(focusIsVisible)).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '初审意见' }).waitFor();
    await tabTo(page, /^其余都答/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^通\s?过$/);
    await page.keyboard.press('Enter');
    await page.getByText('审核意见已提交').waitFor();
  });

  test('a citizen skips to the content, walks the menu and searches', async () => {
    const page = await visit.open(`${district.siteUrl('www')}/`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>(focusedText)).toBe('跳到正文');
    expect(await page.evaluate<boolean>(focusIsVisible)).toBe(true);
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('main');
    await page.reload();
    await tabTo(page, /^政务公开$/);
    expect(await page.evaluate<boolean>(focusIsVisible)).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '政务公开' }).waitFor();
    await tabTo(page, /^header-q$/);
    await page.keyboard.type('通知');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '搜索' }).waitFor();
    expect(await page.locator('.hit').count()).toBeGreaterThan(0);
  });
});

describe('with the keyboard alone, the tools', () => {
  test('open, change the page, and close with the focus where it was', async () => {
    const page = await visit.open(`${district.siteUrl('www')}/`);
    await tabTo(page, /^无障碍工具$/);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: '无障碍工具' }).waitFor();
    await tabTo(page, /^放大字号$/);
    expect(await page.evaluate<boolean>(focusIsVisible)).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByText('字号：大', { exact: true }).waitFor();
    await tabTo(page, /白底黑字$/);
    await page.keyboard.press('Space');
    expect(await page.evaluate<string>('document.documentElement.className')).toContain('contrast-light');
    await page.keyboard.press('Escape');
    expect(await page.evaluate<string>(focusedText)).toBe('无障碍工具');
    await page.reload();
    expect(await page.evaluate<string>('document.documentElement.className')).toContain('larger-1');
  });

  test('skip links lead to the text, the menu and the search', async () => {
    const page = await visit.open(`${district.siteUrl('www')}/zwgk/`);
    for (const [presses, id] of [
      [1, 'main'],
      [2, 'navigation'],
      [3, 'header-q'],
    ] as const) {
      await page.reload();
      await page.evaluate('history.replaceState(null, "", location.pathname)');
      await page.reload();
      for (let at = 0; at < presses; at += 1) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.evaluate<string>('document.activeElement.id')).toBe(id);
    }
  });

  test('nothing that has the focus is hidden behind anything, in any part of a long page', async () => {
    const column = await get(`${district.siteUrl('www')}/zwgk/zcwj/qzfwj/`);
    const path = /href="(\/[^"]*\/t\d{8}_\d+\.html)"/.exec(column.text)?.[1] ?? '/';
    for (const width of [1440, 390]) {
      const page = await visit.open(`${district.siteUrl('www')}${path}`, {
        viewport: { width, height: 700 },
      });
      await page.evaluate("localStorage.setItem('mode-ruler', 'on')");
      await page.reload();
      const hidden: string[] = [];
      for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press('Tab');
        const problem = await page.evaluate<string>(focusIsObscured);
        if (problem !== '') hidden.push(problem);
      }
      expect(hidden).toEqual([]);
    }
  });
});

describe('with the keyboard alone, the parts of pages', () => {
  test('tabs of the home page are walked with arrows, and the next press of Tab enters the open one', async () => {
    const page = await visit.open(`${district.siteUrl('jyj')}/`);
    const chosen = (): Promise<string> =>
      page.evaluate<string>("document.querySelector('[role=tab][aria-selected=true]').innerText");
    const shown = (): Promise<readonly string[]> =>
      page.evaluate<string[]>(
        "Array.from(document.querySelectorAll('[role=tabpanel]')).filter((one) => one.offsetParent).map((one) => one.querySelector('.tab-more').innerText.trim())",
      );
    await page.locator('[role=tab]').first().waitFor();
    // The same words stand in the main menu; the tab is the second that Tab meets.
    await tabTo(page, /^更多群众体育$/);
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>(focusedText)).toBe('政策文件');
    expect(await page.evaluate<boolean>(focusIsVisible)).toBe(true);
    expect(await shown()).toEqual(['更多政策文件']);
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate<string>(focusedText)).toBe('政策解读');
    expect([await chosen(), await shown()]).toEqual(['政策解读', ['更多政策解读']]);
    expect(await page.evaluate<boolean>(focusIsVisible)).toBe(true);
    await page.keyboard.press('ArrowRight');
    expect([await chosen(), await shown()]).toEqual(['政策文件', ['更多政策文件']]);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Home');
    expect([await chosen(), await shown()]).toEqual(['政策文件', ['更多政策文件']]);
    await page.keyboard.press('End');
    expect(await chosen()).toBe('政策解读');
    // One stop for all tabs: then the entries of the open panel.
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate<boolean>("document.activeElement.closest('[role=tabpanel]').offsetParent !== null"),
    ).toBe(true);
    await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate<string>(focusedText)).toBe('政策解读');
    await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate<boolean>("document.activeElement.matches('[role=tab]')")).toBe(false);
  });

  test.each([1440, 390])(
    'the contents of a long policy lead to its articles at %i px, and one reads on from there',
    async (width) => {
      const column = `${district.siteUrl('www')}/zwgk/zcwj/qzfwj/`;
      const path = /href="([^"]+)"[^>]*>[^<]*老旧小区改造管理办法的通知/.exec((await get(column)).text)?.[1];
      const page = await visit.open(new URL(path ?? '/', column).href, { viewport: { width, height: 844 } });
      if (width < 1000) {
        // Folded on a narrow screen, so that the text begins near the top.
        await tabTo(page, /^本文目录$/);
        expect(await page.evaluate<boolean>("document.querySelector('.contents details').open")).toBe(false);
        await page.keyboard.press('Enter');
        expect(await page.evaluate<boolean>("document.querySelector('.contents details').open")).toBe(true);
      }
      await tabTo(page, /^第六条/);
      expect(await page.evaluate<boolean>(focusIsVisible)).toBe(true);
      await page.keyboard.press('Enter');
      expect(page.url()).toMatch(/#clause-6$/);
      const top = "document.getElementById('clause-6').getBoundingClientRect().top";
      await expect.poll(() => page.evaluate<number>(top), { timeout: 5_000 }).toBeLessThan(200);
      expect(await page.evaluate<number>(top)).toBeGreaterThanOrEqual(0);
      // The next stop lies behind the article's beginning, not back in the contents.
      await page.keyboard.press('Tab');
      expect(await page.evaluate<boolean>("document.activeElement.closest('.contents') === null")).toBe(true);
    },
  );
});

describe('without JavaScript', () => {
  test('a citizen walks from the home page to an article and searches the whole district', async () => {
    const page = await visit.open(`${district.siteUrl('www')}/`, { javaScriptEnabled: false });
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '政务公开' }).click();
    await page.getByRole('main').getByRole('link', { name: '通知公告' }).first().click();
    const entry = page.getByRole('main').locator('a[href*="/t20"]').first();
    await entry.click();
    expect(page.url()).toMatch(/\/t\d{8}_\d+\.html$/);
    expect(await page.getByRole('main').innerText()).toContain('发布时间');
    // Buttons that only a script could serve are not shown.
    expect(await page.getByRole('button', { name: '打印' }).count()).toBe(0);
    await page.getByRole('search', { name: '站内搜索' }).getByRole('searchbox').fill('公告');
    await page.getByRole('search', { name: '站内搜索' }).getByRole('button', { name: '搜索' }).click();
    await page.getByRole('radio', { name: '全区各网站' }).check();
    await page.getByRole('search', { name: '搜索条件' }).getByRole('button', { name: '搜索' }).click();
    expect(page.url()).toContain('scope=all');
    expect(await page.locator('.hit mark').count()).toBeGreaterThan(0);
  });

  test('a citizen downloads an attachment, and meets no tool that only a script could serve', async () => {
    const home = district.siteUrl('www');
    const parts = [...(await get(`${home}/sitemap.xml`)).text.matchAll(/<loc>([^<]+-\d+\.xml)</g)];
    const texts = await Promise.all(parts.map(async ([, part = '']) => (await get(part)).text));
    const articles = texts.flatMap((text) => [...text.matchAll(/<loc>([^<]+)</g)].map(([, url = '']) => url));
    let found = '';
    for (const url of articles)
      if (found === '' && (await get(url)).text.includes('class="attachments"')) found = url;
    const page = await visit.open(found, { javaScriptEnabled: false });
    expect(await page.getByRole('button', { name: /无障碍工具|长者模式|朗读|打印/ }).count()).toBe(0);
    const file = page.locator('.attachments a').first();
    const answer = await get(new URL((await file.getAttribute('href')) ?? '', found).href);
    expect([answer.status, answer.bytes.length > 0]).toEqual([200, true]);
  });

  test('a citizen on a phone of 320 px reaches the menu and the content', async () => {
    const page = await visit.open(`${district.siteUrl('jyj')}/`, {
      javaScriptEnabled: false,
      viewport: { width: 320, height: 640 },
    });
    const menu = page.getByRole('navigation', { name: '主导航' });
    await menu.getByRole('link', { name: '通知公告' }).click();
    await page.getByRole('heading', { level: 1, name: '通知公告' }).waitFor();
  });
});
