import { type Browser, chromium, type Page } from 'playwright-core';

import type { Bench, Row } from './bench.types.ts';
import type { District } from './district.ts';
import { inMilliseconds, median, withCommas } from './figures.ts';
import { findTool } from './processes.ts';

/** A middling phone on a slow 4G line, as in Lighthouse. */
const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
} as const;
const line = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const processorSlowdown = 4;
const visits = 3;
const mostPages = 16;
const targets = { bytes: 100_000, paint: 1_500, shift: 0.1 } as const;

/** What a citizen's first visit costs: bytes over the line, the largest paint, and how much the page jumps. */
export const pageWeight: Bench = {
  name: 'weight',
  async run(scene) {
    const file = findTool('chromium');
    if (file === undefined) return [{ what: 'Page weight', ours: 'chromium is not installed' }];
    const district = await scene.district();
    const pages = scene.address === undefined ? await onePageOfEachKind(district) : [];
    const program =
      scene.address === undefined ? await district.place.startProgram({ roles: 'public' }) : undefined;
    const browser = await chromium.launch({ executablePath: file, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const wanted = scene.address === undefined ? pages : await pagesLinkedFrom(browser, scene.address);
      const rows: Row[] = [];
      for (const { kind, url } of wanted) {
        scene.say(url);
        const seen: Visit[] = [];
        for (let number = 0; number < visits; number += 1) seen.push(await visit(browser, url));
        rows.push(rowOf(kind, seen));
      }
      return rows;
    } finally {
      await browser.close();
      await program?.stop();
    }
  },
};

interface KnownPage {
  readonly kind: string;
  readonly url: string;
}

/** Of each kind the portal's largest page that a browser shows. */
async function onePageOfEachKind({ parts, place, portal }: District): Promise<readonly KnownPage[]> {
  const rows = await parts.db
    .selectFrom('publishing.page')
    .distinctOn('kind')
    .select(['kind', 'path'])
    .where('outcome', '=', 'page')
    .where('media_type', 'like', 'text/html%')
    .where('site', '=', portal.id)
    .orderBy('kind')
    .orderBy('size', 'desc')
    .execute();
  const home = `http://${portal.domains[0] ?? 'localhost'}:${String(place.publicPort)}`;
  return rows.map(({ kind, path }) => ({ kind: `${kind} ${path}`, url: home + encodeURI(path) }));
}

/** Pages of a running site that its home page leads to, one of each shape of address. */
async function pagesLinkedFrom(browser: Browser, address: string): Promise<readonly KnownPage[]> {
  const page = await browser.newPage();
  const linksOf = async (url: string): Promise<readonly string[]> => {
    await page.goto(url);
    return page
      .locator('a[href]')
      .evaluateAll((links) => links.map((link) => (link as { href?: string }).href ?? ''));
  };
  const { host } = new URL(address);
  const known = new Map<string, string>([['/', address]]);
  const keep = (links: readonly string[]): void => {
    for (const link of links.filter((one) => URL.canParse(one) && new URL(one).host === host)) {
      const { pathname, search } = new URL(link);
      const shape = pathname.replaceAll(/\d+/g, '0').replace(/\/[a-z]+\/t0_0/, '/x/t0_0');
      if (!known.has(shape) && !/\.(?!html)[a-z0-9]+$/.test(pathname))
        known.set(shape, `http://${host}${pathname}${search}`);
    }
  };
  keep(await linksOf(address));
  for (const url of [...known.values()].slice(1, 4)) keep(await linksOf(url));
  await page.close();
  return [...known.values()].slice(0, mostPages).map((url) => ({ kind: new URL(url).pathname, url }));
}

interface Visit {
  readonly bytes: number;
  readonly requests: number;
  readonly paint: number;
  readonly shift: number;
}

interface Painting {
  paint: number;
  shift: number;
}

/** Runs in the page. */
function watchPainting(): void {
  const seen: Painting = { paint: 0, shift: 0 };
  Object.assign(globalThis, { seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.paint = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value, hadRecentInput } = entry as PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      };
      if (!hadRecentInput) seen.shift += value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

const settling = 500;

async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext(phone);
  try {
    const page = await context.newPage();
    const heard = await throttle(page);
    await page.addInitScript(watchPainting);
    const answer = await page.goto(url, { waitUntil: 'load' });
    if (answer?.status() !== 200) throw new Error(`${url} answered ${String(answer?.status())}`);
    await page.waitForTimeout(settling);
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: Painting }).seen);
    return { ...heard, ...seen };
  } finally {
    await context.close();
  }
}

async function throttle(page: Page): Promise<{ bytes: number; requests: number }> {
  const heard = { bytes: 0, requests: 0 };
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Network.emulateNetworkConditions', line);
  await session.send('Emulation.setCPUThrottlingRate', { rate: processorSlowdown });
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    heard.bytes += encodedDataLength;
    heard.requests += 1;
  });
  return heard;
}

function rowOf(kind: string, seen: readonly Visit[]): Row {
  const of = (pick: (visit: Visit) => number): number => median(seen.map(pick));
  const bytes = of((one) => one.bytes);
  const paint = of((one) => one.paint);
  const shift = of((one) => one.shift);
  return {
    what: `First visit on a phone (slow 4G, processor ÷ ${String(processorSlowdown)}): ${kind}`,
    ours: `${withCommas(bytes / 1_000)} kB in ${String(of((one) => one.requests))} requests, largest paint ${inMilliseconds(paint)}, shift ${shift.toFixed(3)}`,
    target: '≤ 100 kB, ≤ 1.5 s, ≤ 0.1',
    met: bytes <= targets.bytes && paint <= targets.paint && shift <= targets.shift,
  };
}
