import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { watchViews } from './appearance.ts';
import { aVisit } from './browser.ts';
import { get } from './citizen.ts';
import { approve, bodyOf, type Deed, goTo, openTask, placeIn, save, submit } from './desk.ts';

const visit = aVisit();
const { district } = visit;
const bureau = district.siteUrl('jyj');
const batch = String(Date.now() % 1_000_000);
const typeName = `场馆开放${batch}`;
const title = `第${batch}号体育场馆开放公告`;

interface WishedField {
  readonly name: string;
  readonly kind?: string;
  readonly choices?: string;
  readonly needed?: true;
}
const wished: readonly WishedField[] = [
  { name: '场馆名称', needed: true },
  { name: '开放对象', kind: '单选', choices: '全体市民\n学校团体', needed: true },
  { name: '可容纳人数', kind: '数字' },
  { name: '开放日期', kind: '日期' },
  { name: '注意事项', kind: '多行文字' },
];

async function choose(page: Page, control: Locator, option: string): Promise<void> {
  await control.click();
  await page
    .locator('.ant-select-dropdown:visible .ant-select-item-option')
    .filter({ hasText: option })
    .first()
    .click();
}

async function addField(page: Page, place: number, field: WishedField): Promise<void> {
  await page.getByRole('button', { name: '增加字段' }).click();
  const card = page.getByRole('group', { name: new RegExp(`^字段 ${place}`) });
  await card.getByLabel('名称').fill(field.name);
  if (field.kind !== undefined) await choose(page, card.getByLabel('填写方式'), field.kind);
  if (field.choices !== undefined) await card.getByLabel('选项').fill(field.choices);
  if (field.needed) await choose(page, card.getByLabel('何时必填'), '提交审核前必填');
  await card.getByRole('checkbox', { name: '在后台列表显示' }).check();
}

async function publishVersion(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^发布第 \d+ 版$/ }).click();
}

async function makeType(page: Page): Promise<void> {
  await goTo(page, '信息类型');
  await page.getByRole('button', { name: '新增类型' }).click();
  await page.getByLabel('类型名称').fill(typeName);
  await page.getByLabel('类型代码').fill(`venue${batch}`);
  for (const [at, field] of wished.entries()) await addField(page, at + 1, field);
  const preview = page.getByRole('region', { name: '表单预览' });
  await preview.getByLabel(/^可容纳人数/).fill('300');
  await publishVersion(page);
  await page.getByRole('heading', { level: 1, name: typeName }).waitFor();
  await page.getByRole('button', { name: '发布第 2 版' }).waitFor();
}

async function writeOne(page: Page): Promise<string> {
  await goTo(page, '信息资源');
  await page.getByRole('button', { name: '新建' }).first().click();
  const dialog = page.getByRole('dialog', { name: '新建信息资源' });
  await dialog.getByRole('radio', { name: typeName }).check();
  await dialog.getByLabel('标题').fill(title);
  await dialog.getByRole('button', { name: '开始起草' }).click();
  await page.waitForURL(/\/resources\/\d+$/);
  await bodyOf(page).click();
  await page.keyboard.type('现将有关事项公告如下。');
  await page.getByLabel(/^可容纳人数/).fill('460');
  await page.getByLabel(/^开放日期/).fill('2026-12-05');
  await page.getByLabel(/^注意事项/).fill('自带球鞋。\n听从引导。');
  await page.getByLabel(/^信息类别/).fill('通知公告');
  await page.getByLabel(/^生成日期/).fill('2026-09-01');
  await placeIn(page, '浔阳教体 通知公告');
  await save(page);
  return /\d+$/.exec(page.url())?.[0] ?? '';
}

async function reviewThrough(): Promise<Deed> {
  let last: Deed = { clickedAt: 0, answeredAt: 0 };
  for (const [login, button] of [
    ['luchushen', '通过'],
    ['meifushen', '通过'],
    ['zhongqianfa', '签发'],
  ] as const) {
    const page = await visit.signInAs(login);
    await openTask(page, title);
    await page.getByRole('tab', { name: '元数据' }).click();
    await page.getByText('琵琶湖体育馆').first().waitFor();
    last = await approve(page, button, visit.district.passwordOf(login));
    await page.context().close();
  }
  return last;
}

describe('a type that an operator made', () => {
  test('is written, reviewed and published by a unit; its page and the search show its fields', async () => {
    await makeType(await visit.signInAs('yunweichen'));
    const editor = await visit.signInAs('shuxiaowen');
    const id = await writeOne(editor);

    // What the operator asked for is asked for.
    await editor.getByRole('button', { name: '提交审核' }).click();
    await editor.getByRole('alert').filter({ hasText: '请填写场馆名称' }).waitFor();
    await editor.getByLabel(/^场馆名称/).fill('琵琶湖体育馆');
    await choose(editor, editor.getByLabel(/^开放对象/), '全体市民');
    await save(editor);
    await submit(editor);
    const { answeredAt } = await reviewThrough();

    const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })
      .format(answeredAt)
      .replaceAll('-', '');
    const path = `/tzgg/${day.slice(0, 6)}/t${day}_${id}.html`;
    const q = encodeURIComponent('琵琶湖体育馆');
    await watchViews(
      [
        { name: 'the page', url: bureau + path },
        { name: 'the search', url: `${bureau}/search?q=${q}&scope=site` },
      ],
      { since: answeredAt, shows: ({ status, text }) => status === 200 && text.includes(path) },
    );
    const { text } = await get(bureau + path);
    for (const { name } of wished) expect(text).toContain(`<th scope="row">${name}</th>`);
    for (const value of ['琵琶湖体育馆', '全体市民', '460', '2026-12-05', '自带球鞋。'])
      expect(text).toContain(value);
    expect((await get(`${bureau}/search?q=${q}&scope=site`)).text).toContain('场馆名称');

    await goTo(editor, '信息资源');
    const filter = editor.getByRole('search').getByLabel('类型');
    // The list is long: what is typed finds it.
    await filter.fill(typeName);
    await choose(editor, filter, typeName);
    await editor.getByRole('cell', { name: '460' }).waitFor();
  });

  test('is not changed when that would spoil what is published: the text is named', async () => {
    const operator = await visit.signInAs('yunweichen');
    await goTo(operator, '信息类型');
    await operator.getByRole('button', { name: typeName }).click();
    await operator
      .getByRole('group', { name: /开放对象/ })
      .getByLabel('选项')
      .fill('学校团体');
    await publishVersion(operator);
    const refusal = operator.getByRole('alert').filter({ hasText: '没有发布' });
    await refusal.getByRole('link', { name: title }).waitFor();
    await operator.getByRole('button', { name: '发布第 2 版' }).waitFor();
  });

  test('is no business of a unit', async () => {
    const editor = await visit.signInAs('shuxiaowen');
    expect(await editor.getByRole('link', { name: '信息类型' }).count()).toBe(0);
    await editor.goto(`${district.consoleUrl}/types`);
    await editor.getByText('只有运维人员可以管理信息类型。').waitFor();
  });
});
