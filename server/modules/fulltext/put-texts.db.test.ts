import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import { aDatabase } from '../../../test/harness.ts';
import { findRows } from './find-rows.ts';
import { putTexts, questionOf, type RowText, takeTurn } from './index.ts';
import { foldWriting } from './understand-question.ts';

const { db } = aDatabase();

async function put(...texts: readonly RowText[]): Promise<void> {
  await db.transaction().execute(async (on) => {
    expect(await takeTurn(on)).toBe(true);
    await putTexts(on, texts);
  });
}

/** Ids of rows that are found, of rows that are all of the version `1`; by each of both ways of asking. */
async function found(typed: string, version = '1'): Promise<readonly string[]> {
  const question = questionOf(typed);
  if (!question) throw new Error('nothing to look up');
  const ways = [];
  for (const mostSingly of [undefined, 0]) {
    const { among } = await findRows(db, question, mostSingly);
    const { rows } = await sql<{ id: string }>`
      select id from (select id, ${version}::bigint as version from fulltext.entry
        union select 9999999, ${version}::bigint) as row
      where ${among('row.id', 'row.version')} order by id`.execute(db);
    ways.push(rows.map((row) => row.id));
  }
  expect(ways[0]).toEqual(ways[1]);
  return ways[0] ?? [];
}

const postings = async () =>
  (await sql`select token, block, encode(ids, 'hex') from fulltext.posting order by 1, 2`.execute(db)).rows;

describe('the text index', () => {
  it('finds what the last texts hold, whatever was put in before, and is then as if it were made anew', async () => {
    const text = fc.option(
      fc.array(fc.constantFrom('安全', '生产', '工作', '全', '号', ' GDP ', ' 2026 ', '，'), {
        maxLength: 6,
      }),
      { nil: null },
    );
    // On both sides of where one block ends.
    const id = fc.constantFrom('1', '16383', '16384', '16385', '40000');
    const step = fc.uniqueArray(fc.tuple(id, text), { selector: ([one]) => one, minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        await sql`truncate fulltext.entry, fulltext.posting`.execute(db);
        const now = new Map<string, string | null>();
        for (const some of steps) {
          for (const [one, parts] of some) now.set(one, parts?.join('') ?? null);
          await put(...some.map(([one]) => ({ id: one, version: '1', text: now.get(one) ?? null })));
        }
        for (const typed of ['安全', '全生', '安全生产', '工作 安全', '生产，', '2026', 'gdp 工作']) {
          const holds = (text: string) => typed.split(' ').every((term) => text.includes(foldWriting(term)));
          const texts = [...now].flatMap(([one, text]) =>
            text === null ? [] : [[one, foldWriting(text)] as const],
          );
          const ids = texts.filter(([, text]) => holds(text)).map(([one]) => one);
          expect(await found(typed), typed).toEqual(ids.sort((one, other) => Number(one) - Number(other)));
        }
        const grown = await postings();
        await sql`truncate fulltext.entry, fulltext.posting`.execute(db);
        await put(...[...now].map(([one, parts]) => ({ id: one, version: '1', text: parts })));
        expect(await postings()).toEqual(grown);
      }),
      { numRuns: 20 },
    );
  });

  it('finds no text of another version than the one that the row has now', async () => {
    await put({ id: '7', version: '1', text: '涉密的旧稿' });
    expect(await found('旧稿')).toContain('7');
    expect(await found('旧稿', '2')).toEqual([]);
  });

  it('leaves nothing of a text that is taken out', async () => {
    await put({ id: '8', version: '1', text: '独一无二之词' });
    await put({ id: '8', version: '1', text: null });
    const { rows } = await sql`select from fulltext.posting where token = '独一'
      union all select from fulltext.entry where folded like '%独一%'`.execute(db);
    expect(rows).toEqual([]);
  });

  it('is written by one at a time', async () => {
    await db.transaction().execute(async (on) => {
      expect(await takeTurn(on)).toBe(true);
      await db.transaction().execute(async (other) => {
        expect(await takeTurn(other)).toBe(false);
      });
    });
  });
});
