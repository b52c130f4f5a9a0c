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
  for (const script of ['./assets/preferences.js', './assets/site.js', './assets/tools.js']) {
    await import(/* @vite-ignore */ script);
  }
});

describe('the modes', () => {
  test('are restored before the page is painted', () => {
    expect(document.documentElement.className.split(' ').sort()).toEqual(['contrast', 'js']);
    find('[data-tools]').click();
    document.dispatchEvent(new CustomEvent('tools:show', { detail: true }));
    expect(find('#tools [data-preference=contrast]').getAttribute('aria-pressed')).toBe('true');
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

describe('the tools', () => {
  const tool = (name: string): HTMLElement => {
    const found = [...document.querySelectorAll<HTMLElement>('#tools button')].find(
      (one) => one.textContent === name,
    );
    if (!found) throw new Error(`no tool ${name}`);
    return found;
  };
  const said = () => find('#tools [role=status]').textContent;

  test('make letters larger step by step, and stop at the last', () => {
    for (const size of ['大', '更大', '特大', '特大']) {
      tool('放大字号').click();
      expect(said()).toBe(`字号：${size}`);
    }
    expect(document.documentElement.classList.contains('larger-3')).toBe(true);
    expect(document.documentElement.classList.contains('larger-1')).toBe(false);
    tool('缩小字号').click();
    expect(localStorage.getItem('mode-larger-2')).toBe('on');
    expect(localStorage.getItem('mode-larger-3')).toBe('off');
  });

  test('of contrast take turns', () => {
    tool('白底黑字').click();
    expect(tool('白底黑字').getAttribute('aria-pressed')).toBe('true');
    expect(tool('黑底黄字').getAttribute('aria-pressed')).toBe('false');
    tool('黑底黄字').click();
    expect(tool('白底黑字').getAttribute('aria-pressed')).toBe('false');
  });

  test('show a ruler that follows the focus', () => {
    tool('阅读标尺').click();
    const ruler = find('.reading-ruler');
    const link = find('.brand');
    link.getBoundingClientRect = () => new DOMRect(0, 500, 100, 40);
    link.focus();
    expect(ruler.style.top).toBe('520px');
    tool('阅读标尺').click();
    expect(document.querySelector('.reading-ruler')).toBeNull();
  });

  test('offer no voice where there is none', () => {
    expect(find('#tools [aria-label=朗读]').hidden).toBe(true);
  });

  test('go back to how everything was', () => {
    tool('恢复默认').click();
    expect(document.documentElement.className).toBe('js');
    expect(localStorage.getItem('mode-contrast')).toBe('off');
  });

  test('close with Escape, and the focus returns to their button', () => {
    tool('放大字号').focus();
    press(tool('放大字号'), 'Escape');
    expect(document.activeElement).toBe(find('[data-tools]'));
    expect(find('[data-tools]').getAttribute('aria-expanded')).toBe('false');
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
