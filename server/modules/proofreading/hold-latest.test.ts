import { expect, it } from 'vitest';

import { holdLatest } from './hold-latest.ts';

const aMaker = () => {
  const orders: { readonly done: (value: object) => void; readonly failed: (error: Error) => void }[] = [];
  const make = () => new Promise<object>((done, failed) => orders.push({ done, failed }));
  return { make, orders };
};
const aWhile = () => new Promise(setImmediate);

it('is made once for all who ask meanwhile, and again for another key', async () => {
  const { make, orders } = aMaker();
  const latest = holdLatest<object>();
  const asked = [latest.get('1', make), latest.get('1', make)];
  await aWhile();
  const value = {};
  orders[0]?.done(value);
  expect(await Promise.all(asked)).toEqual([value, value]);
  expect(await latest.get('1', make)).toBe(value);
  expect(orders).toHaveLength(1);
  void latest.get('2', make);
  expect(orders).toHaveLength(2);
});

it('is made anew by one of those who waited for somebody that failed', async () => {
  const { make, orders } = aMaker();
  const latest = holdLatest<object>();
  const first = latest.get('1', make);
  const others = [latest.get('1', make), latest.get('1', make)];
  orders[0]?.failed(new Error('their transaction'));
  await expect(first).rejects.toThrow('their transaction');
  await aWhile();
  expect(orders).toHaveLength(2);
  orders[1]?.done({});
  const [one, two] = await Promise.all(others);
  expect(one).toBe(two);
});
