import { describe, expect, it } from 'vitest';

import { aBody, aCheckedText, told } from '../../../test/checked.ts';
import { timeChecker } from './check-times.ts';

const toldOf = (text: string) => told(timeChecker, aCheckedText({ body: aBody(text) }));

describe('times', () => {
  it('are days that a calendar has', () => {
    expect(toldOf('自2026年2月30日起施行')).toEqual(['no-such-day 2026年2月30日']);
    expect(toldOf('2025年2月29日')).toEqual(['no-such-day 2025年2月29日']);
    expect(toldOf('于13月1日、4月31日、2026-06-31办理')).toHaveLength(3);
    expect(toldOf('2月29日前、2024年2月29日、2026-11-30、11月27日')).toEqual([]);
  });

  it('fall on the day of the week that is said, and the right one is proposed', () => {
    expect(toldOf('2026年11月27日（星期四）')).toEqual(['wrong-weekday 四 → 五']);
    expect(toldOf('2026年11月27日（星期五）、2026年11月29日星期天、11月27日（星期一）')).toEqual([]);
  });

  it('end after they begin', () => {
    expect(toldOf('公示期：2026年5月8日至5月4日')).toEqual(['ends-before-start 2026年5月8日至5月4日']);
    expect(toldOf('2026年5月8日—2025年5月18日')).toHaveLength(1);
    expect(toldOf('2026年5月4日至5月8日，2025年12月20日至1月10日；5月8日印发，5月4日废止')).toEqual([]);
  });

  it('are hours of a day where hours are meant', () => {
    expect(toldOf('上午25:30开会')).toEqual(['no-such-hour 25:30']);
    expect(toldOf('时间：9:00—17:30，比分30:28，每天24:00前')).toEqual([]);
  });

  it('of writing are not still to come', () => {
    expect(told(timeChecker, aCheckedText({ writtenOn: '2026-11-28', producedOn: '2026-11-27' }))).toEqual([
      'not-yet 2026-11-28',
    ]);
  });
});
