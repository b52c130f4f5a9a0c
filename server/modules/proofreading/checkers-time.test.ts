import { expect, it } from 'vitest';

import { aBody, aCheckedText } from '../../../test/checked.ts';
import type { Checker } from './checked-text.ts';
import { createLeaderChecker } from './check-leaders.ts';
import { formCheckers } from './form-checkers.ts';

const set = { id: '1', name: '领导', severity: 'note' } as const;
const leader = { name: '李四', rank: 1, titles: ['区长'], from: null, to: null };
const nobody: ReadonlySet<string> = new Set();
const links = { own: nobody, approved: nobody, blocked: nobody, dead: nobody };
const checkers: readonly Checker[] = [
  ...formCheckers({ links, emblems: nobody }),
  createLeaderChecker([{ ...set, rules: [leader] }]),
];
const pieces = [
  '1',
  'a',
  '图',
  ' ',
  '〔',
  '2023',
  '2023年',
  '1月1日',
  '号',
  '第',
  '、',
  '区长李四',
  'GS',
  '(',
  'img',
  '地图',
  '最',
];

it.each(checkers.map((checker) => [checker.name, checker] as const))(
  '%s: time is in proportion to the text, wherever it stands',
  (_, checker) => {
    const text = (piece: string, length: number) => {
      const words = piece.repeat(Math.ceil(length / piece.length));
      const picture = { type: 'image', attrs: { assetId: '1', alt: words } } as const;
      return aCheckedText({ title: words, body: aBody(words, picture) });
    };
    for (const piece of pieces) {
      const [short, long] = [text(piece, 10_000), text(piece, 100_000)];
      // What others do on the machine meanwhile is not counted.
      const once = (one: typeof short): number => {
        const before = process.cpuUsage();
        checker.run(one);
        return process.cpuUsage(before).user / 1_000;
      };
      const least = Math.min(once(short), once(short));
      // Ten times the text: the square would be a hundred times the time.
      expect(Math.min(once(long), once(long)), JSON.stringify(piece)).toBeLessThan(40 * Math.max(least, 3));
    }
  },
);
