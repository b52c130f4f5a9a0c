import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';

import { launchBrowser, signIn } from './chromium.ts';
import { type District, openDistrict } from './district.ts';

const pictures = resolve(import.meta.dirname, '..', '..', 'test-results', 'journeys');

export interface Visit {
  readonly district: District;
  /** A page in a browser context of its own, as a device of its own would be. */
  readonly open: (url: string, options?: BrowserContextOptions) => Promise<Page>;
  /** Signs a person in through the screens; resolves on the workbench. */
  readonly signInAs: (login: string, options?: BrowserContextOptions) => Promise<Page>;
}

/**
 * A browser for one test file. What a test opened is closed after it; a failed one leaves pictures of its
 * pages in test-results/.
 */
export function aVisit(): Visit {
  let browser: Browser | undefined;
  const district = openDistrict(inject('district'));
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async ({ task }) => {
    if (!browser) return;
    if (task.result?.state === 'fail') await keepPictures(browser, task.name);
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
  });
  const open: Visit['open'] = async (url, options = {}) => {
    if (!browser) throw new Error('the browser opens before the first test');
    const context = await browser.newContext({
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      viewport: { width: 1440, height: 900 },
      // A click must not meet a dialog half-way; under load, movements take seconds.
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };
  return {
    district,
    open,
    async signInAs(login, options) {
      const page = await open(`${district.consoleUrl}/`, options);
      await signIn(page, login, district.passwordOf(login));
      await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
      return page;
    },
  };
}

async function keepPictures(browser: Browser, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [index, page] of pages.entries()) {
    const file = `${name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)}-${String(index)}.png`;
    // A page that hangs must not hide why the test failed.
    await page.screenshot({ path: join(pictures, file), timeout: 5_000 }).catch(() => undefined);
  }
}
