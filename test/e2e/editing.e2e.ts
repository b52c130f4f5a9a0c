import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { aVisit } from './browser.ts';
import { signIn } from './chromium.ts';
import {
  beginArticle,
  bodyOf,
  bodyOnServer,
  goTo,
  isSaved,
  openDraft,
  save,
  saveStateOf,
  titleOf,
  typeAtEnd,
} from './desk.ts';

const visit = aVisit();
const { district } = visit;

// Each test leaves its draft behind; titles of this run keep them apart.
const batch = String(Date.now() % 1_000_000);

/** How many drafts the browser keeps, of whoever it may be. */
function draftsInBrowser(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('jiyue-console');
        opening.onerror = () => {
          reject(new Error('the store of the browser does not open'));
        };
        opening.onsuccess = () => {
          const counting = opening.result.transaction('draft').objectStore('draft').count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
  );
}

describe('editing', () => {
  test('saves by itself a few seconds after the last word', async () => {
    const page = await visit.signInAs('shuxiaowen');
    const id = await beginArticle(page, `自动保存${batch}`);
    await typeAtEnd(page, '写到一半的话。');
    await saveStateOf(page).filter({ hasText: '即将自动保存' }).waitFor();
    await isSaved(page);
    expect(await bodyOnServer(page, id)).toContain('写到一半的话。');
  });

  test('shows both writings side by side when two editors saved one draft, and loses neither', async () => {
    const mine = await visit.signInAs('shuxiaowen');
    const id = await beginArticle(mine, `两人同改${batch}`);
    const theirs = await visit.signInAs('shuxiaowen');
    await openDraft(theirs, id);
    await typeAtEnd(theirs, '甲校开放图书馆');
    await save(theirs);
    await typeAtEnd(mine, '乙园增设停车位');
    await mine.getByRole('button', { name: /^保\s?存$/ }).click();
    const dialog = mine.getByRole('dialog', { name: '这篇稿件刚被别人修改过' });
    await dialog.waitFor();
    const sides = dialog.getByRole('region', { name: '正文' });
    expect(await sides.innerText()).toContain('甲校开放图书馆');
    expect(await sides.innerText()).toContain('乙园增设停车位');
    expect(await bodyOnServer(mine, id)).toContain('甲校开放图书馆');

    await dialog.getByRole('button', { name: /^用我的版本/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    await isSaved(mine);
    expect(await bodyOnServer(mine, id)).toContain('乙园增设停车位');

    // The other writing is in the history, and comes back from there.
    await mine.getByRole('button', { name: '历史' }).click();
    const history = mine.getByRole('dialog', { name: '历史版本' });
    await history.getByText('甲校开放图书馆').waitFor();
    await history.getByText('乙园增设停车位').waitFor();
    await history.getByRole('button', { name: /恢复为最新版本$/ }).click();
    await bodyOf(mine).getByText('甲校开放图书馆').waitFor();
    await isSaved(mine);
    const restored = await bodyOnServer(mine, id);
    expect(restored).toContain('甲校开放图书馆');
    expect(restored).not.toContain('乙园增设停车位');
  });

  test('keeps the words when the session ends while typing, and goes on after signing in again', async () => {
    // Somebody whom no other file signs in: all of his devices are signed out.
    const login = 'minxiaowen';
    const page = await visit.signInAs(login);
    const id = await beginArticle(page, `会话过期${batch}`);
    const elsewhere = await visit.signInAs(login);
    await goTo(elsewhere, '我的账号');
    await elsewhere.getByRole('button', { name: '退出所有设备' }).click();
    await elsewhere.getByRole('button', { name: '全部退出' }).click();
    await elsewhere.getByLabel('登录名').waitFor();

    await typeAtEnd(page, '会话结束时正在写的话。');
    const dialog = page.getByRole('dialog', { name: '登录已过期' });
    await dialog.waitFor();
    expect(await bodyOf(page).innerText()).toContain('会话结束时正在写的话。');
    await signIn(page, login, district.passwordOf(login));
    await dialog.waitFor({ state: 'hidden' });
    await isSaved(page);
    expect(await bodyOnServer(page, id)).toContain('会话结束时正在写的话。');
  });

  test('offers the words that only this browser has when the tab was closed before they could be saved', async () => {
    const page = await visit.signInAs('shuxiaowen');
    const title = `关掉标签页${batch}`;
    const id = await beginArticle(page, title);
    await page.route('**/api/resources/*/draft', (route) => route.abort());
    await typeAtEnd(page, '还没来得及保存的话。');
    await saveStateOf(page).filter({ hasText: '离线保存在本机' }).waitFor();
    const context = page.context();
    await page.close();
    const again = await context.newPage();
    await again.goto(`${district.consoleUrl}/resources/${id}`);
    await again.getByText('没来得及提交的修改').waitFor();
    expect(await titleOf(again).inputValue()).toBe(title);
    await again.getByRole('button', { name: '恢复这些修改' }).click();
    await bodyOf(again).getByText('还没来得及保存的话。').waitFor();
    await isSaved(again);
    expect(await bodyOnServer(again, id)).toContain('还没来得及保存的话。');
  });

  test('gives up words that only this browser has when the person says so, and leaves none to the next one', async () => {
    const page = await visit.signInAs('shuxiaowen');
    const title = `退出登录${batch}`;
    const id = await beginArticle(page, title);
    await typeAtEnd(page, '退出之前送到的话。');
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByLabel('登录名').waitFor();
    await signIn(page, 'shuxiaowen', district.passwordOf('shuxiaowen'));
    await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
    await openDraft(page, id);
    await bodyOf(page).getByText('退出之前送到的话。').waitFor();

    await page.route('**/api/resources/*/draft', (route) => route.abort());
    await typeAtEnd(page, '送不到的话。');
    await saveStateOf(page).filter({ hasText: '离线保存在本机' }).waitFor();
    await page.getByRole('button', { name: '退出登录' }).click();
    const question = page.getByRole('dialog', { name: '还有内容没有保存到服务器' });
    await question.getByText(title).waitFor();
    await question.getByRole('button', { name: '先不退出' }).click();
    await question.waitFor({ state: 'hidden' });
    expect(await bodyOf(page).innerText()).toContain('送不到的话。');

    await page.getByRole('button', { name: '退出登录' }).click();
    await question.getByRole('button', { name: '删除这些内容并退出' }).click();
    await page.getByLabel('登录名').waitFor();
    expect(await draftsInBrowser(page)).toBe(0);
  });
});
