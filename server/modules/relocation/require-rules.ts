import { compile } from 'css-select';

import type { SiteRules } from '../../../contracts/relocation.ts';
import { AppError } from '../../platform/errors.ts';
import { isDateForm } from './old-date.rules.ts';

/** Refuses rules that cannot be read, naming the first that cannot. */
export function requireRules(rules: SiteRules): void {
  const { title, date, source, body, dropped, breadcrumb } = rules;
  for (const selector of [...title, ...date, ...source, ...body, ...dropped, ...breadcrumb]) {
    if (!isSelector(selector)) {
      throw new AppError('invalid', 'relocation.selector-invalid', `选择器写法不对：${selector}`);
    }
  }
  for (const pattern of [...rules.articleAddresses, ...rules.skippedAddresses]) {
    if (!/^[/*]/.test(pattern)) {
      throw new AppError('invalid', 'relocation.pattern-invalid', `网址规则要以 / 或 * 开头：${pattern}`);
    }
  }
  for (const form of rules.dateForms) {
    if (!isDateForm(form)) {
      throw new AppError(
        'invalid',
        'relocation.date-form-invalid',
        `日期格式要含年、月、日各一次，如 DD/MM/YYYY：${form}`,
      );
    }
  }
}

function isSelector(text: string): boolean {
  try {
    compile(text);
    return true;
  } catch {
    return false;
  }
}
