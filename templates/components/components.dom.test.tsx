import axe from 'axe-core';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { barChartBlock, emptyBlocks, lineChartBlock, videoBlock } from '../pages/blocks.examples.ts';
import { Blocks } from './blocks/blocks.tsx';
import { ChartBlock } from './chart-block/chart-block.tsx';
import { renderComponentExamples } from './component-examples.ts';
import { VideoBlock } from './video-block/video-block.tsx';

const examples = [...renderComponentExamples()].flatMap(([component, states]) =>
  [...states].map(([state, html]) => [`${component}: ${state}`, html] as const),
);

function parse(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

const textsOf = (page: ParentNode, selector: string) =>
  [...page.querySelectorAll(selector)].map((element) => element.textContent);

describe.each(examples)('every state of every component: %s', (_name, html) => {
  const page = parse(html);

  test('needs no inline style or script and nothing from elsewhere', () => {
    expect(/ style=| on[a-z]+=/.test(html)).toBe(false);
    for (const element of page.querySelectorAll('img, video, source, script[src]')) {
      expect(element.getAttribute('src') ?? element.getAttribute('poster') ?? '/').toMatch(/^\//);
    }
  });

  test('has no id twice and no picture without its size', () => {
    const ids = [...page.querySelectorAll('[id]')].map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const picture of page.querySelectorAll('img, video')) {
      expect(Number(picture.getAttribute('width'))).toBeGreaterThan(0);
      expect(Number(picture.getAttribute('height'))).toBeGreaterThan(0);
    }
  });

  test('has no finding of axe that can be found without layout and without a page around it', async () => {
    document.documentElement.lang = 'zh-CN';
    document.title = _name;
    document.body.innerHTML = page.body.innerHTML;
    const found = await axe.run(document.body, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      rules: { 'color-contrast': { enabled: false } },
    });
    const lines = found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html ?? ''}`);
    expect(lines).toEqual([]);
  });
});

describe('blocks', () => {
  test.each(emptyBlocks)('of kind $kind without content leave no trace', (block) => {
    expect(renderToString(<Blocks blocks={[block]} />)).toBe('');
  });

  test('move nothing by themselves', () => {
    for (const [, html] of examples) expect(html).not.toMatch(/<marquee|autoplay|data-carousel/);
  });
});

describe('a chart', () => {
  const page = (block: typeof barChartBlock) => parse(renderToString(<ChartBlock block={block} id="c" />));

  test.each([barChartBlock, lineChartBlock])('as $form has its numbers as a table too', (block) => {
    const table = page(block);
    expect(textsOf(table, 'tbody th')).toEqual(block.rows.map((row) => row.name));
    expect(textsOf(table, 'tbody td').map(Number)).toEqual(block.rows.map((row) => row.value));
  });

  test('draws bars as long as their values, from zero to either side', () => {
    const rows = [
      { name: '甲', value: 100 },
      { name: '乙', value: 50 },
      { name: '丙', value: -100 },
    ];
    const bars = [...page({ ...barChartBlock, rows }).querySelectorAll('rect')].map((bar) =>
      ['x', 'width'].map((name) => Number(bar.getAttribute(name))),
    );
    expect(bars).toEqual([
      [50, 50],
      [50, 25],
      [0, 50],
    ]);
  });

  test('says in words what a line shows', () => {
    const name = page(lineChartBlock).querySelector('[role=img]')?.getAttribute('aria-label');
    expect(name).toContain('从1月 2.31 万件到12月 3.61 万件，最高为12月 3.61 万件');
  });
});

test('a film loads nothing before it is asked to, and its words stand beside it', () => {
  const page = parse(renderToString(<VideoBlock block={videoBlock} id="v" />));
  const video = page.querySelector('video');
  expect(video?.getAttribute('preload')).toBe('none');
  expect(video?.hasAttribute('controls')).toBe(true);
  expect(textsOf(page, '.unfolded p')).toEqual(videoBlock.transcript.split('\n'));
});
