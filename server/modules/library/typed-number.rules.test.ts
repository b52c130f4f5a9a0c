import { describe, expect, it } from 'vitest';

import { typedNumber } from './typed-number.rules.ts';

describe('what was typed into the search field', () => {
  it.each([
    ['000014349/2026-00001', '000014349/2026-00001'],
    ['000014349', '000014349'],
    ['01527918X-2026-000', '01527918X-2026-000'],
    ['000014349/20', '000014349/20'],
    [' 11360403mb1234567x/2026- ', '11360403MB1234567X/2026-'],
    ['０００１４３４９', '00014349'],
  ])('%s begins an index number', (text, indexNumber) => {
    expect(typedNumber(text)).toEqual({ indexNumber, documentNumbers: [] });
  });

  it.each([
    ['浔府发〔2026〕12号', ['浔府发〔2026〕12号']],
    ['浔府发〔2026〕', ['浔府发〔2026〕']],
    ['浔府发〔20', ['浔府发〔20']],
    ['浔府发[2026]第012号', ['浔府发[2026]第012号', '浔府发〔2026〕12号']],
    ['浔府发（2026） 12', ['浔府发（2026） 12', '浔府发〔2026〕12']],
  ])('%s begins a document number', (text, documentNumbers) => {
    expect(typedNumber(text)).toEqual({ indexNumber: null, documentNumbers });
  });

  it.each([
    '2026',
    '安全生产',
    '关于印发浔府发〔2026〕12号的通知',
    '100%_',
    '12号',
    '00001434/2026',
    '〔2026〕1号',
  ])('%s is no number', (text) => {
    expect(typedNumber(text)).toEqual({ indexNumber: null, documentNumbers: [] });
  });
});
