import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import { askedDuring } from '../../../test/asked.ts';
import { aDatabase } from '../../../test/harness.ts';
import { excerptsFromIndex } from './cut-excerpt.ts';
import { createRowFinder, putTexts, type Question, questionOf, type RowText, takeTurn } from './index.ts';

const { db } = aDatabase();
const version = '1';

async function put(...texts: readonly Omit<RowText, 'version'>[]): Promise<void> {
  await db.transaction().execute(async (on) => {
    expect(await takeTurn(on)).toBe(true);
    await putTexts(
      on,
      texts.map((one) => ({ ...one, version })),
    );
  });
}

function asked(typed: string): Question {
  const question = questionOf(typed);
  if (!question) throw new Error('nothing to look up');
  return question;
}

describe('a finder of rows', () => {
  const finder = createRowFinder();
  const find = async (typed: string): Promise<readonly string[]> => {
    const { among } = await finder.find(db, asked(typed));
    const { rows } = await sql<{ id: string }>`
      select id from (select id, version from fulltext.entry) as row
      where ${among('row.id', 'row.version')} order by id`.execute(db);
    return rows.map((row) => row.id);
  };
  const postingsRead = async (typed: string): Promise<number> => {
    const statements = await askedDuring(() => find(typed));
    return statements.filter(({ text }) => text.includes('"fulltext"."posting"')).length;
  };

  it('reads the postings of a question once for a list, its facets and its pages', async () => {
    await put({ id: '1', text: '防汛抗旱' }, { id: '2', text: '防汛物资' });
    expect(await postingsRead('防汛')).toBe(1);
    expect(await postingsRead('防汛')).toBe(0);
    expect(await postingsRead(' 防汛 ')).toBe(0);
    expect(await postingsRead('抗旱')).toBe(1);
  });

  it('finds at once what came into the index or left it', async () => {
    expect(await find('防汛')).toEqual(['1', '2']);
    await put({ id: '3', text: '防汛值班' }, { id: '1', text: '抗旱' });
    expect(await find('防汛')).toEqual(['2', '3']);
  });

  it('remembers a few questions and no more', async () => {
    for (let at = 0; at < 20; at += 1) await find(`第${String(at)}`);
    expect(await postingsRead('防汛')).toBe(1);
    expect(await postingsRead('第19')).toBe(0);
  });

  it('asks again when the request that asked first was broken off', async () => {
    const on = await db.startTransaction().execute();
    await sql`alter table fulltext.posting rename to away`.execute(on);
    const first = finder.find(on, asked('值班'));
    const second = find('值班');
    await expect(first).rejects.toThrow(/does not exist/);
    await on.rollback().execute();
    expect(await second).toEqual(['3']);
  });
});

describe('an excerpt of a long text', () => {
  const filler = '前文。'.repeat(60_000);

  it('is cut out by the database around the first of the words, and never out of the title', async () => {
    await put({ id: '9', text: `流浪犬收容的通告\n${filler}对流浪犬统一收容。${filler}` });
    const rows = [{ id: '9', version }];
    const excerpts = await excerptsFromIndex(db, rows, asked('流浪犬'));
    const excerpt = excerpts.get('9') ?? [];
    expect(excerpt).toContainEqual({ text: '流浪犬', hit: true });
    expect(excerpt.map(({ text }) => text).join('')).toMatch(/对流浪犬统一收容/);
    expect(excerpt.map(({ text }) => text).join('').length).toBeLessThan(130);
    // Words of the title alone: the text is shown from its beginning.
    const ofTitle = (await excerptsFromIndex(db, rows, asked('通告'))).get('9') ?? [];
    expect(ofTitle.map(({ text }) => text).join('')).toMatch(/^前文。/);
  });

  it('is no business of the index while the text is short, or of another version', async () => {
    await put({ id: '8', text: '标题\n流浪犬' });
    expect(await excerptsFromIndex(db, [{ id: '8', version }], asked('流浪犬'))).toEqual(new Map());
    expect(await excerptsFromIndex(db, [{ id: '9', version: '2' }], asked('流浪犬'))).toEqual(new Map());
  });
});
