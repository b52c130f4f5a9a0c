import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { renderArticle } from './pages/article.tsx';
import { articleExamples } from './pages/article.examples.ts';
import { renderHome } from './pages/home.tsx';
import { homeExamples } from './pages/home.examples.ts';

function bodyOf(html: string): HTMLElement {
  return new DOMParser().parseFromString(html, 'text/html').body;
}

function find(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`no ${selector}`);
  return element;
}

function press(element: HTMLElement, key: string): void {
  element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
}

// The scripts act on the page that is there when they run, so both pages stand in one document.
beforeAll(async () => {
  localStorage.setItem('mode-contrast', 'on');
  const home = bodyOf(renderHome(homeExamples['a portal with every kind of block']));
  const article = bodyOf(renderArticle(articleExamples['a notice with a picture and a table']));
  document.body.append(...home.children, ...(article.querySelector('article')?.children ?? []));
  for (const script of ['./assets/preferences.js', './assets/site.js']) {
    await import(/* @vite-ignore */ script);
  }
});

describe('the modes', () => {
  test('are restored before the page is painted', () => {
    expect(document.documentElement.className.split(' ').sort()).toEqual(['contrast', 'js']);
    expect(find('[data-preference=contrast]').getAttribute('aria-pressed')).toBe('true');
  });

  test('are switched and remembered by their buttons', () => {
    const button = find('[data-preference=elder]');
    button.click();
    expect(document.documentElement.classList.contains('elder')).toBe(true);
    expect(button.getAttribute('aria-pressed')).toBe('true');
    expect(localStorage.getItem('mode-elder')).toBe('on');
    button.click();
    expect(localStorage.getItem('mode-elder')).toBe('off');
  });
});

describe('tabs', () => {
  const selected = () => find('[role=tab][aria-selected=true]').textContent;
  const visible = () =>
    [...document.querySelectorAll<HTMLElement>('[role=tabpanel]')].map((panel) => !panel.hidden);

  beforeEach(() => {
    find('[role=tab]').click();
  });

  test('show the first panel and hide the others', () => {
    expect(visible()).toEqual([true, false, false]);
  });

  test('follow a click and the arrow keys, around both ends', () => {
    press(find('[role=tab][aria-selected=true]'), 'ArrowLeft');
    expect(selected()).toBe('法律法规');
    expect(visible()).toEqual([false, false, true]);
    press(find('[role=tab][aria-selected=true]'), 'ArrowRight');
    expect(selected()).toBe('政策文件');
    expect(document.activeElement?.textContent).toBe('政策文件');
  });
});

describe('links', () => {
  function follow(href: string, place: HTMLElement = document.body, marked = false): boolean {
    const link = document.createElement('a');
    link.href = href;
    link.textContent = href;
    if (marked) link.dataset['external'] = href;
    place.append(link);
    const event = new MouseEvent('click', { bubbles: true, cancelable: true });
    // jsdom cannot navigate: keep it from trying where the page lets the link through.
    window.addEventListener(
      'click',
      (reached) => {
        reached.preventDefault();
      },
      { once: true },
    );
    let stopped = false;
    document.addEventListener('click', (reached) => (stopped = reached.defaultPrevented), { once: true });
    link.dispatchEvent(event);
    link.remove();
    return stopped;
  }

  beforeAll(() => {
    HTMLDialogElement.prototype.showModal = function showModal() {
      this.open = true;
    };
  });

  test('to a site that is not the government is announced first', () => {
    expect(follow('https://www.example.com/shop')).toBe(true);
    expect(find('dialog.leaving strong').textContent).toBe('www.example.com');
    expect(find('dialog.leaving a').getAttribute('href')).toBe('https://www.example.com/shop');
  });

  test.each(['/zwgk/', 'https://www.gov.cn/', 'mailto:a@example.com', 'https://jtj.xunyang.gov.cn/a'])(
    'to %s is simply followed',
    (href) => {
      expect(follow(href)).toBe(false);
    },
  );

  test('in a text are announced when they were marked as it was rendered, and only then', () => {
    const text = find('.rich-text');
    text.insertAdjacentHTML('beforeend', '<p id="own"></p>');
    const own = () => find('#own');
    expect(follow('https://own-site.example.org/', own())).toBe(false);
    expect(follow('https://elsewhere.example.org/', own(), true)).toBe(true);
    expect(find('dialog.leaving:last-of-type strong').textContent).toBe('elsewhere.example.org');
  });

  test('to a name that only looks like a government site is announced', () => {
    expect(follow('https://www.gov.cn.example.com/')).toBe(true);
    expect(follow('https://notgov.cn/')).toBe(true);
  });
});

test('the copy button says whether it worked', async () => {
  Object.assign(document, { execCommand: () => true });
  find('[data-copy-link]').click();
  await expect.poll(() => find('[data-tool-status]').textContent).toBe('链接已复制');
});

test('reading aloud is not offered where there is no voice', () => {
  expect(find('[data-read-aloud]').hidden).toBe(true);
});
