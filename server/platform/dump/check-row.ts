import type { DumpPart, DumpRow, FieldKind, PlainKind } from './dump.types.ts';
import { fieldName, plainKind } from './dump-rows.ts';

const idText = /^(?:0|[1-9]\d{0,18})$/;
const isTextLike =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    typeof value === 'string' && pattern.test(value);
const isListOf =
  (isOne: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(isOne);
const isText = (value: unknown): boolean => typeof value === 'string' && !value.includes('\0');
const isId = isTextLike(idText);

const fits: Readonly<Record<PlainKind, (value: unknown) => boolean>> = {
  id: isId,
  integer: (value) => Number.isSafeInteger(value),
  text: isText,
  uuid: isTextLike(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  flag: (value) => typeof value === 'boolean',
  instant: isTextLike(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
  day: isTextLike(/^\d{4}-\d\d-\d\d$/),
  json: (value) => value !== undefined && value !== null,
  bytes: isTextLike(/^(?:[0-9a-f]{2})*$/),
  ids: isListOf(isId),
  texts: isListOf(isText),
};

/** The first field that is missing, too many, or not what it should be. */
export function wrongField(part: DumpPart, row: unknown): string | undefined {
  if (row === null || typeof row !== 'object' || Array.isArray(row)) return '';
  const given = row as DumpRow;
  const known = new Map(Object.entries(part.fields).map(([column, kind]) => [fieldName(column), kind]));
  const stranger = Object.keys(given).find((name) => !known.has(name));
  if (stranger !== undefined) return stranger;
  return [...known].find(([name, kind]) => !fitsKind(given[name], kind))?.[0];
}

function fitsKind(value: unknown, kind: FieldKind): boolean {
  if (value === null) return kind.endsWith('?');
  return fits[plainKind(kind)](value);
}

/** Below zero when the first row comes before the second in the order of the part; zero for two of one key. */
export function compareRows(part: DumpPart, one: DumpRow, other: DumpRow): number {
  for (const column of part.order) {
    const [a, b] = [one[fieldName(column)], other[fieldName(column)]];
    const order = part.fields[column]?.startsWith('text')
      ? Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)))
      : Number(BigInt(String(a)) - BigInt(String(b)));
    if (order !== 0) return order;
  }
  return 0;
}
