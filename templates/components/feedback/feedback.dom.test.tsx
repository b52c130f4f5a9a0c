import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { articleExamples } from '../../pages/article.examples.ts';
import { renderArticle } from '../../pages/article.tsx';

interface Sent {
  readonly address: string;
  readonly fields: unknown;
}

let sent: Sent[] = [];
let answer: () => Promise<Response> = () => Promise.reject(new Error('no answer'));
const json = (status: number, value: object) =>
  Promise.resolve(new Response(JSON.stringify(value), { status }));

function find(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`no ${selector}`);
  return element;
}
const status = () => find('[data-feedback-status]').textContent;
const send = (index: number) => {
  const form = document.querySelectorAll<HTMLFormElement>('.feedback form')[index];
  form?.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
};

beforeEach(async () => {
  sent = [];
  vi.stubGlobal('fetch', (address: string, { body }: { body: string }) => {
    sent.push({ address, fields: JSON.parse(body) });
    return answer();
  });
  const html = renderArticle(articleExamples['a notice with a picture and a table']);
  document.body.innerHTML = new DOMParser().parseFromString(html, 'text/html').body.innerHTML;
  vi.resetModules();
  const script = '../../assets/feedback.js';
  await import(/* @vite-ignore */ script);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test('a rating is sent without leaving the page, and thanked for', async () => {
  answer = () => json(201, { message: '谢谢您的反馈。' });
  send(0);
  await expect.poll(status).toBe('谢谢您的反馈。');
  expect(find('[data-feedback-choices]').hidden).toBe(true);
  const { path } = articleExamples['a notice with a picture and a table'];
  expect(sent).toEqual([{ address: '/feedback', fields: { page: path, useful: 'yes', leave_empty: '' } }]);
});

test('what was not taken stays in the form, and the server says why', async () => {
  answer = () => json(422, { title: '最多 500 个字，现在是 501 个' });
  const remark = find('#field-remark') as HTMLTextAreaElement;
  remark.value = '很长的话';
  send(1);
  await expect.poll(status).toBe('最多 500 个字，现在是 501 个');
  expect(remark.value).toBe('很长的话');
  expect(find('[data-feedback-choices]').hidden).toBe(false);
  expect(sent[0]?.fields).toMatchObject({ useful: 'no', remark: '很长的话' });
});

test('without a network it says so, and can be sent again', async () => {
  answer = () => Promise.reject(new TypeError('offline'));
  send(0);
  await expect.poll(status).toContain('请检查网络');
  await expect
    .poll(() => {
      send(0);
      return sent.length;
    })
    .toBeGreaterThan(1);
});
