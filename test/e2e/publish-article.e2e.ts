import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { describeSightings, slowestOf, type View, watchViews } from './appearance.ts';
import { aVisit } from './browser.ts';
import { get } from './citizen.ts';
import {
  aPicture,
  approve,
  beginArticle,
  bodyOf,
  type Deed,
  goTo,
  insertPicture,
  openDraft,
  openTask,
  pasteHtml,
  placeIn,
  save,
  submit,
  titleOf,
} from './desk.ts';

const visit = aVisit();
const { district } = visit;
const [portal, bureau] = [district.siteUrl('www'), district.siteUrl('jyj')];
// How fast is measured by `npm run bench -- latency`; here other journeys have the machine too.
const limit = 15_000;

// Rare words that share nothing with the titles, so that search can only mean this article.
const batch = String(Date.now() % 1_000_000);
const first = { title: `关于第${batch}批校服采购公示的通知`, word: '藕荷色马甲' };
const second = { title: `关于第${batch}批校服采购公示的补充通知`, word: '绛紫厚外套' };
const alt = '校服样衣在展示架上';

/** What Word puts on the clipboard, and what a hostile page might add. */
const wordTable = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head>
<body><!--StartFragment--><p class="MsoNormal" style="mso-pagination:widow-orphan"><span lang="EN-US"><o:p>&nbsp;</o:p></span>
本次采购${first.word},数量如下。</p><table class="MsoTableGrid" border="1" style="mso-border-alt:solid windowtext .5pt">
<tr style="mso-yfti-irow:0"><td width="189" style="background:#D9D9D9"><p class="MsoNormal"><b>学校</b></p></td>
<td><p class="MsoNormal"><b>数量(套)</b></p></td></tr><tr><td><p class="MsoNormal">浔阳小学</p></td>
<td onclick="steal()"><p class="MsoNormal">1280</p></td></tr></table><script>steal()</script><!--EndFragment--></body></html>`;

interface Published {
  readonly resourceId: string;
  readonly url: string;
  readonly pictureUrl: string;
}

const listViews: readonly View[] = [
  { name: 'the column', url: `${bureau}/tzgg/` },
  { name: "the portal's mapped column", url: `${portal}/zwgk/tzgg/` },
  { name: "the unit's home page", url: `${bureau}/` },
  { name: "the portal's home page", url: `${portal}/` },
  { name: "the column's RSS", url: `${bureau}/tzgg/rss.xml` },
  { name: "the portal's RSS", url: `${portal}/zwgk/tzgg/rss.xml` },
];

function searchViews(words: string): readonly View[] {
  const q = encodeURIComponent(words);
  return [
    { name: 'search of the unit', url: `${bureau}/search?q=${q}&scope=site` },
    { name: 'search of the district', url: `${portal}/search?q=${q}&scope=all` },
  ];
}

/** The three steps by three people, each on a device of their own. Resolves with the signature. */
async function reviewThrough(title: string): Promise<Deed> {
  const steps = [
    ['luchushen', '通过'],
    ['meifushen', '通过'],
    ['zhongqianfa', '签发'],
  ] as const;
  let last: Deed = { clickedAt: 0, answeredAt: 0 };
  for (const [login, button] of steps) {
    const page = await visit.signInAs(login);
    await openTask(page, title);
    last = await approve(page, button, visit.district.passwordOf(login));
    await page.context().close();
  }
  return last;
}

async function draftArticle(page: Page): Promise<string> {
  const resourceId = await beginArticle(page, first.title);
  await pasteHtml(page, wordTable);
  await bodyOf(page).getByRole('table').waitFor();
  await insertPicture(page, await aPicture('#4a6fa5'), alt);
  await page.getByLabel(/^信息类别/).fill('通知公告');
  await page.getByLabel(/^生成日期/).fill('2026-09-01');
  await placeIn(page, '浔阳教体 通知公告');
  await save(page);
  return resourceId;
}

function addressOf(resourceId: string, at: number): string {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(at).replaceAll('-', '');
  return `${bureau}/tzgg/${day.slice(0, 6)}/t${day}_${resourceId}.html`;
}

/** From the signature on: every view shows the article, and search finds it, in time. */
async function expectEverywhere(url: string, signature: Deed, wanted: typeof first): Promise<void> {
  const since = signature.answeredAt;
  const path = new URL(url).pathname;
  const sightings = await Promise.all([
    watchViews([{ name: 'the page', url }], {
      since,
      shows: ({ status, text }) =>
        status === 200 && text.includes(wanted.title) && text.includes(wanted.word),
    }),
    watchViews(listViews, {
      since,
      shows: ({ status, text }) => status === 200 && text.includes(path) && text.includes(wanted.title),
    }),
    watchViews(searchViews(wanted.word), { since, shows: ({ text }) => text.includes(path) }),
  ]);
  const answer = String(since - signature.clickedAt);
  process.stdout.write(`the signature was answered ${answer} ms after the click; `);
  process.stdout.write(describeSightings('from the answer', sightings.flat()));
  expect(slowestOf(sightings.flat())).toBeLessThan(limit);
}

describe('an article', () => {
  let article: Published | undefined;
  const published = (): Published => {
    if (!article) throw new Error('the article was not published');
    return article;
  };

  test('is drafted, reviewed by three people, and is everywhere and findable soon after the signature', async () => {
    const editor = await visit.signInAs('shuxiaowen');
    const resourceId = await draftArticle(editor);
    await submit(editor);
    const signature = await reviewThrough(first.title);
    const url = addressOf(resourceId, signature.answeredAt);
    await expectEverywhere(url, signature, first);

    const reader = await visit.open(url);
    await reader.getByRole('heading', { level: 1, name: first.title }).waitFor();
    const cells = await reader.getByRole('main').getByRole('table').last().getByRole('cell').allInnerTexts();
    expect(cells).toContain('1280');
    const html = await reader.content();
    expect(html).not.toMatch(/steal|Mso|mso-/);
    const picture = reader.getByRole('img', { name: alt });
    const pictureUrl = new URL((await picture.getAttribute('src')) ?? '', url).href;
    const bytes = await get(pictureUrl);
    expect(bytes).toMatchObject({ status: 200, type: 'image/png' });
    // Among several sizes a browser counts the width by the place it fills, so only the look at it tells.
    const width = `document.querySelector('img[alt="${alt}"]').naturalWidth`;
    await expect.poll(() => reader.evaluate<number>(width)).toBeGreaterThanOrEqual(640);
    article = { resourceId, url, pictureUrl };
  });

  test('shows its new words everywhere, and the old ones nowhere, after an edit went through review', async () => {
    const { resourceId, url } = published();
    const editor = await visit.signInAs('shuxiaowen');
    await openDraft(editor, resourceId);
    await titleOf(editor).fill(second.title);
    await bodyOf(editor).getByText(first.word).click({ clickCount: 3 });
    await editor.keyboard.type(`本次采购${second.word}，数量如下。`);
    await save(editor);
    await submit(editor);
    // Until the signature, citizens see what was signed before.
    expect((await get(url)).text).toContain(first.word);
    const signature = await reviewThrough(second.title);
    await expectEverywhere(url, signature, second);
    for (const view of [{ name: 'the page', url }, ...listViews]) {
      const { text } = await get(view.url);
      expect(text.includes(first.title), view.name).toBe(false);
      expect(text.includes(first.word), view.name).toBe(false);
    }
    for (const { name, url: address } of searchViews(first.word)) {
      expect((await get(address)).text.includes(new URL(url).pathname), name).toBe(false);
    }
  });

  test('is gone from everywhere after the principal withdrew it', async () => {
    const { resourceId, url, pictureUrl } = published();
    const path = new URL(url).pathname;
    const principal = await visit.signInAs('zhongqianfa');
    await goTo(principal, '信息资源');
    await principal.goto(`${district.consoleUrl}/resources/${resourceId}`);
    await principal.getByRole('button', { name: '更多操作' }).click();
    await principal.getByRole('menuitem', { name: '从网站撤回…' }).click();
    const dialog = principal.getByRole('dialog', { name: '从网站撤回' });
    await dialog.getByLabel('撤回理由').fill('采购方案调整，重新公示');
    const [answer] = await Promise.all([
      principal.waitForResponse((response) => response.url().endsWith('/withdrawal')),
      dialog.getByRole('button', { name: /^撤\s?回$/ }).click(),
    ]);
    const since = Date.now();
    expect(answer.status()).toBe(200);

    const sightings = await Promise.all([
      watchViews([{ name: 'the page', url }], {
        since,
        shows: ({ status, text }) => status === 410 && !text.includes(second.word),
      }),
      watchViews([{ name: 'the picture', url: pictureUrl }], {
        since,
        shows: ({ status }) => status === 404 || status === 410,
      }),
      watchViews(
        [...listViews, ...searchViews(second.word), { name: 'the sitemap', url: `${bureau}/sitemap-0.xml` }],
        { since, shows: ({ status, text }) => status === 200 && !text.includes(path) },
      ),
    ]);
    process.stdout.write(describeSightings('from the withdrawal', sightings.flat()));
    expect(slowestOf(sightings.flat())).toBeLessThan(limit);
    await principal.getByText('已从网站撤回').waitFor();
  });
});
