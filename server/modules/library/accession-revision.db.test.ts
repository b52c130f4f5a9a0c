import { describe, expect, it } from 'vitest';

import { assessAsOpen } from '../../../test/factories/assessment.ts';
import { aUnit } from '../../../test/factories/identity.ts';
import { aDraft, aFactotum, asCommand, aStage } from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { accessionRevision } from './accession-revision.ts';
import { submitHead } from './mark-review.ts';

describe('accession', () => {
  const { db } = aDatabase();
  let now = new Date('2026-11-22T08:00:00Z');
  const stage = aStage(db, () => now);

  const sign = asCommand(async (ctx, input: { id: string; fails?: boolean }) => {
    const { revision } = await submitHead(ctx, input.id, 1);
    await assessAsOpen(ctx.db, revision);
    const outcome = await accessionRevision(ctx, input.id, revision.id);
    if (input.fails) throw new Error('something later in the transaction fails');
    return outcome;
  });

  async function drafts(count: number) {
    const unit = await aUnit(db);
    const actor = await aFactotum(db, [unit]);
    const ids: string[] = [];
    for (let at = 0; at < count; at += 1) ids.push(await aDraft(stage, actor, { unitId: unit.id }));
    return { unit, actor, ids };
  }

  const serialsOf = async (unitId: string) => {
    const rows = await db
      .selectFrom('library.index_number')
      .select(['serial', 'year'])
      .where('unit_id', '=', unitId)
      .orderBy('year')
      .orderBy('serial')
      .execute();
    return rows.map((row) => `${String(row.year)}-${String(row.serial)}`);
  };

  it('twenty at once get twenty numbers without a gap or a double', async () => {
    const { unit, actor, ids } = await drafts(20);
    await Promise.all(ids.map((id) => stage.perform(actor, sign, { id })));
    expect(await serialsOf(unit.id)).toEqual(ids.map((_, at) => `2026-${String(at + 1)}`));
  });

  it('a transaction that fails gives its number back', async () => {
    const { unit, actor, ids } = await drafts(10);
    await Promise.allSettled(ids.map((id, at) => stage.perform(actor, sign, { id, fails: at % 2 === 0 })));
    expect(await serialsOf(unit.id)).toEqual(['2026-1', '2026-2', '2026-3', '2026-4', '2026-5']);
  });

  it('the year is that of China: it changes at 16:00 of the world clock', async () => {
    const { unit, actor, ids } = await drafts(3);
    const hours = ['2026-12-31T15:59:59Z', '2026-12-31T16:00:00Z', '2027-01-01T01:00:00Z'];
    for (const [at, hour] of hours.entries()) {
      now = new Date(hour);
      await stage.perform(actor, sign, { id: ids[at] ?? '0' });
    }
    now = new Date('2026-11-22T08:00:00Z');
    expect(await serialsOf(unit.id)).toEqual(['2026-1', '2027-1', '2027-2']);
  });

  it('numbers are written as their unit wants them, and count on when it wants them otherwise', async () => {
    const { unit, actor, ids } = await drafts(3);
    const write = (template: string) =>
      db
        .updateTable('identity.unit')
        .set({ index_number_template: template, keeps_code9: template.startsWith('{code9}') })
        .where('id', '=', unit.id)
        .execute();
    const numbers: (string | null)[] = [];
    for (const [at, template] of [
      '{code}/{year}-{serial5}',
      '{code}-{year}-{serial6}',
      '{code9}/{year}-{serial5}',
    ].entries()) {
      await write(template);
      await stage.perform(actor, sign, { id: ids[at] ?? '0' });
      const { index_number: number } = await db
        .selectFrom('library.resource')
        .select('index_number')
        .where('id', '=', ids[at] ?? '0')
        .executeTakeFirstOrThrow();
      numbers.push(number);
    }
    const code = unit.organisationCode;
    expect(numbers).toEqual([`${code}/2026-00001`, `${code}-2026-000002`, `${code}/2026-00003`]);
  });

  it('only what is in review is signed, and only with a revision of its own', async () => {
    const { actor, ids } = await drafts(2);
    const [one = '0', other = '0'] = ids;
    const foreign = asCommand(async (ctx, input: { id: string; of: string }) => {
      const { revision } = await submitHead(ctx, input.of, 1);
      await submitHead(ctx, input.id, 1);
      return accessionRevision(ctx, input.id, revision.id);
    });
    await expect(stage.perform(actor, foreign, { id: one, of: other })).rejects.toThrow(
      'is not one of resource',
    );
    await stage.perform(actor, sign, { id: one });
    const again = asCommand((ctx, id: string) => accessionRevision(ctx, id, '1'));
    await expect(stage.perform(actor, again, one)).rejects.toMatchObject({ code: 'library.stage-forbids' });
  });

  it('what must first be completed cannot be submitted', async () => {
    const unit = await aUnit(db);
    const actor = await aFactotum(db, [unit]);
    const id = await aDraft(stage, actor, { unitId: unit.id, content: { source: '' } });
    await expect(stage.perform(actor, sign, { id })).rejects.toMatchObject({
      code: 'library.content-incomplete',
      details: { problems: [{ field: 'source' }] },
    });
  });
});
