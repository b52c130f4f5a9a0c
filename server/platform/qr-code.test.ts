import { expect, it } from 'vitest';

import { qrCodeSvg } from './qr-code.ts';

/** The modules of the picture as rows of dark and light. */
function modulesOf(svg: string): { readonly size: number; readonly dark: ReadonlySet<string> } {
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  const dark = new Set<string>();
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = 0; at < Number(width); at += 1) dark.add(`${String(Number(x) + at)},${String(y)}`);
  }
  return { size, dark };
}

const finder = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######'];

it('has the three marks by which readers find it, and nothing in its margin', () => {
  const { size, dark } = modulesOf(
    qrCodeSvg('https://www.xunyang.gov.cn/zwgk/tzgg/202611/t20261121_4217.html'),
  );
  const at = (x: number, y: number) => (dark.has(`${String(x)},${String(y)}`) ? '#' : '.');
  const corner = (left: number, top: number) =>
    Array.from({ length: 7 }, (_, y) => Array.from({ length: 7 }, (_, x) => at(left + x, top + y)).join(''));
  expect(corner(4, 4)).toEqual(finder);
  expect(corner(size - 11, 4)).toEqual(finder);
  expect(corner(4, size - 11)).toEqual(finder);
  expect(
    [...dark].some((one) => one.split(',').some((place) => Number(place) < 4 || Number(place) >= size - 4)),
  ).toBe(false);
});

it('gives the same bytes for the same text, and others for another', () => {
  expect(qrCodeSvg('https://a.cn/1')).toBe(qrCodeSvg('https://a.cn/1'));
  expect(qrCodeSvg('https://a.cn/1')).not.toBe(qrCodeSvg('https://a.cn/2'));
});
