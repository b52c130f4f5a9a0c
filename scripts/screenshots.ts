// node --import tsx scripts/screenshots.ts <console url> <public url> <accounts file>
// Takes the pictures of README and manual from a running demonstration district. Run by hand after the look changed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';

import { launchBrowser, signIn } from '../test/e2e/chromium.ts';
import { readPasswords } from '../test/e2e/district.ts';

const folder = resolve(import.meta.dirname, '..', 'docs', 'manual', 'images');
const largest = 250_000;

interface Sources {
  readonly consoleUrl: string;
  readonly publicUrl: string;
  readonly passwords: ReadonlyMap<string, string>;
}

interface Picture {
  readonly name: string;
  readonly width: 1440 | 390;
  readonly height: number;
  /** Who looks at it; nobody is signed in on public pages. */
  readonly login?: string;
  readonly open: (page: Page, sources: Sources) => Promise<void>;
}

const site = (publicUrl: string, name: string): string => publicUrl.replace('//', `//${name}.`);

async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
}

async function follow(page: Page, from: string, link: string): Promise<void> {
  await page.goto(from);
  await page.locator(link).first().click();
  await page.waitForLoadState('networkidle');
}

async function openFrom(page: Page, destination: string): Promise<void> {
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: destination }).click();
  await page.getByRole('heading', { level: 1, name: destination }).waitFor();
}

const pictures: readonly Picture[] = [
  {
    name: 'home-1440',
    width: 1440,
    height: 1500,
    open: (page, { publicUrl }) => visit(page, `${publicUrl}/`),
  },
  {
    name: 'home-390',
    width: 390,
    height: 1300,
    open: (page, { publicUrl }) => visit(page, `${publicUrl}/`),
  },
  {
    name: 'article-390',
    width: 390,
    height: 1300,
    // The newest report with a picture.
    open: (page, { publicUrl }) => follow(page, `${site(publicUrl, 'jyj')}/`, 'a.story-main'),
  },
  {
    name: 'policy-1440',
    width: 1440,
    height: 1300,
    open: (page, { publicUrl }) => follow(page, `${publicUrl}/zwgk/zcwj/qzfwj/`, 'main a[href*="/t20"]'),
  },
  {
    name: 'search-1440',
    width: 1440,
    height: 1000,
    open: (page, { publicUrl }) =>
      visit(page, `${publicUrl}/search?q=${encodeURIComponent('养老服务')}&scope=all`),
  },
  {
    name: 'workbench-1440',
    width: 1440,
    height: 900,
    login: 'shuxiaowen',
    open: () => Promise.resolve(),
  },
  {
    name: 'editor-1440',
    width: 1440,
    height: 1000,
    login: 'shuxiaowen',
    open: async (page) => {
      await page
        .getByRole('link', { name: /^(?:去修改|继续写)/ })
        .first()
        .click();
      await page.getByRole('textbox', { name: '正文', exact: true }).waitFor();
    },
  },
  {
    name: 'review-390',
    width: 390,
    height: 1100,
    login: 'luchushen',
    open: async (page) => {
      await page
        .getByRole('link', { name: /^去审核/ })
        .first()
        .click();
      await page.getByRole('heading', { name: /意见$/ }).waitFor();
      await page.locator('.preview iframe').waitFor();
    },
  },
  {
    name: 'columns-1440',
    width: 1440,
    height: 900,
    login: 'yunweichen',
    open: (page) => openFrom(page, '栏目'),
  },
  {
    name: 'accounts-1440',
    width: 1440,
    height: 900,
    login: 'yunweichen',
    open: (page) => openFrom(page, '单位与账号'),
  },
];

/** Few colours make a small file; as many as fit. */
async function reduce(png: Buffer): Promise<Buffer> {
  for (const colours of [256, 128, 64, 32]) {
    const reduced = await sharp(png).png({ palette: true, colours, effort: 10, dither: 0.5 }).toBuffer();
    if (reduced.length <= largest) return reduced;
  }
  throw new Error('a picture does not become small enough');
}

async function take(browser: Browser, picture: Picture, sources: Sources): Promise<void> {
  const { name, width, height, login } = picture;
  const context = await browser.newContext({
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width, height },
    reducedMotion: 'reduce',
    isMobile: width < 800,
    hasTouch: width < 800,
  });
  const page = await context.newPage();
  if (login !== undefined) {
    await page.goto(`${sources.consoleUrl}/`);
    await signIn(page, login, sources.passwords.get(login) ?? '');
    await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
  }
  await picture.open(page, sources);
  await page.waitForLoadState('networkidle');
  await page.mouse.move(0, 0); // Nothing lies under the pointer.
  await page.waitForTimeout(500); // Fonts and the last movement.
  const reduced = await reduce(await page.screenshot());
  writeFileSync(join(folder, `${name}.png`), reduced);
  console.log(`${name}.png ${String(Math.round(reduced.length / 1000))} KB`);
  await context.close();
}

const [consoleUrl, publicUrl, accountsFile, ...only] = process.argv.slice(2);
if (consoleUrl === undefined || publicUrl === undefined || accountsFile === undefined) {
  console.error(
    'usage: node --import tsx scripts/screenshots.ts <console url> <public url> <accounts file> [name …]',
  );
  process.exit(2);
}
const sources: Sources = {
  consoleUrl: consoleUrl.replace(/\/$/, ''),
  publicUrl: publicUrl.replace(/\/$/, ''),
  passwords: readPasswords(readFileSync(accountsFile, 'utf8')),
};
mkdirSync(folder, { recursive: true });
const browser = await launchBrowser();
try {
  for (const picture of pictures) {
    if (only.length === 0 || only.includes(picture.name)) await take(browser, picture, sources);
  }
} finally {
  await browser.close();
}
