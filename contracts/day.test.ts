import { expect, it } from 'vitest';

import { monthsLater } from './day.ts';

it.each([
  ['2026-05-27', 6, '2026-11-27'],
  ['2026-08-31', 6, '2027-02-28'],
  ['2027-08-31', 6, '2028-02-29'],
  ['2026-12-15', 1, '2027-01-15'],
  ['2028-02-29', 12, '2029-02-28'],
])('from %s on %i months end on the same day, or the last of a shorter month', (day, months, later) => {
  expect(monthsLater(day, months)).toBe(later);
});
