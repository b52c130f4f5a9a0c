import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { aVisit } from './browser.ts';
import { signIn } from './chromium.ts';
import { bodyOf, goTo } from './desk.ts';
import { inspect, inspectScreen, setWidth } from './inspect-screen.ts';
import { importOldTexts } from './old-archive.ts';
import { type Place, publicPlaces } from './public-places.ts';

const visit = aVisit();
const { district } = visit;
const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

describe('public pages', () => {
  let places: readonly Place[] = [];
  beforeAll(async () => {
    await importOldTexts(district.place, 45);
    const operator = await visit.signInAs('yunweichen');
    places = await publicPlaces(district, operator);
  });

  test('have no finding of axe at 1440 and 390 px, and do not scroll sideways at 320 px', async () => {
    const page = await visit.open('about:blank');
    const findings: string[] = [];
    for (const { kind, url, status = 200 } of places) {
      await setWidth(page, 1440);
      const answer = await page.goto(url);
      expect(answer?.status(), kind).toBe(status);
      findings.push(...(await inspect(page)).map((finding) => `${kind}: ${finding}`));
      await setWidth(page, 320);
      const wide = await page.evaluate<number>(overflow);
      if (wide > 0) findings.push(`${kind}: ${String(wide)} px too wide at 320 px`);
    }
    expect(findings).toEqual([]);
  });
});

