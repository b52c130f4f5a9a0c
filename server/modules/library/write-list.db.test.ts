import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import { all, aFile } from '../../../test/factories/documents.ts';
import { anAccount, aUnit } from '../../../test/factories/identity.ts';
import { aDatabase } from '../../../test/harness.ts';
import { readAtMost } from '../../platform/documents/zip-archive.ts';
import { sheetRows } from '../../platform/documents/sheet-reader.ts';
import type { ResourceFilter } from './resource-list.queries.ts';
import { writeList } from './write-list.ts';

const { db } = aDatabase();
const now = new Date('2026-11-27T01:00:00Z');
const newest: ResourceFilter = { sort: 'updated', order: 'desc' };

async function someDrafts(unitId: string, titles: readonly string[]): Promise<void> {
  await sql`insert into library.resource (unit_id, type, stage, title, created_at, updated_at)
    select ${unitId}::bigint, 'article', 'draft', title, ${now}, ${now}::timestamptz - place * interval '1 second'
    from unnest(${[...titles]}::text[]) with ordinality as given (title, place)`.execute(db);
}

async function listFor(unit: { readonly id: string }) {
  const { actor } = await anAccount(db, { unit, roles: ['editor'] });
  const file = await writeList({ db, actor, now }, { type: undefined, filter: newest });
  const bytes = await readAtMost(file.content as AsyncIterable<Buffer>, 50_000_000);
  return { file, rows: await all(sheetRows(aFile('list.xlsx', bytes))) };
}

describe('the list as a table', () => {
  it('has the unit’s own resources in the order of the list, over several pages, and no others', async () => {
    const [own, other] = [await aUnit(db), await aUnit(db)];
    const titles = Array.from({ length: 1_201 }, (_, at) => `通知${String(at)}`);
    await someDrafts(own.id, titles);
    await someDrafts(other.id, ['别的单位']);
    const { file, rows } = await listFor(own);
    expect(file.fileName).toBe('信息资源2026-11-27.xlsx');
    expect(rows[0]?.cells.slice(0, 3)).toEqual(['编号', '标题', '状态']);
    expect(rows.slice(1).map(({ cells }) => cells[1])).toEqual(titles);
  });

  it('writes instants as dates, and a title that looks like a formula as text', async () => {
    const unit = await aUnit(db);
    await someDrafts(unit.id, ['=HYPERLINK("http://x")']);
    const { rows } = await listFor(unit);
    const [, row] = rows;
    expect(row?.cells[1]).toBe('=HYPERLINK("http://x")');
    // The reader gives a day for a number in a date's format only.
    expect(row?.cells.at(-1)).toBe('2026-11-27');
  });
});
