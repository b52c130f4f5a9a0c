import { expect, test } from 'vitest';

import type { Resource, ResourceContent, ResourcePage } from '../../contracts/library.ts';
import type { Review } from '../../contracts/review.ts';
import type { Address } from '../../contracts/sites.ts';
import { anAssessment } from '../factories/assessment.ts';
import { aPerson, type Answer, type Person } from '../faults/console-client.ts';
import { aVisit } from './browser.ts';
import { get } from './citizen.ts';
import { approve, goTo, openTask } from './desk.ts';
import { inspectScreen } from './inspect-screen.ts';

const visit = aVisit();
const { district } = visit;
const batch = String(Date.now() % 1_000_000);
const policyTitle = `关于做好第${batch}批校园餐饮公示工作的通知`;
const interpretationTitle = `第${batch}批校园餐饮公示怎么看`;

function bodyOf(answer: Answer): unknown {
  if (answer.outcome === 'answered' && answer.status < 300) return answer.body;
  throw new Error(JSON.stringify(answer));
}

const enter = (login: string): Promise<Person> =>
  aPerson(district.consoleUrl, { login, password: district.passwordOf(login) });

/** Writes one like the newest of its type and hands it in; two reviewers approve, so that it waits for the signature. */
async function readyToSign(
  [editor, ...reviewers]: readonly [Person, Person, Person],
  type: 'policy' | 'interpretation',
  change: Partial<ResourceContent>,
): Promise<Resource> {
  const { items } = await editor.read<ResourcePage>(`/api/resources?type=${type}&stage=live&limit=1`);
  const like = await editor.read<Resource>(`/api/resources/${items[0]?.id ?? '0'}`);
  const { placements } = await editor.read<Address>(`/api/resources/${like.id}/placements`);
  const content = { ...like.head.content, attachments: [], ...change };
  const draft = bodyOf(
    await editor.call('POST', '/api/resources', { unitId: like.unitId, type, content }),
  ) as Resource;
  const columnIds = placements.filter((one) => one.isMain).map((one) => one.columnId);
  bodyOf(await editor.call('PUT', `/api/resources/${draft.id}/placements`, { columnIds }));
  const { version } = await editor.read<Resource>(`/api/resources/${draft.id}`);
  bodyOf(await editor.call('POST', `/api/resources/${draft.id}/reviews`, { expectedVersion: version }));
  const open = await editor.read<{ items: readonly Review[] }>(
    `/api/reviews?resourceId=${draft.id}&state=open`,
  );
  const review = await editor.read<Review>(`/api/reviews/${open.items[0]?.id ?? '0'}`);
  for (const [step, person] of reviewers.entries()) {
    const decision = { action: 'approve', step, assessment: anAssessment() };
    bodyOf(
      await person.call('POST', `/api/reviews/${review.id}/decisions`, {
        ...decision,
        revisionDigest: review.revision.digest,
      }),
    );
  }
  return draft;
}

async function sign(title: string): Promise<void> {
  const page = await visit.signInAs('zhongqianfa');
  await openTask(page, title);
  await page
    .getByText(/一同发布/)
    .first()
    .waitFor();
  await approve(page, '签发', district.passwordOf('zhongqianfa'));
  await page.context().close();
}

test('a policy and its interpretation are planned together, signed one after the other, and public in the same second', async () => {
  const people = [await enter('shuxiaowen'), await enter('luchushen'), await enter('meifushen')] as const;
  const policy = await readyToSign(people, 'policy', {
    title: policyTitle,
    documentNumber: `浔教体发〔2026〕${batch}号`,
  });
  const interpretation = await readyToSign(people, 'interpretation', {
    title: interpretationTitle,
    interprets: [policy.id],
  });

  const page = await visit.signInAs('shuxiaowen');
  await page.goto(`${district.consoleUrl}/resources/${policy.id}`);
  await page.getByRole('tab', { name: '发布与责任' }).click();
  await page.getByRole('button', { name: '与解读一同发布…' }).click();
  const dialog = page.getByRole('dialog', { name: '与解读一同发布' });
  await dialog.getByLabel('一同发布的信息').fill(interpretationTitle);
  await page.locator('.ant-select-item-option').filter({ hasText: interpretationTitle }).click();
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: /^(保\s?存|确\s?定|建立计划)$/ }).click();
  await page.getByText('计划已建立').waitFor();
  await goTo(page, '联合发布');
  await page.getByRole('link', { name: new RegExp(policyTitle) }).click();
  await page.getByText(/还差 2 篇没有签发/).waitFor();
  expect(await inspectScreen(page), 'plan').toEqual([]);

  const addressOf = async ({ id }: Resource): Promise<string> => {
    const { url } = await people[0].read<Address>(`/api/resources/${id}/placements`);
    return url ?? '';
  };
  await sign(policyTitle);
  await page.reload();
  await page.getByText(/还差 1 篇没有签发/).waitFor();
  const { stage } = await people[0].read<Resource>(`/api/resources/${policy.id}`);
  expect(stage).toBe('scheduled');

  await sign(interpretationTitle);
  const released = async (): Promise<readonly (string | null)[]> =>
    Promise.all(
      [policy, interpretation].map(async ({ id }) => {
        const { firstPublishedAt } = await people[0].read<Resource>(`/api/resources/${id}`);
        return firstPublishedAt;
      }),
    );
  await expect.poll(released, { timeout: 15_000 }).not.toContain(null);
  const [first, second] = await released();
  expect(first).toBe(second);
  for (const one of [policy, interpretation]) {
    const url = await addressOf(one);
    await expect.poll(async () => (await get(url)).status, { timeout: 15_000 }).toBe(200);
  }
  expect((await get(await addressOf(policy))).text).toContain(interpretationTitle);
  await page.reload();
  await page.getByText(/同时发布 2 篇/).waitFor();
});
