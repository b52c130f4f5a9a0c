import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { watchViews } from './appearance.ts';
import { aVisit } from './browser.ts';
import { get } from './citizen.ts';
import { goTo, stepOfSite } from './desk.ts';

const visit = aVisit();
const { district } = visit;
const host = 'sfj.xunyang.localhost';
const home = `http://${host}:${String(district.place.publicPort)}/`;
const portal = `${district.siteUrl('www')}/`;

async function fillIn(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
}

const sees = (url: string, words: string) => [{ name: words, url }];

test('an operator opens a site, puts it online, takes it down for a time and closes it', async () => {
  const page = await visit.signInAs('yunweichen');
  await goTo(page, '站点');
  await page.getByRole('button', { name: '新增站点' }).click();
  await page.getByLabel('责任单位').click();
  await page.locator('.ant-select-item-option').filter({ hasText: '数字经济发展中心' }).first().click();
  await fillIn(page, {
    代号: 'sfj',
    网站名称: '浔阳区司法局（演示）',
    简称: '浔阳司法',
    主办单位: '浔阳区司法局（演示）',
    联系方式: '0792-800-0901',
    地址: '浔阳区演示路9号',
    网站说明: '浔阳区司法局网站，提供公共法律服务信息。',
    主域名: `http://${host.toUpperCase()}/`,
    网站标识码: '3604030009',
    'ICP 备案号': '赣ICP备00000000号-9',
    公安备案号: '赣公网安备 36040300000009号',
  });
  await page.getByRole('dialog').getByRole('button', { name: '新增站点' }).click();
  await page.getByRole('region', { name: '状态' }).getByText('筹备', { exact: true }).waitFor();
  expect((await get(home)).status).toBe(421);

  const tested = await stepOfSite(page, '转入安全检测');
  await watchViews(sees(home, 'the site under test'), {
    since: tested,
    shows: ({ status, text }) => status === 200 && text.includes('浔阳区司法局（演示）'),
  });
  expect((await get(portal)).text).not.toContain(host);

  const online = await stepOfSite(page, '上线');
  await watchViews(sees(portal, 'the link of the portal'), {
    since: online,
    shows: ({ text }) => text.includes(`href="${home}"`),
  });

  const offline = await stepOfSite(page, '临时下线…', '系统升级，明早恢复。');
  await watchViews(sees(home, 'the notice'), {
    since: offline,
    shows: ({ text }) => text.includes('本网站临时下线') && text.includes('系统升级，明早恢复。'),
  });
  const other = await get(`${home}gywm/`);
  expect([other.status, other.text.includes('本网站临时下线')]).toEqual([404, true]);
  await watchViews(sees(portal, 'the portal without the link'), {
    since: offline,
    shows: ({ text }) => !text.includes(host),
  });

  const back = await stepOfSite(page, '恢复上线');
  await watchViews(sees(home, 'the site again'), {
    since: back,
    shows: ({ text }) => !text.includes('本网站临时下线') && text.includes('3604030009'),
  });

  const closed = await stepOfSite(page, '关停…', '本网站已并入门户。');
  await watchViews(sees(home, 'the notice of the end'), {
    since: closed,
    shows: ({ text }) => text.includes('本网站已关停'),
  });
  await page.getByRole('button', { name: '去掉主域名' }).click();
  await page.getByRole('button', { name: '保存' }).click();
  await watchViews(sees(home, 'a name without a site'), {
    since: Date.now(),
    shows: ({ status }) => status === 421,
  });
});
