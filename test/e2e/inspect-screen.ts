import type { Page } from 'playwright-core';

import { axeFindings } from './axe-findings.ts';

const bothWidths = [1440, 390] as const;

export async function setWidth(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: width > 800 ? 900 : 844 });
}

/** Every finding at both widths, with the width in front; an empty list is what is wanted. */
export async function inspect(
  page: Page,
  widths: readonly number[] = bothWidths,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await setWidth(page, width);
    // Drawers and menus that belong to the other width are on their way out.
    await page.evaluate('Promise.all(document.getAnimations().map((one) => one.finished.catch(() => 0)))');
    // Every rule of axe, best practices included. The preview frame is a public page, looked at as one.
    const findings = await axeFindings(page, { iframes: false });
    found.push(...findings.map((problem) => `${String(width)} px ${problem}`));
  }
  return found;
}

/** The same of a screen of the console, when everything on it is loaded; leaves it wide. */
export async function inspectScreen(page: Page, widths?: readonly number[]): Promise<readonly string[]> {
  await setWidth(page, 1440);
  await page.waitForLoadState('networkidle');
  await page.locator('.ant-skeleton, .ant-spin-spinning').first().waitFor({ state: 'detached' });
  const findings = await inspect(page, widths);
  await setWidth(page, 1440);
  return findings;
}
