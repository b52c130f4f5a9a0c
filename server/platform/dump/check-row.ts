import { isDay } from '../../../contracts/day.ts';
import type { DumpPart, DumpRow, FieldKind, PlainKind } from './dump.types.ts';
import { fieldName, plainKind } from './dump-rows.ts';

type Check = (value: unknown) => boolean;

const isTextOf =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const isListOf =
  (isOne: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(isOne);
const isWhole =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

/** The database has neither the character zero nor half of a pair. */
const isText: Check = (value) => typeof value === 'string' && !value.includes('\0') && value.isWellFormed();

const idText = /^(?:0|[1-9]\d{0,18})$/;
const largestId = 2n ** 63n - 1n;
const isId: Check = (value) => typeof value === 'string' && idText.test(value) && BigInt(value) <= largestId;

const instantText = /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z$/;
const isInstant: Check = (value) => {
  const day = typeof value === 'string' ? instantText.exec(value)?.[1] : undefined;
  return day !== undefined && isDay(day);
};

/** Nothing of ours is nested nearly as deep; the database reads some thousands. */
const deepest = 200;

function isJson(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return isText(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value !== 'object') return value !== undefined;
  if (depth >= deepest) return false;
  if (Array.isArray(value)) return value.every((inner) => isJson(inner, depth + 1));
  return Object.entries(value).every(([key, inner]) => isText(key) && isJson(inner, depth + 1));
}

const fits: Readonly<Record<PlainKind, Check>> = {
  id: isId,
  integer: isWhole(-(2 ** 31), 2 ** 31 - 1),
  small: isWhole(-(2 ** 15), 2 ** 15 - 1),
  text: isText,
  uuid: isTextOf(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  flag: (value) => typeof value === 'boolean',
  instant: isInstant,
  day: (value) => typeof value === 'string' && isDay(value),
  json: (value) => value !== null && isJson(value),
  bytes: isTextOf(/^(?:[0-9a-f]{2})*$/),
  ids: isListOf(isId),
  texts: isListOf(isText),
};

/** The first field that is missing, too many, or not what its column takes. */
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

/** Instants and days are written so that their texts stand in their order. */
const countedKinds: ReadonlySet<FieldKind> = new Set(['id', 'integer', 'small']);

/** Below zero when the first row comes before the second in the order of the part; zero for two of one key. */
export function compareRows(part: DumpPart, one: DumpRow, other: DumpRow): number {
  for (const column of part.order) {
    const [a, b] = [one[fieldName(column)], other[fieldName(column)]];
    const order = countedKinds.has(part.fields[column] ?? 'text')
      ? Number(BigInt(String(a)) - BigInt(String(b)))
      : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
    if (order !== 0) return order;
  }
  return 0;
}
