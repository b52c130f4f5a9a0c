import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { renderUrgentFragment } from './index.ts';
import { renderNotFound } from './pages/missing.tsx';
import { portalChrome } from './pages/chrome.examples.ts';

const notice = renderUrgentFragment({
  level: 'red',
  text: '暴雨红色预警：低洼路段已封闭',
  url: '/zwgk/tzgg/1.html',
  since: '2026-11-21 06:40',
});

interface Answer {
  readonly status: number;
  readonly body: string;
}

const realFetch = globalThis.fetch;
let asked: string[] = [];
let visits = 0;

/** Opens a page whose question for the notice is answered so; without an answer there is no network. */
async function visit(path: string, answer: Answer | undefined): Promise<void> {
  history.replaceState(null, '', path);
  document.body.innerHTML = new DOMParser().parseFromString(
    renderNotFound(portalChrome),
    'text/html',
  ).body.innerHTML;
  globalThis.fetch = (url) => {
    asked.push(url instanceof Request ? url.url : url.toString());
    return answer === undefined
      ? Promise.reject(new TypeError('offline'))
      : Promise.resolve(new Response(answer.body, { status: answer.status }));
  };
  visits += 1;
  await import(/* @vite-ignore */ `./assets/urgent.js?visit=${visits}`);
  await new Promise((resolve) => setTimeout(resolve, 0));
}

const shown = () => [...document.querySelectorAll('[data-urgent]')];

beforeEach(() => {
  asked = [];
  sessionStorage.clear();
});
afterEach(() => {
  globalThis.fetch = realFetch;
});

describe('the urgent notice', () => {
  test('is fetched by a page other than the home page and put right under its header', async () => {
    await visit('/zwgk/', { status: 200, body: notice });
    expect(asked).toEqual(['/urgent.html']);
    expect(shown()).toHaveLength(1);
    expect(shown()[0]?.previousElementSibling?.classList.contains('site-header')).toBe(true);
    expect(shown()[0]?.textContent).toContain('紧急公告');
  });

  test('is not asked for by the home page, which has it already', async () => {
    await visit('/', { status: 200, body: notice });
    expect(asked).toEqual([]);
    expect(shown()).toEqual([]);
  });

  test('leaves no trace while there is none', async () => {
    await visit('/zwgk/', { status: 200, body: renderUrgentFragment(undefined) });
    expect(shown()).toEqual([]);
    await visit('/zwgk/', { status: 404, body: '<section data-urgent>页面不存在</section>' });
    expect(shown()).toEqual([]);
  });

  test('stands on the next page before the network answers, and is gone when it was lifted', async () => {
    await visit('/zwgk/', { status: 200, body: notice });
    await visit('/zwzx/', undefined);
    expect(shown()).toHaveLength(1);
    await visit('/zwfw/', { status: 503, body: 'busy' });
    expect(shown()).toHaveLength(1);
    await visit('/zwgk/', { status: 200, body: '' });
    expect(shown()).toEqual([]);
    await visit('/zwzx/', undefined);
    expect(shown()).toEqual([]);
  });

  test('takes nothing but the notice out of the answer', async () => {
    await visit('/zwgk/', {
      status: 200,
      body: `<p id="other">x</p><script>window.ran = 1</script>${notice}`,
    });
    expect(shown()).toHaveLength(1);
    expect(document.getElementById('other')).toBeNull();
    expect('ran' in window).toBe(false);
  });
});
