import { describe, expect, it } from 'vitest';

import { aBody, aCheckedText, told } from '../../../test/checked.ts';
import { documentNumberChecker } from './check-document-numbers.ts';

const toldOf = (text: string) => told(documentNumberChecker, aCheckedText({ body: aBody(text) }));

describe('document numbers in a text', () => {
  it('get the right brackets, no 第 and no noughts in front', () => {
    expect(toldOf('根据浔府发[2026]12号')).toEqual(['document-number-form [2026]12号 → 〔2026〕12号']);
    expect(toldOf('浔府办发（2026）第3号文')).toEqual(['document-number-form （2026）第3号 → 〔2026〕3号']);
    expect(toldOf('浔府字〔2026〕001号')).toEqual(['document-number-form 〔2026〕001号 → 〔2026〕1号']);
  });

  it('that are right, and numbers of courts, decrees and certificates, are left alone', () => {
    expect(
      toldOf(
        '浔府发〔2026〕12号，（2023）赣0403民初12号，国务院令第711号，赣（2022）九江市不动产权第0012345号',
      ),
    ).toEqual([]);
  });
});
