import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Comparison, historyLine, proposalsFor, successivePairs } from './version.rules.ts';
import type { KnownDocument, KnownMention } from './version.types.ts';

const document = (
  id: string,
  writtenOn: string | null,
  more: Partial<KnownDocument> = {},
): KnownDocument => ({
  ...{ id, unitId: '1', name: '甲市条例', writtenOn, issuer: '甲市' },
  ...more,
});
const mention = (by: KnownDocument, more: Partial<KnownMention> = {}): KnownMention => ({
  ...{
    kind: 'repeals',
    name: '甲市条例',
    issuedOn: null,
    before: null,
    confidence: 95,
    evidence: '同时废止。',
    by,
  },
  ...more,
});
const repealing = document('9', '2020-06-01', { name: '甲市新法' });
const pairsOf = (documents: readonly KnownDocument[]) =>
  successivePairs(documents).map(({ older, newer }) => `${older.id}-${newer.id}`);
const proposed = (
  documents: readonly KnownDocument[],
  mentions: readonly KnownMention[] = [],
  comparison: Comparison = { likeness: 70, history: null },
) =>
  proposalsFor(
    documents,
    mentions,
    successivePairs(documents).map((pair) => [pair, comparison] as const),
  ).map(({ fromId, kind, toId }) => `${fromId} ${kind} ${toId}`);

describe('versions of one title', () => {
  it('follow each other by their days', () => {
    const [one, two, three] = [
      document('1', '2010-01-01'),
      document('2', '2015-01-01'),
      document('3', '2020-01-01'),
    ];
    expect(proposed([three, one, two])).toEqual(['1 replacedBy 2', '2 replacedBy 3']);
  });

  it('are none without a day, with the same day, or of another office', () => {
    expect(pairsOf([document('1', null), document('2', '2015-01-01')])).toEqual([]);
    expect(pairsOf([document('1', '2015-01-01'), document('2', '2015-01-01')])).toEqual([]);
    const elsewhere = document('2', '2015-01-01', { unitId: '2', issuer: '乙局' });
    expect(pairsOf([document('1', '2010-01-01'), elsewhere])).toEqual([]);
  });

  it('are none when one text was only dated twice', () => {
    const copies = [document('1', '2022-02-15'), document('2', '2022-03-01')];
    expect(proposed(copies, [], { likeness: 96, history: null })).toEqual([]);
    expect(proposed(copies, [], { likeness: 96, history: '2022年3月1日修正' })).toEqual(['1 replacedBy 2']);
    const longAfter = [document('1', '2018-09-03'), document('2', '2019-06-27')];
    expect(proposed(longAfter, [], { likeness: 99, history: null })).toEqual([]);
    expect(proposed(longAfter, [], { likeness: 96, history: null })).toEqual(['1 replacedBy 2']);
  });

  it('of notices, which recur, must say the same', () => {
    const notices = ['2010-01-01', '2011-01-01'].map((day, at) =>
      document(String(at + 1), day, { name: '关于放假的通知' }),
    );
    expect(proposed(notices, [], { likeness: 30, history: null })).toEqual([]);
    expect(proposed(notices, [], { likeness: 60, history: null })).toEqual(['1 replacedBy 2']);
    expect(
      proposed([document('1', '2010-01-01'), document('2', '2019-01-01')], [], {
        likeness: 5,
        history: null,
      }),
    ).toEqual(['1 replacedBy 2']);
  });

  it('never form a circle, and propose each document once at most', () => {
    const days = fc.option(fc.integer({ min: 2000, max: 2020 }).map((year) => `${String(year)}-01-01`));
    fc.assert(
      fc.property(fc.array(fc.tuple(days, fc.constantFrom('1', '2')), { maxLength: 12 }), (given) => {
        const documents = given.map(([day, unitId], at) =>
          document(String(at + 1), day, { unitId, issuer: unitId }),
        );
        const pairs = successivePairs(documents);
        expect(new Set(pairs.map((pair) => pair.older.id)).size).toBe(pairs.length);
        for (const { older, newer } of pairs) {
          expect((older.writtenOn ?? '') < (newer.writtenOn ?? '')).toBe(true);
          expect(older.unitId).toBe(newer.unitId);
        }
      }),
    );
  });
});

describe('a mention', () => {
  it('means the newest that is older than the one that says it', () => {
    const versions = [document('1', '2010-01-01'), document('2', '2015-01-01'), document('3', '2021-01-01')];
    expect(proposed(versions, [mention(repealing)])).toContain('9 repeals 2');
  });

  it('does not mean what was made anew after the old one had ended', () => {
    const anew = [document('1', '2018-01-01')];
    expect(proposed(anew, [mention(repealing, { before: '2012-01-01' })])).toEqual([]);
  });

  it('proposes nothing when two could be meant', () => {
    const ofTwo = [
      document('1', '2010-01-01', { unitId: '2', issuer: '乙局' }),
      document('2', '2011-01-01', { unitId: '3', issuer: '丙局' }),
    ];
    expect(proposed(ofTwo, [mention(repealing)])).toEqual([]);
    const sameDay = [document('1', '2010-01-01'), document('2', '2010-01-01')];
    expect(proposed(sameDay, [mention(repealing)])).toEqual([]);
    // The own one goes before another office's of the same name.
    expect(proposed([...ofTwo, document('3', '2009-01-01')], [mention(repealing)])).toEqual(['9 repeals 3']);
  });

  it('of the own title needs its day, and takes the place of the equal titles', () => {
    const [old, now] = [document('1', '1998-05-14'), document('2', '2020-07-20')];
    const own = mention(now, { issuedOn: '1998-05-14' });
    expect(proposed([old, now], [own])).toEqual(['2 repeals 1']);
    expect(proposed([document('1', '2012-12-13'), now], [own])).toEqual(['1 replacedBy 2']);
  });

  it('is told once when later versions repeat it', () => {
    const later = document('10', '2022-01-01', { name: '甲市新法' });
    expect(proposed([document('1', '2010-01-01')], [mention(later), mention(repealing)])).toEqual([
      '9 repeals 1',
    ]);
  });
});

describe('the history of a text', () => {
  it('is the last line at its beginning that tells of a change after the older version', () => {
    const text = '2010年1月1日通过\n2015年2月3日修正\n2020年3月4日第二次修正\n第一条 正文。';
    expect(historyLine(text, '2015-02-03')).toBe('2020年3月4日第二次修正');
    expect(historyLine(text, '2021-01-01')).toBeNull();
  });
});
