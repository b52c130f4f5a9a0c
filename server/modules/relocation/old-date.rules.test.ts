import { expect, test } from 'vitest';

import { dayIn, dayInPath, isDateForm } from './old-date.rules.ts';

test.each([
  ['发布时间：2022-12-08 16:23', '2022-12-08'],
  ['2022/1/8', '2022-01-08'],
  ['2022年12月8日 16时23分', '2022-12-08'],
  ['二〇二二年十二月八日', '2022-12-08'],
  ['二○一九年十月三十一日', '2019-10-31'],
  ['时间：２０２２－１２－０８', '2022-12-08'],
  ['2022.12.08', '2022-12-08'],
  ['20221208', '2022-12-08'],
  ['电话 0792-8123456，2022-02-30', undefined],
  ['2022-13-01 之后 2022-12-01', '2022-12-01'],
  ['1234567890123', undefined],
])('in %s the day is %s', (text, day) => {
  expect(dayIn(text)).toBe(day);
});

test('the forms of a site go before the usual ones', () => {
  expect(dayIn('08/12/2022', ['DD/MM/YYYY'])).toBe('2022-12-08');
  expect(dayIn('[22-12-08]', ['[YY-MM-DD]'])).toBe('2022-12-08');
  expect(dayIn('2022-12-08', ['DD/MM/YYYY'])).toBe('2022-12-08');
  expect([isDateForm('YYYY-MM-DD'), isDateForm('YYYY-MM'), isDateForm('DD/DD/YYYY')]).toEqual([
    true,
    false,
    false,
  ]);
});

test('an address tells the day it was filed under', () => {
  expect(dayInPath('/zwgk/202212/t20221208_5875095.html')).toBe('2022-12-08');
  expect(dayInPath('/2022/12/08/12345.html')).toBe('2022-12-08');
  expect(dayInPath('/show.jsp?id=20221308')).toBeUndefined();
});
