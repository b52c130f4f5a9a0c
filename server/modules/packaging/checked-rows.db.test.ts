import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import { aDatabase } from '../../../test/harness.ts';
import type { Db } from '../../platform/db.ts';
import { wrongField } from '../../platform/dump/check-row.ts';
import type { DumpPart, DumpRow, FieldKind, PlainKind } from '../../platform/dump/dump.types.ts';
import { createChosen, fieldName, plainKind } from '../../platform/dump/dump-rows.ts';
import { insertRows } from '../../platform/dump/load-rows.ts';
import { packageParts } from './package-parts.ts';

const { db } = aDatabase();

const twoDigits = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((number) => String(number).padStart(2, '0'));
const fourDigits = fc.integer({ min: 1, max: 9999 }).map((number) => String(number).padStart(4, '0'));
const dayBetween = (year: fc.Arbitrary<string>, months: number, days: number) =>
  fc.tuple(year, twoDigits(1, months), twoDigits(1, days)).map((parts) => parts.join('-'));
const goodDay = dayBetween(fourDigits, 12, 28);
const goodText = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\0'));
const goodId = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String);
const goodJson = fc.dictionary(
  fc.string({ unit: 'grapheme-ascii', maxLength: 5 }),
  fc.oneof(goodText, fc.integer()),
);

/** Values that a column takes, … */
const good: Readonly<Record<PlainKind, fc.Arbitrary<unknown>>> = {
  id: goodId,
  integer: fc.integer(),
  small: fc.integer({ min: -32_768, max: 32_767 }),
  text: goodText,
  uuid: fc.uuid(),
  flag: fc.boolean(),
  instant: goodDay.map((day) => `${day}T23:59:59.999999Z`),
  day: goodDay,
  json: goodJson,
  bytes: fc.constantFrom('', '00ff'),
  ids: fc.array(goodId, { maxLength: 3 }),
  texts: fc.array(goodText, { maxLength: 3 }),
};

const badTexts = fc.constantFrom('\0', '甲\0乙', '\ud800', '\udc00甲', '\ud83d', '\u{1f600}', '\uffff', 'é');
const anyText = fc.oneof(badTexts, fc.string({ unit: 'binary', maxLength: 5 }));
const anyNumber = fc.oneof(
  fc.constantFrom(2 ** 31, -(2 ** 31) - 1, 2 ** 15, -(2 ** 15) - 1, 2 ** 53 - 1, 1.5, -0, Infinity),
  fc.double(),
);
const anyId = fc.constantFrom('9223372036854775808', '9999999999999999999', '-1', '01', '', '1e3', ' 1');
const anyDay = fc.oneof(
  dayBetween(fc.constantFrom('0000', '0001', '2023', '2024', '1900'), 13, 31),
  fc.constantFrom('2023-02-29', '2024-02-29', '2024-00-10', '2024-01-00', '4714-11-24', 'infinity', 'today'),
);
const clock = fc.constantFrom('24:00:00.000000', '23:60:00.000000', '23:59:60.000000', '25:00:00.000000');
const deep = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

/** … and such as somebody may write into a package, which it may take or not. */
const odd: Readonly<Record<PlainKind, fc.Arbitrary<unknown>>> = {
  id: anyId,
  integer: anyNumber,
  small: anyNumber,
  text: anyText,
  uuid: fc.constantFrom('', '00000000-0000-0000-0000-00000000000', 'g0000000-0000-0000-0000-000000000000'),
  flag: fc.constantFrom('true', 1, 'no'),
  instant: fc.oneof(
    anyDay.map((day) => `${day}T00:00:00.000000Z`),
    clock.map((time) => `2024-01-01T${time}Z`),
  ),
  day: anyDay,
  json: fc.oneof(
    fc.jsonValue(),
    anyText,
    anyNumber,
    anyText.map((key) => ({ [key]: 1 })),
    anyText.map((text) => [{ a: [text] }]),
    fc.constantFrom(100, 199, 200, 201, 5_000, 200_000).map(deep),
  ),
  bytes: fc.constantFrom('0', '0G', '\\x00'),
  ids: fc.array(fc.oneof(anyId, goodId), { maxLength: 3 }),
  texts: fc.array(anyText, { maxLength: 3 }),
};

function valueOf(kind: FieldKind, values: typeof good): fc.Arbitrary<unknown> {
  const value = values[plainKind(kind)];
  return kind.endsWith('?') ? fc.option(value) : value;
}

const goodRow = (part: DumpPart): fc.Arbitrary<DumpRow> =>
  fc.record(
    Object.fromEntries(
      Object.entries(part.fields).map(([column, kind]) => [fieldName(column), valueOf(kind, good)]),
    ),
  );

/** A good row with one field of any kind of content. */
const anyRow = (part: DumpPart): fc.Arbitrary<DumpRow> =>
  fc
    .tuple(goodRow(part), fc.constantFrom(...Object.entries(part.fields)))
    .chain(([row, [column, kind]]) =>
      valueOf(kind, odd).map((value) => ({ ...row, [fieldName(column)]: value })),
    );

/** A table with the columns of a part and without its constraints. */
async function aTableLike(held: Db, part: DumpPart, name: string): Promise<DumpPart> {
  await held.transaction().execute(async (trx) => {
    await createChosen(trx, ['unit', 'resource', 'asset', 'account']);
    const columns = Object.keys(part.fields).map((column) => sql.ref(column));
    await sql`create temporary table ${sql.table(name)} as
      select ${sql.join(columns)} from ${part.from} limit 0`.execute(trx);
  });
  return { ...part, into: sql.table(name) };
}

describe('a row of a package', () => {
  it.each(packageParts.map((part, at) => [part.name, part, at] as const))(
    'of %s that the check accepts is taken by its columns',
    async (_name, part, at) => {
      await db.connection().execute(async (held) => {
        const like = await aTableLike(held, part, `checked_${String(at)}`);
        await fc.assert(
          fc.asyncProperty(fc.array(goodRow(part), { minLength: 1, maxLength: 5 }), async (rows) => {
            expect(rows.map((row) => wrongField(part, row))).toEqual(rows.map(() => undefined));
            await insertRows(held, like, rows);
          }),
          { numRuns: 5 },
        );
        await fc.assert(
          fc.asyncProperty(anyRow(part), async (row) => {
            if (wrongField(part, row) === undefined) await insertRows(held, like, [row]);
          }),
          { numRuns: 80 },
        );
      });
    },
  );
});
