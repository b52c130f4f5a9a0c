import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { axeFindings, bringAxe } from './axe-findings.ts';
import { launchBrowser } from './chromium.ts';

// What needs a layout; the tests of components and pages have asked everything else.
const options = { runOnly: ['color-contrast', 'target-size', 'link-in-text-block'] };
const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

describe('the gallery', () => {
  let browser: Browser;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jiyue-gallery-'));
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/gallery.ts', folder]);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function findingsOf(page: Page, file: string): Promise<readonly string[]> {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.setContent(readFileSync(join(folder, file), 'utf8'));
    const found = await axeFindings(page, options);
    await page.setViewportSize({ width: 320, height: 700 });
    const wide = await page.evaluate<number>(overflow);
    return [...found, ...(wide > 0 ? [`${String(wide)} px too wide at 320 px`] : [])];
  }

  // Colours meet only in a browser: what stands on what, in every state.
  test.each([
    ['as it comes', /^(?:component|page-home|page-topic)[^.]*\.html$/],
    ['in 长者模式', /^(?:component|page-home|page-topic).*\.elder\.html$/],
    ['in high contrast', /^(?:component|page-home|page-topic).*\.contrast\.html$/],
  ])('%s is readable, and nothing scrolls sideways at 320 px', async (_mode, name) => {
    const page = await browser.newPage();
    const sheets = readdirSync(folder).filter((file) => name.test(file));
    expect(sheets.length).toBeGreaterThan(30);
    // A sheet takes the place of the one before it: axe stays, and what is relative stands in this folder.
    await page.goto(pathToFileURL(join(folder, 'index.html')).href);
    await bringAxe(page);
    const findings: string[] = [];
    for (const file of sheets) {
      for (const finding of await findingsOf(page, file)) findings.push(`${file} ${finding}`);
    }
    expect(findings).toEqual([]);
  });
});
