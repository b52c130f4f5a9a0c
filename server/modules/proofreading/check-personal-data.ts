import type { Finding, Severity } from '../../../contracts/proofreading.ts';
import type { Checker, CheckRule, TextPart } from './checked-text.ts';
import { findPersonalData } from './personal-data.rules.ts';
import type { PersonalFind, PersonalKind } from './personal-data.types.ts';
import { type MaskForms, usualMasks } from './personal-mask.rules.ts';
import { enoughOfEach } from './severity.rules.ts';

export const personalDataCheck = 'personal-data';

/** What everybody can be harmed with blocks; the rest may be meant, and then somebody says why. */
const kinds: Readonly<Record<PersonalKind, readonly [name: string, severity: Severity]>> = {
  'id-number': ['身份证号码', 'blocks'],
  'bank-card': ['银行卡号', 'blocks'],
  'travel-document': ['护照或通行证号码', 'needs-reason'],
  mobile: ['手机号码', 'needs-reason'],
  landline: ['个人的固定电话', 'needs-reason'],
  mail: ['个人的电子邮箱', 'needs-reason'],
  address: ['个人的住址', 'needs-reason'],
};

const rules: readonly CheckRule[] = Object.entries(kinds).map(([key, [name, severity]]) => ({
  key,
  name,
  severity,
}));

/** Finds personal data in every part, attachments' words too; each finding proposes the mask. */
export const createPersonalDataChecker = (masks: MaskForms = usualMasks): Checker => ({
  key: personalDataCheck,
  reach: 'part',
  name: '个人信息',
  rules,
  run: ({ parts, facts: { today } }) =>
    parts.flatMap((part) =>
      enoughOfEach(findPersonalData(part.text, { today, masks }), ({ kind }) => kinds[kind][1]).map((find) =>
        describe(part, find),
      ),
    ),
});

function describe({ part, name }: TextPart, { kind, start, end, suggestion }: PersonalFind): Finding {
  const [ruleName, severity] = kinds[kind];
  return {
    check: personalDataCheck,
    rule: kind,
    ruleName,
    severity,
    place: { part, start, end },
    // Findings are kept, so what they tell is masked.
    found: suggestion,
    suggestion,
    message: `${name}里有${ruleName}，公开前要隐去一部分。`,
  };
}
