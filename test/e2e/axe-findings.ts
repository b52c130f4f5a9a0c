import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** Puts axe into the document, which goes on having it until it leaves for another one. Half a megabyte: sent once each. */
export async function bringAxe(page: Page): Promise<void> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source);
}

/** What axe has against the document as it stands: the rule, and the first few elements. */
export async function axeFindings(page: Page, options: RunOptions = {}): Promise<readonly string[]> {
  await bringAxe(page);
  const wishes = JSON.stringify({ resultTypes: ['violations'], ...options } satisfies RunOptions);
  return page.evaluate<string[]>(
    `axe.run(document, ${wishes}).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 4).map(({ html }) => html.slice(0, 160)).join(' | ')))`,
  );
}
