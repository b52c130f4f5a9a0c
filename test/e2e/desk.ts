import type { Page } from 'playwright-core';
import sharp from 'sharp';

/** What people do at the console, each as they would do it with mouse and keyboard. */

export async function goTo(page: Page, destination: string): Promise<void> {
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: destination }).click();
  await page.getByRole('heading', { level: 1, name: destination }).waitFor();
}

/** From wherever one is: 信息资源 → 新建. Resolves in the editor with the new resource's id. */
export async function beginArticle(page: Page, title: string): Promise<string> {
  await goTo(page, '信息资源');
  await page.getByRole('button', { name: '新建' }).first().click();
  const dialog = page.getByRole('dialog', { name: '新建信息资源' });
  await dialog.getByRole('radio', { name: '文章' }).check();
  await dialog.getByLabel('标题').fill(title);
  await dialog.getByRole('button', { name: '开始起草' }).click();
  await page.waitForURL(/\/resources\/\d+$/);
  await bodyOf(page).waitFor();
  return /\d+$/.exec(page.url())?.[0] ?? '';
}

export const bodyOf = (page: Page) => page.getByRole('textbox', { name: '正文', exact: true });
export const titleOf = (page: Page) => page.locator('#field-title');
export const saveStateOf = (page: Page) => page.locator('.save-state');

export const isSaved = (page: Page): Promise<void> =>
  saveStateOf(page)
    .filter({ hasText: /^已保存/ })
    .waitFor();

export async function typeAtEnd(page: Page, words: string): Promise<void> {
  await bodyOf(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(words);
}

/** What the server has, seen by somebody who comes fresh. */
export async function bodyOnServer(page: Page, resourceId: string): Promise<string> {
  const answer = await page.request.get(new URL(`/api/resources/${resourceId}`, page.url()).href);
  return JSON.stringify(((await answer.json()) as { head: { content: unknown } }).head.content);
}

export async function openDraft(page: Page, resourceId: string): Promise<void> {
  await page.goto(new URL(`/resources/${resourceId}`, page.url()).href);
  await bodyOf(page).waitFor();
}

/** Pastes HTML as another program puts it on the clipboard. */
export async function pasteHtml(page: Page, html: string): Promise<void> {
  await bodyOf(page).click();
  // A string, because these files know no DOM.
  await page.evaluate(`(() => {
    const clipboard = new DataTransfer();
    clipboard.setData('text/html', ${JSON.stringify(html)});
    clipboard.setData('text/plain', '');
    document.querySelector('.body-text').dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }));
  })()`);
}

/** A picture that nobody else has, so that its address is this article's alone. */
export async function aPicture(colour: string): Promise<Buffer> {
  const words = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><text x="24" y="80"
    font-size="40" fill="#fff">${colour} ${String(Date.now())}</text></svg>`;
  return sharp({ create: { width: 640, height: 360, channels: 3, background: colour } })
    .composite([{ input: Buffer.from(words) }])
    .png()
    .toBuffer();
}

export async function insertPicture(page: Page, picture: Buffer, alt: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: '插入图片' }).click(),
  ]);
  await chooser.setFiles({ name: '现场.png', mimeType: 'image/png', buffer: picture });
  const dialog = page.getByRole('dialog', { name: '插入图片' });
  await dialog.getByLabel('图片内容说明（必填）').fill(alt);
  await dialog.getByRole('button', { name: '上传并插入' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await bodyOf(page).getByRole('img', { name: alt }).waitFor();
}

/** The main column, by the name of its site and its own. */
export async function placeIn(page: Page, column: string): Promise<void> {
  await page.getByLabel(/^主栏目/).click();
  await page.locator('.ant-select-item-option').filter({ hasText: column }).first().click();
  await page.getByRole('button', { name: /^保存栏目/ }).click();
  await page.getByText('栏目已设置').waitFor();
}

export async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^保\s?存$/ }).click();
  await saveStateOf(page)
    .filter({ hasText: /^已保存/ })
    .waitFor();
}

export async function submit(page: Page): Promise<void> {
  await page.getByRole('button', { name: '提交审核' }).click();
  await page.getByText('已提交审核').waitFor();
}

/** From the workbench's task to the review. */
export async function openTask(page: Page, title: string): Promise<void> {
  await page.getByRole('link', { name: `去审核：${title}` }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** 公开属性认定 and 保密审查: the first answers every question, whoever comes after confirms. */
export async function assess(page: Page): Promise<void> {
  await page.getByRole('heading', { name: '保密审查', exact: true }).waitFor();
  const rest = page.getByRole('button', { name: '其余都答“否”' });
  if (await rest.isVisible()) await rest.click();
  else await page.getByRole('checkbox', { name: /我已复核/ }).check();
}

/** Moments of an act: the click and the server's answer. */
export interface Deed {
  readonly clickedAt: number;
  readonly answeredAt: number;
}

/** Fills in what must be filled in and gives the deciding click; whoever signs enters the password once more. */
export async function approve(page: Page, button: '通过' | '签发', password: string): Promise<Deed> {
  await assess(page);
  if (button === '签发') await page.getByLabel('您的登录密码').fill(password);
  const clickedAt = Date.now();
  const [answer] = await Promise.all([
    page.waitForResponse((response) => /\/reviews\/\d+\/decisions?$/.test(new URL(response.url()).pathname)),
    page.getByRole('button', { name: new RegExp(`^${button.split('').join('\\s?')}$`) }).click(),
  ]);
  const answeredAt = Date.now();
  if (!answer.ok()) throw new Error(`the decision was refused: ${await answer.text()}`);
  return { clickedAt, answeredAt };
}

/** One step of the state of the site that is open; resolves with the moment at which the console said that it is done. */
export async function stepOfSite(page: Page, button: string, notice?: string): Promise<number> {
  await page.getByRole('region', { name: '状态' }).getByRole('button', { name: button }).click();
  const dialog = page.getByRole('dialog', { name: new RegExp(`^${button.replace('…', '')}：`) });
  if (notice !== undefined) await dialog.getByLabel('公告').fill(notice);
  await dialog.getByRole('button', { name: button.replace('…', ''), exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  return Date.now();
}
