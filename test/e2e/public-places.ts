import type { Page } from 'playwright-core';

import { get } from './citizen.ts';
import type { District } from './district.ts';

export interface Place {
  readonly kind: string;
  readonly url: string;
  readonly status?: number;
}

/** One address of every kind of public page; `operator` is somebody's signed-in console page. */
export async function publicPlaces(district: District, operator: Page): Promise<readonly Place[]> {
  const [portal, bureau] = [district.siteUrl('www'), district.siteUrl('jyj')];
  const articleIn = async (column: string): Promise<string> => {
    const { text } = await get(column);
    const path = /href="(\/[^"]*\/t\d{8}_\d+\.html)"/.exec(text)?.[1];
    if (path === undefined) throw new Error(`no article in ${column}`);
    return new URL(path, column).href;
  };
  return [
    { kind: 'home of the portal', url: `${portal}/` },
    { kind: 'home of a unit', url: `${bureau}/` },
    { kind: 'channel', url: `${portal}/zwgk/` },
    { kind: 'column', url: `${portal}/zwgk/tzgg/` },
    { kind: 'list page', url: await listPageOf(`${bureau}/qzty/`) },
    { kind: 'article', url: await articleIn(`${bureau}/tzgg/`) },
    { kind: 'policy', url: await articleIn(`${portal}/zwgk/zcwj/qzfwj/`) },
    { kind: 'site map', url: `${portal}/sitemap.html` },
    { kind: 'search with results', url: `${portal}/search?q=${encodeURIComponent('通知')}&scope=all` },
    { kind: 'search without results', url: `${portal}/search?q=${encodeURIComponent('㐂㐬㒵')}` },
    { kind: 'search before a question', url: `${bureau}/search` },
    { kind: 'not found', url: `${portal}/nowhere.html`, status: 404 },
    { kind: 'withdrawn', url: await withdrawnPage(district, operator), status: 410 },
    { kind: 'accessibility', url: `${portal}/accessibility.html` },
    { kind: 'correction', url: `${portal}/correction.html` },
    { kind: 'correction of a page', url: `${portal}/correction?page=${encodeURIComponent('/zwgk/tzgg/')}` },
    { kind: 'answer to a correction', url: `${portal}/correction/status` },
    { kind: 'thanks for a rating', url: `${portal}/feedback/thanks?page=/` },
  ];
}

async function listPageOf(column: string): Promise<string> {
  const path = /href="([^"]*\/list-\d+\.html)"/.exec((await get(column)).text)?.[1];
  if (path === undefined) throw new Error(`${column} has no list page behind it`);
  return new URL(path, column).href;
}

interface Listed {
  readonly items: readonly { readonly id: string }[];
}

/** Something withdrawn that once had a page: citizens cannot find its address any more, the console can. */
async function withdrawnPage(district: District, operator: Page): Promise<string> {
  const ask = async (path: string): Promise<unknown> =>
    (await operator.request.get(`${district.consoleUrl}${path}`)).json();
  const { items } = (await ask('/api/resources?stage=withdrawn')) as Listed;
  for (const { id } of items) {
    const { url } = (await ask(`/api/resources/${id}/placements`)) as { url: string | null };
    if (url !== null && (await get(url)).status === 410) return url;
  }
  throw new Error('the demonstration has no withdrawn page');
}