describe('console screens', () => {
  test('of signing in have no finding of axe, with and without a refusal', async () => {
    const page = await visit.open(`${district.consoleUrl}/`);
    await page.getByLabel('登录名').waitFor();
    expect(await inspectScreen(page)).toEqual([]);
    await signIn(page, 'nobody', 'wrong-password-1');
    await page.getByRole('alert').waitFor();
    expect(await inspectScreen(page)).toEqual([]);
  });

  test('of an editor have no finding of axe', async () => {
    const page = await visit.signInAs('shuxiaowen');
    expect(await inspectScreen(page), 'workbench').toEqual([]);
    await goTo(page, '信息资源');
    await page.getByRole('table').waitFor();
    expect(await inspectScreen(page), 'list').toEqual([]);
    await page.goto(`${district.consoleUrl}/resources/proposals?state=dismissed`);
    await page.getByText('没有这样的建议').waitFor();
    expect(await inspectScreen(page), 'proposed relations').toEqual([]);
    await page.goto(`${district.consoleUrl}/resources?stage=returned`);
    await page.locator('.cell-title a').first().click();
    await bodyOf(page).waitFor();
    expect(await inspectScreen(page), 'editor').toEqual([]);
    await page.getByRole('button', { name: '历史' }).click();
    await page.getByRole('dialog', { name: '历史版本' }).waitFor();
    expect(await inspectScreen(page), 'history').toEqual([]);
  });

  test('of a reviewer have no finding of axe', async () => {
    const page = await visit.signInAs('luchushen');
    await goTo(page, '审核');
    await page.locator('.row-title').first().waitFor();
    expect(await inspectScreen(page), 'review list').toEqual([]);
    await page.locator('.row-title').first().click();
    await page.getByRole('heading', { name: /意见$/ }).waitFor();
    expect(await inspectScreen(page), 'review').toEqual([]);
    await goTo(page, '审核');
    await page.getByRole('button', { name: '选择全部已阅' }).click();
    expect(await inspectScreen(page), 'chosen reviews').toEqual([]);
    await page.getByRole('button', { name: '一起通过…' }).click();
    await page.getByRole('heading', { name: '保密审查' }).waitFor();
    expect(await inspectScreen(page), 'approving together').toEqual([]);
    await page.getByRole('button', { name: /^取\s?消$/ }).click();
    await goTo(page, '委托');
    await page.getByRole('button', { name: '委托他人' }).click();
    await page.getByLabel('受托人').waitFor();
    expect(await inspectScreen(page), 'a delegation').toEqual([]);
    await page.getByRole('button', { name: /^取\s?消$/ }).click();
    await goTo(page, '我的账号');
    expect(await inspectScreen(page), 'my account').toEqual([]);
  });

  test('of a site, a new one and a step of its state have no finding of axe', async () => {
    const operator = await visit.signInAs('yunweichen');
    await goTo(operator, '站点');
    await operator.getByRole('button', { name: '浔阳区民政局（演示）' }).click();
    await operator.getByLabel('网站标识码').waitFor();
    expect(await inspectScreen(operator), 'site').toEqual([]);
    await operator.getByRole('button', { name: '临时下线…' }).click();
    await operator.getByLabel('公告').waitFor();
    expect(await inspectScreen(operator), 'going offline').toEqual([]);
    await operator.goto(`${district.consoleUrl}/sites?site=new`);
    const add = operator.getByRole('dialog').getByRole('button', { name: '新增站点' });
    await add.click();
    await operator.getByText('请填写').first().waitFor();
    expect(await inspectScreen(operator), 'new site, incomplete').toEqual([]);
  });

  test('of review chains and a new one have no finding of axe', async () => {
    const operator = await visit.signInAs('yunweichen');
    await goTo(operator, '审核流程');
    expect(await inspectScreen(operator), 'chains').toEqual([]);
    await operator.getByRole('button', { name: '新增流程' }).click();
    await operator.getByLabel('流程名称').waitFor();
    expect(await inspectScreen(operator), 'new chain').toEqual([]);
  });

  test('of urgent releases and of who may release so have no finding of axe', async () => {
    const operator = await visit.signInAs('yunweichen');
    await goTo(operator, '紧急发布');
    await operator.getByText('没有待补审的信息').waitFor();
    expect(await inspectScreen(operator), 'urgent releases').toEqual([]);
    await operator.getByRole('link', { name: '授权设置' }).click();
    await operator.getByRole('button', { name: '新增授权' }).click();
    await operator.getByLabel('授权依据').waitFor();
    expect(await inspectScreen(operator), 'new urgent rule').toEqual([]);
  });

  test('of the catalogue, an entry, several, an earlier day and the calendar have no finding of axe', async () => {
    const operator = await visit.signInAs('yunweichen');
    await goTo(operator, '保障责任目录');
    await operator.getByRole('table').waitFor();
    expect(await inspectScreen(operator), 'catalogue').toEqual([]);
    await operator.getByRole('button', { name: '修改政务资讯 / 浔阳要闻' }).click();
    await operator.getByLabel('内容要求').waitFor();
    expect(await inspectScreen(operator), 'entry').toEqual([]);
    await operator.getByRole('button', { name: /^取\s?消$/ }).click();
    await operator.getByLabel('与哪一天比较').fill('2026-01-01');
    await operator.getByText('个栏目有变化').waitFor();
    expect(await inspectScreen(operator), 'difference').toEqual([]);
    await operator.getByText('更新日历', { exact: true }).click();
    await operator.getByRole('region', { name: '各栏目每月更新条数' }).waitFor();
    expect(await inspectScreen(operator), 'calendar').toEqual([]);
  });

  test('of rule sets, the rules of one and a trial have no finding of axe', async () => {
    const operator = await visit.signInAs('yunweichen');
    await goTo(operator, '校核规则');
    await operator.getByRole('button', { name: '用字用词（演示）' }).click();
    await operator.getByText('做为民除外').waitFor();
    expect(await inspectScreen(operator), 'rules').toEqual([]);
    await operator.getByLabel('要试校的文字').fill('请登录帐号查询');
    await operator.getByRole('button', { name: '试校' }).click();
    await operator.getByText('宜写作“账号”').waitFor();
    expect(await inspectScreen(operator), 'trial').toEqual([]);
    await operator.getByRole('button', { name: '添加规则' }).click();
    await operator.getByRole('dialog').waitFor();
    expect(await inspectScreen(operator), 'new rule').toEqual([]);
  });

  test('of findings and of what else texts are checked by have no finding of axe', async () => {
    const operator = await visit.signInAs('yunweichen');
    await goTo(operator, '校核发现');
    await operator.getByText('各单位任务').waitFor();
    expect(await inspectScreen(operator), 'findings').toEqual([]);
    await goTo(operator, '校核规则');
    const sections = operator.getByRole('navigation', { name: '校核规则' });
    await sections.getByText('内置规则').click();
    await operator.getByRole('button', { name: '调整个人信息：身份证号码' }).click();
    await operator.getByLabel('生效日期').waitFor();
    expect(await inspectScreen(operator), 'built-in rule').toEqual([]);
    await operator.getByRole('button', { name: /^取\s?消$/ }).click();
    for (const [section, act, field] of [
      ['网址名单', '登记网址', '同意人'],
      ['核准图片', '核准图片', '依据'],
      ['常用词', '添加常用词', '词语'],
    ] as const) {
      await sections.getByText(section).click();
      expect(await inspectScreen(operator), section).toEqual([]);
      await operator.getByRole('button', { name: act }).click();
      await operator.getByLabel(field, { exact: true }).waitFor();
      expect(await inspectScreen(operator), act).toEqual([]);
      await operator.getByRole('button', { name: /^取\s?消$/ }).click();
    }
  });

  test('of webhooks, a new one, its secret and its messages have no finding of axe', async () => {
    const operator = await visit.signInAs('yunweichen');
    await goTo(operator, '数据共享');
    expect(await inspectScreen(operator), 'keys').toEqual([]);
    await operator.getByRole('navigation', { name: '数据共享' }).getByText('推送地址').click();
    await operator.getByRole('button', { name: '新增推送地址' }).click();
    await operator.getByLabel('系统名称').fill('市级检索平台');
    await operator.getByLabel('使用单位和责任人').fill('市大数据局');
    await operator.getByLabel('推送地址', { exact: true }).fill('https://hooks.example.test/');
    expect(await inspectScreen(operator), 'new webhook').toEqual([]);
    await operator.getByRole('button', { name: /^保\s?存$/ }).click();
    await operator.getByText('只显示这一次').waitFor();
    expect(await inspectScreen(operator), 'secret').toEqual([]);
    await operator.getByRole('button', { name: '我已交给对方' }).click();
    await operator.getByRole('link', { name: '市级检索平台' }).click();
    await operator.getByRole('button', { name: '发送测试' }).click();
    await operator.getByText('不再发送').nth(1).waitFor();
    expect(await inspectScreen(operator), 'webhook').toEqual([]);
  });

  test('of reorganizations, a plan and its confirmation have no finding of axe', async () => {
    const operator = await visit.signInAs('yunweichen');
    await goTo(operator, '机构改革');
    await operator.getByRole('button', { name: '单位更名' }).click();
    const form = operator.getByRole('dialog', { name: '单位更名' });
    await form.getByLabel('单位', { exact: true }).fill('数字经济');
    await operator.keyboard.press('Enter');
    await form.getByLabel('新名称').fill('浔阳区数据局');
    await form.getByLabel('新简称').fill('区数据局');
    await form.getByLabel('改革依据').fill('浔编发〔2026〕12号');
    await form.getByLabel('生效日').fill('2099-01-01');
    expect(await inspectScreen(operator), 'planning').toEqual([]);
    await form.getByRole('button', { name: /^提\s?出$/ }).click();
    await operator.getByRole('heading', { name: '更名为浔阳区数据局' }).waitFor();
    expect(await inspectScreen(operator), 'planned').toEqual([]);
    await goTo(operator, '机构改革');
    await operator.getByRole('link', { name: /更名为浔阳区数据局/ }).waitFor();
    expect(await inspectScreen(operator), 'list').toEqual([]);
  });

  test('of a split, its plan and its preview have no finding of axe', async () => {
    const operator = await visit.signInAs('yunweichen');
    await goTo(operator, '机构改革');
    await operator.getByRole('button', { name: '单位拆分' }).click();
    const form = operator.getByRole('dialog', { name: '单位拆分' });
    const choose = async (field: Locator, words: string): Promise<void> => {
      await field.fill(words);
      await operator.keyboard.press('Enter');
    };
    await form.getByLabel('事项名称').fill('分设区退役军人事务局');
    await choose(form.getByLabel('拆分的单位'), '民政局');
    const receiver = (n: number): Locator => form.getByRole('group', { name: `接收单位 ${String(n)}` });
    await choose(receiver(1).getByLabel('单位', { exact: true }), '教育');
    await choose(receiver(2).getByLabel('单位', { exact: true }), '新设');
    await receiver(2).getByLabel('单位名称').fill('浔阳区退役军人事务局');
    await receiver(2).getByLabel('简称').fill('区退役军人局');
    await receiver(2).getByLabel('机构代码').fill('MB1234567');
    await form.getByRole('button', { name: '添加规则' }).click();
    const rule = form.getByRole('group', { name: '规则 1' });
    await choose(rule.getByLabel('归'), '浔阳区退役军人事务局');
    await choose(rule.getByLabel('信息类型'), '政策文件');
    await operator.keyboard.press('Escape');
    await choose(form.getByLabel('原单位和其余内容'), '原单位继续存在');
    await form.getByLabel('改革依据').fill('浔编发〔2026〕13号');
    await form.getByLabel('生效日').fill('2099-01-01');
    expect(await inspectScreen(operator), 'planning').toEqual([]);
  });

  test('of the operator and the auditor have no finding of axe', async () => {
    const operator = await visit.signInAs('yunweichen');
    for (const screen of [
      ...['栏目', '单位与账号', '站点', '信息类型', '分类词表', '发布状态'],
      ...['导出数据包', '订阅'],
    ]) {
      await goTo(operator, screen);
      expect(await inspectScreen(operator), screen).toEqual([]);
    }
    const auditor = await visit.signInAs('shenjiyuan');
    await goTo(auditor, '审计');
    expect(await inspectScreen(auditor), '审计').toEqual([]);
  });
});
