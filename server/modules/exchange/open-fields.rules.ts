import { type OpenField, openFields } from '../../../contracts/open-exchange.ts';
import { AppError } from '../../platform/errors.ts';

/** The keys that were asked for; null: all. The id always comes. */
export function fieldsIn(text: string | undefined): ReadonlySet<OpenField> | null {
  if (text === undefined) return null;
  const names = text.split(',');
  const unknown = names.filter((name) => !openFields.some((field) => field === name));
  if (unknown.length > 0) {
    throw new AppError('invalid', 'exchange.field-unknown', `没有这些字段：${unknown.join('、')}。`, {
      details: { unknown },
    });
  }
  return new Set<OpenField>(['id', ...openFields.filter((field) => names.includes(field))]);
}
