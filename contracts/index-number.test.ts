import { describe, expect, it } from 'vitest';

import {
  formatIndexNumber,
  indexNumberTemplates,
  templatesFor,
  usualIndexNumberTemplate,
} from './index-number.ts';

/** RX1 of the standards. */
const inUse = /^(?:[0-9A-Z]{9}|[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10})[/-]\d{4}-\d{5,6}$/;
const year = 2026;

describe('an index number', () => {
  it('is the organisation code, the year and at least five digits, unless a unit wants it otherwise', () => {
    const organisationCode = '000014349';
    const usual = (serial: number) =>
      formatIndexNumber(usualIndexNumberTemplate, { organisationCode, year, serial });
    expect(usual(2058)).toBe('000014349/2026-02058');
    expect(usual(123_456)).toBe('000014349/2026-123456');
  });

  it.each([
    ['{code}-{year}-{serial6}', '11360403MB1234567X', '11360403MB1234567X-2026-000027'],
    ['{code9}/{year}-{serial5}', '11360403MB1234567X', 'MB1234567/2026-00027'],
    ['{code9}-{year}-{serial5}', '01527918X', '01527918X-2026-00027'],
  ] as const)('by %s of %s is %s', (template, organisationCode, number) => {
    expect(formatIndexNumber(template, { organisationCode, year, serial: 27 })).toBe(number);
  });

  it.each([
    ['000014349', '{code}/{year}-{serial5}', 4],
    ['000014349', '{code9}-{year}-{serial5}', 4],
    ['11360403MB1234567X', '{code}/{year}-{serial5}', 8],
  ] as const)('of %s written by %s has %i forms, none of them twice', (organisationCode, own, count) => {
    const templates = templatesFor({ organisationCode, indexNumberTemplate: own });
    const written = templates.map((one) => formatIndexNumber(one, { organisationCode, year, serial: 27 }));
    expect(new Set(written).size).toBe(count);
    expect(templates).toHaveLength(count);
    expect(templates).toContain(own);
  });

  it('keeps the rule by every template', () => {
    expect(indexNumberTemplates).toHaveLength(8);
    for (const template of indexNumberTemplates)
      for (const organisationCode of ['000014349', '11360403MB1234567X'])
        expect(formatIndexNumber(template, { organisationCode, year, serial: 27 })).toMatch(inUse);
  });
});
