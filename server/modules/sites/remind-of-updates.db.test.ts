import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import type { Task } from '../../../contracts/review.ts';
import { anAccount, type TestAccount } from '../../../test/factories/identity.ts';
import { aColumn, aDistrict, aPublished, aStage } from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { changeCatalogue, changeColumn, columnTasks, remindOfUpdates } from './index.ts';

const day = 86_400_000;

describe('reminders of columns that wait for an update', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const start = Date.now();
  const at = (days: number): Date => new Date(start + days * day);

  it('are given once for each time, and reach the principal when it lasts', async () => {
    const { portal, office, actor } = await aDistrict(stage);
    const news = await aColumn(stage, { site: portal, kind: 'news', updateDays: 14 });
    const rare = await aColumn(stage, { site: portal, kind: 'leader' });
    const put = (columnId: string) => aPublished(stage, actor, { unitId: office.id, columnIds: [columnId] });
    await put(news.id);
    await put(rare.id);
    const [editor, principal, other] = await Promise.all([
      anAccount(db, { unit: office, roles: ['editor'] }),
      anAccount(db, { unit: office, roles: ['principal'] }),
      anAccount(db, { roles: ['editor'] }),
    ]);
    const rule = { kind: 'event', words: '人事变动后及时更新' } as const;
    const entries = [{ columnId: rare.id, expectedVersion: 1 }];
    await stage.perform(actor, changeCatalogue, { siteId: portal.id, entries, change: { rule } });
    const tasks = async (who: TestAccount, days: number): Promise<Task['kind'][]> =>
      (await columnTasks({ db, actor: who.actor, now: at(days) })).map(({ kind }) => kind);
    const given = (days: number) => remindOfUpdates(db, at(days));

    expect([await given(9), await tasks(editor, 9)]).toEqual([0, []]);
    expect([await given(11), await given(12), await tasks(editor, 12)]).toEqual([1, 0, ['soon-column']]);
    expect([await given(15), await given(16), await tasks(editor, 16)]).toEqual([1, 0, ['overdue-column']]);
    expect(await tasks(principal, 16)).toEqual([]);
    expect([await given(17.1), await given(17.2), await tasks(principal, 18)]).toEqual([
      1,
      0,
      ['overdue-column'],
    ]);
    expect([await tasks(other, 18), await tasks(editor, 18)]).toEqual([[], ['overdue-column']]);

    // Two workers at once remind once.
    await put(news.id);
    await sql`update sites.listing set listed_at = ${at(20)} where sequence = 2 and column_id = ${news.id}`.execute(
      db,
    );
    expect([await tasks(editor, 21), await tasks(principal, 21)]).toEqual([[], []]);
    const both = await Promise.all([given(31), given(31)]);
    expect(both.reduce((sum, one) => sum + one)).toBe(1);
  });

  it('reach whoever the catalogue names, also from another unit than the one that fills the column', async () => {
    const [site] = await db
      .selectFrom('sites.site')
      .select(['id', 'unit_id'])
      .where('is_portal', '=', true)
      .execute();
    if (!site) throw new Error('the portal was made before');
    const chief = await anAccount(db, { unit: { id: site.unit_id }, roles: ['principal'] });
    const column = await db
      .selectFrom('sites.column')
      .select('id')
      .where('kind', '=', 'news')
      .executeTakeFirstOrThrow();
    const before = await columnTasks({ db, actor: chief.actor, now: at(36) });
    await db
      .updateTable('sites.responsibility_entry')
      .set({ responsible_id: chief.id })
      .where('column_id', '=', column.id)
      .execute();
    const after = await columnTasks({ db, actor: chief.actor, now: at(36) });
    expect([before.length, after.map(({ columnId }) => columnId)]).toEqual([0, [column.id]]);
  });
});

describe('a column without entries', () => {
  const { db } = aDatabase();
  const stage = aStage(db);

  it('is put into the navigation or on the home page only when it hides, or has something to show', async () => {
    const { portal, office, actor } = await aDistrict(stage);
    const channel = await aColumn(stage, { site: portal, kind: 'channel' });
    const news = await aColumn(stage, { site: portal, parent: channel });
    const put = async (columnId: string, part: object) => {
      const { version } = await db
        .selectFrom('sites.column')
        .select('version')
        .where('id', '=', columnId)
        .executeTakeFirstOrThrow();
      return stage.perform(actor, changeColumn, { columnId, expectedVersion: version, ...part });
    };
    const refused = { code: 'sites.column-empty' };
    await expect(put(news.id, { inNavigation: true })).rejects.toMatchObject(refused);
    await expect(put(channel.id, { homePosition: 1 })).rejects.toMatchObject(refused);
    await put(news.id, { inNavigation: true, hiddenWhenEmpty: true });
    await expect(put(news.id, { hiddenWhenEmpty: false })).rejects.toMatchObject(refused);
    await put(news.id, { name: '改名不问' });
    await aPublished(stage, actor, { unitId: office.id, columnIds: [news.id] });
    await put(news.id, { hiddenWhenEmpty: false });
    await put(channel.id, { homePosition: 1, inNavigation: true });
  });
});
