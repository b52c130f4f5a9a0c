import { describe, expect, test } from 'vitest';
import { renderArticle } from './article.tsx';
import { articleExamples } from './article.examples.ts';
import { renderColumn } from './column.tsx';
import {
  albumExamples,
  guideExamples,
  institutionExamples,
  kindColumnExamples,
  leaderExamples,
  videoExamples,
} from './kinds.examples.ts';
import { renderAlbum, renderGuide, renderInstitution, renderLeader, renderVideo } from './kinds.tsx';
import { renderLeaving } from './leaving.tsx';

function parse(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

function textsOf(page: ParentNode, selector: string): string[] {
  return [...page.querySelectorAll(selector)].map((element) => element.textContent);
}

function thingOf(page: Document): Record<string, unknown> {
  const data = page.querySelector('script[type="application/ld+json"]')?.textContent ?? '';
  return (JSON.parse(data) as { '@graph': Record<string, unknown>[] })['@graph'][0] ?? {};
}

describe('pages of their own kind', () => {
  test('of a leader say the post, the duties and the résumé, and describe a person', () => {
    const page = parse(renderLeader(leaderExamples['a leader with everything']));
    expect(textsOf(page, '.leader-post')).toEqual(['区委副书记、区长']);
    expect(textsOf(page, '.part-title')).toEqual(['工作分工', '简历']);
    expect(page.querySelector('.portrait')?.getAttribute('alt')).toBe('江临渊的照片');
    expect(thingOf(page)).toMatchObject({ mainEntity: { name: '江临渊', jobTitle: '区委副书记、区长' } });
    const plain = parse(renderLeader(leaderExamples['a leader without a portrait']));
    expect(plain.querySelector('img.portrait')).toBeNull();
  });

  test('of an institution say how to reach it in a table with row headings', () => {
    const page = parse(renderInstitution(institutionExamples['an institution with its departments']));
    expect(textsOf(page, '.fact-table th[scope=row]')).toContain('办公时间');
    expect(page.querySelector('.fact-table a')?.getAttribute('href')).toMatch(/^https:/);
    expect(textsOf(page, '.departments li')).toHaveLength(2);
    expect(thingOf(page)).toMatchObject({ '@type': 'GovernmentOrganization', telephone: '0792-800-0101' });
  });

  test('of a guide say its nine facts, each line for itself', () => {
    const page = parse(renderGuide(guideExamples['a guide with its nine facts']));
    expect(textsOf(page, '.fact-table th')).toHaveLength(9);
    expect(textsOf(page, '.fact-table tr:first-child p')).toHaveLength(2);
  });

  test('of an album lead from each picture to its file, with words for those who cannot see it', () => {
    const page = parse(renderAlbum(albumExamples['an album of three pictures']));
    const pictures = [...page.querySelectorAll('.album img')];
    expect(pictures).toHaveLength(3);
    for (const picture of pictures) {
      expect(picture.getAttribute('alt')).toBeTruthy();
      expect(picture.closest('a')?.getAttribute('href')).toBe(picture.getAttribute('src'));
    }
    expect(textsOf(page, '.album figcaption')[1]).toContain('夏天的甘棠湖');
  });

  test('of a video play without a script, and hold all that is said', () => {
    const page = parse(renderVideo(videoExamples['a film with its transcript']));
    const film = page.querySelector('video');
    expect(film?.hasAttribute('controls')).toBe(true);
    expect(film?.querySelector('source')?.getAttribute('type')).toBe('video/mp4');
    expect(textsOf(page, '.transcript p')).toHaveLength(2);
    expect(thingOf(page)).toMatchObject({ '@type': 'VideoObject', uploadDate: '2026-11-21T09:30:00+08:00' });
  });
});

describe('columns of their own kind', () => {
  test('mark where in the parts of 政府信息公开 they stand', () => {
    const page = parse(renderColumn(kindColumnExamples['a catalogue of what the law asks to be published']));
    expect(textsOf(page, '.disclosure-navigation > ul > li > a')).toEqual([
      '政府信息公开指南',
      '政府信息公开制度',
      '法定主动公开内容',
      '政府信息公开年报',
      '依申请公开',
    ]);
    expect(textsOf(page, '.disclosure-navigation [aria-current]')).toEqual(['法定主动公开内容']);
  });

  test('list what the law asks for in the four columns of article 12', () => {
    const page = parse(renderColumn(kindColumnExamples['a catalogue of what the law asks to be published']));
    expect(textsOf(page, '.catalogue thead th')).toEqual(['索引号', '名称', '内容概述', '生成日期']);
    expect(textsOf(page, '.catalogue tbody tr')).toHaveLength(4);
  });

  test('are searched by a form that needs no script', () => {
    const page = parse(renderColumn(kindColumnExamples['a catalogue of what the law asks to be published']));
    const form = page.querySelector<HTMLFormElement>('.column-search');
    expect(form?.getAttribute('action')).toBe('/search');
    expect(form?.querySelector('input[name=column]')?.getAttribute('value')).toBe('12');
    expect(form?.querySelectorAll('option')).toHaveLength(5);
  });

  test('show one text and lead to the others', () => {
    const page = parse(renderColumn(kindColumnExamples['a guide on the page of its column']));
    expect(textsOf(page, '.texts [aria-current]')).toEqual(['浔阳区人民政府信息公开指南（2026 年版）']);
    expect(page.querySelectorAll('.inline-text .rich-text p')).toHaveLength(1);
  });

  test('say that there is nothing yet', () => {
    const page = parse(renderColumn(kindColumnExamples['a column of leaders that has none yet']));
    expect(textsOf(page, '.empty')).toHaveLength(1);
  });
});

test('attachments that a browser can show are shown on the page when one asks', () => {
  const page = parse(renderArticle(articleExamples['everything an article can have']));
  expect(page.querySelectorAll('.preview')).toHaveLength(2);
  const frame = page.querySelector('.preview iframe');
  expect(frame?.getAttribute('src')).toBe('/files/ab12/map.pdf');
  expect(frame?.getAttribute('loading')).toBe('lazy');
  expect(frame?.closest('details')?.open).toBe(false);
});

test('the code of a page names its own address and is fetched when one looks at it', () => {
  const page = parse(renderArticle(articleExamples['everything an article can have']));
  const code = page.querySelector('.qr img');
  const path = articleExamples['everything an article can have'].path;
  expect(code?.getAttribute('src')).toBe(`/qr.svg?path=${encodeURIComponent(path)}`);
  expect(code?.getAttribute('loading')).toBe('lazy');
});

describe('the warning before one leaves', () => {
  test('shows a name as it is read and as it is, and hands nothing on', () => {
    const page = parse(
      renderLeaving({
        outcome: 'outside',
        url: 'https://xn--fiqs8s.example/"><script>',
        host: '中国.example',
        asciiHost: 'xn--fiqs8s.example',
        encrypted: true,
      }),
    );
    expect(textsOf(page, '.leaving-host')).toEqual(['中国.example', 'xn--fiqs8s.example']);
    expect(page.querySelector('script')).toBeNull();
    const onward = page.querySelector('a[rel]');
    expect(onward?.getAttribute('rel')).toBe('noopener noreferrer nofollow external');
    expect(onward?.getAttribute('href')).toBe('https://xn--fiqs8s.example/"><script>');
  });

  test('leads nowhere when there is no address', () => {
    const page = parse(renderLeaving({ outcome: 'refused' }));
    expect([...page.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual(['/']);
  });
});
