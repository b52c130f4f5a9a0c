import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import type { ResourceContent } from '../../../contracts/library.ts';
import { anAccount, aUnit } from '../../../test/factories/identity.ts';
import { aBody, aDraft, aStage, publish, someContent } from '../../../test/factories/sites.ts';
import { aDistrict, aColumn } from '../../../test/factories/sites.ts';
import { aTerm } from '../../../test/factories/terms.ts';
import { aDatabase } from '../../../test/harness.ts';
import { digestOf } from '../../platform/digest.ts';
import { endTerm } from '../vocabulary/index.ts';
import { createResource } from './create-resource.ts';
import { discardResource, restoreResource } from './discard-resource.ts';
import { saveDraft } from './save-draft.ts';

describe('saving', () => {
  const { db } = aDatabase();
  const stage = aStage(db);

  const revisionsOf = (resourceId: string) =>
    db
      .selectFrom('library.revision')
      .select(['id', 'number', 'digest', sql<ResourceContent>`content`.as('content')])
      .where('resource_id', '=', resourceId)
      .orderBy('number')
      .execute();

  async function aBeginning() {
    const unit = await aUnit(db);
    const [one, other] = [
      await anAccount(db, { unit, roles: ['editor'] }),
      await anAccount(db, { unit, roles: ['editor'] }),
    ];
    const created = await stage.perform(one.actor, createResource, {
      unitId: unit.id,
      type: 'article',
      content: someContent({ title: '第一稿' }),
    });
    return { unit, one, other, created };
  }

  it('a draft begins with version 1 and its first revision', async () => {
    const { created, one } = await aBeginning();
    expect(created).toMatchObject({
      version: 1,
      stage: 'draft',
      createdBy: one.id,
      head: { number: 1, origin: 'saved' },
    });
    expect(created.actions).toContain('edit');
    expect(created.head.digest).toBe(digestOf(created.head.content).toString('hex'));
  });

  it('each save adds a revision and counts the version up; the digest is that of what is stored', async () => {
    const { created, one } = await aBeginning();
    const content = someContent({ title: '第二稿', body: aBody('数字 1.50 与 "引号" 与 \u{20bb7}') });
    const saved = await stage.perform(one.actor, saveDraft, {
      resourceId: created.id,
      expectedVersion: 1,
      content,
    });
    expect(saved).toMatchObject({ version: 2, title: '第二稿', head: { number: 2 } });
    const rows = await revisionsOf(created.id);
    expect(rows.map((row) => row.number)).toEqual([1, 2]);
    for (const row of rows) expect(row.digest.equals(digestOf(row.content))).toBe(true);
  });

  it('unchanged content writes no revision and no version, however its keys are ordered', async () => {
    const { created, one } = await aBeginning();
    const backwards = Object.fromEntries(
      Object.entries(someContent({ title: ' 第一稿 ', subtitle: '' })).reverse(),
    ) as ResourceContent;
    const saved = await stage.perform(one.actor, saveDraft, {
      resourceId: created.id,
      expectedVersion: 1,
      content: backwards,
      origin: 'autosaved',
    });
    expect(saved.version).toBe(1);
    expect(await revisionsOf(created.id)).toHaveLength(1);
  });

  it('of two editors who save at once exactly one wins, and the other is shown what the first wrote', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { created, one, other } = await aBeginning();
      const save = (who: typeof one, title: string) =>
        stage.perform(who.actor, saveDraft, {
          resourceId: created.id,
          expectedVersion: 1,
          content: someContent({ title }),
        });
      const results = await Promise.allSettled([save(one, '甲的稿'), save(other, '乙的稿')]);
      const won = results.filter((one) => one.status === 'fulfilled');
      const lost = results.filter((one) => one.status === 'rejected');
      expect([won.length, lost.length]).toEqual([1, 1]);
      const winner = won[0]?.value.title;
      expect(lost[0]?.reason).toMatchObject({
        kind: 'conflict',
        code: 'library.resource-changed',
        details: { currentVersion: 2, current: { number: 2, content: { title: winner } } },
      });
      expect((await revisionsOf(created.id)).map((row) => row.content.title)).toEqual(['第一稿', winner]);
    }
  });

  it('a version of the future is as stale as one of the past', async () => {
    const { created, one } = await aBeginning();
    const save = stage.perform(one.actor, saveDraft, {
      resourceId: created.id,
      expectedVersion: 9,
      content: someContent({ title: '改' }),
    });
    await expect(save).rejects.toMatchObject({ code: 'library.resource-changed' });
  });

  it('a picture or an attachment of another unit is refused, and nothing is written', async () => {
    const { created, one, unit } = await aBeginning();
    const other = await aUnit(db);
    const anAsset = async (unitId: string) => {
      const row = await db
        .insertInto('library.asset')
        .values({
          unit_id: unitId,
          digest: 'cd'.repeat(32),
          file_name: 'a.png',
          media_type: 'image/png',
          size: 1,
          width: 1,
          height: 1,
          uploaded_at: new Date(),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return row.id;
    };
    const [own, foreign] = [await anAsset(unit.id), await anAsset(other.id)];
    const withAsset = (content: Partial<ResourceContent>) =>
      stage.perform(one.actor, saveDraft, {
        resourceId: created.id,
        expectedVersion: 1,
        content: someContent(content),
      });
    const picture = (assetId: string): NonNullable<ResourceContent['body']> => ({
      type: 'doc',
      content: [{ type: 'image', attrs: { assetId, alt: '图' } }],
    });
    for (const content of [
      { coverAssetId: foreign },
      { attachments: [{ assetId: foreign, name: '附件' }] },
      { body: picture(foreign) },
      { body: picture('999999999') },
    ]) {
      await expect(withAsset(content)).rejects.toMatchObject({ code: 'library.asset-missing' });
    }
    expect(await revisionsOf(created.id)).toHaveLength(1);
    await expect(withAsset({ coverAssetId: own, body: picture(own) })).resolves.toMatchObject({ version: 2 });
    // A reorganization may give a file to another unit than the resource: it goes on naming it, and names no others.
    await db
      .updateTable('library.asset')
      .set({ unit_id: other.id, file_name: 'b.png' })
      .where('id', '=', own)
      .execute();
    const later = (content: Partial<ResourceContent>) =>
      stage.perform(one.actor, saveDraft, {
        resourceId: created.id,
        expectedVersion: 2,
        content: someContent(content),
      });
    await expect(later({ coverAssetId: own, body: picture(foreign) })).rejects.toMatchObject({
      code: 'library.asset-missing',
    });
    await expect(later({ coverAssetId: own })).resolves.toMatchObject({ version: 3 });
  });

  it('a body that is no document of ours is refused', async () => {
    const { created, one } = await aBeginning();
    const body = {
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] },
          ],
        },
      ],
    } as NonNullable<ResourceContent['body']>;
    const save = stage.perform(one.actor, saveDraft, {
      resourceId: created.id,
      expectedVersion: 1,
      content: someContent({ body }),
    });
    await expect(save).rejects.toMatchObject({ kind: 'invalid', code: 'library.content-invalid' });
  });

  it('revisions and index numbers cannot be changed or deleted, not even by the database user of the program', async () => {
    const { created } = await aBeginning();
    for (const statement of [
      sql`update library.revision set content = '{}' where resource_id = ${created.id}`,
      sql`delete from library.revision where resource_id = ${created.id}`,
    ]) {
      await expect(statement.execute(db)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('an older text comes back with an ended term that it had, and nobody chooses one by saying so', async () => {
    const { created, one } = await aBeginning();
    const [had, never] = [await aTerm(db), await aTerm(db)];
    let expectedVersion = 1;
    const save = async (part: Partial<ResourceContent>, origin: 'saved' | 'restored' = 'saved') => {
      const content = someContent({ title: '分类', ...part });
      const given = { resourceId: created.id, expectedVersion, content, origin };
      const saved = await stage.perform(one.actor, saveDraft, given);
      expectedVersion = saved.version;
      return saved.head;
    };
    await save({ topics: [had.reference] });
    for (const { id } of [had, never]) {
      const end = { id, expectedVersion: 1, validUntil: '2026-01-01', replacedBy: null };
      await stage.performAsSystem(endTerm, end);
    }
    await save({ title: `曾属 ${never.reference}` });
    for (const topics of [[never.reference], [had.reference, never.reference]]) {
      await expect(save({ topics }, 'restored')).rejects.toMatchObject({ code: 'library.content-invalid' });
    }
    await expect(save({ topics: [had.reference] })).rejects.toMatchObject({
      code: 'library.content-invalid',
    });
    expect(await save({ topics: [had.reference] }, 'restored')).toMatchObject({
      ...{ origin: 'restored', content: { topics: [had.reference] } },
    });
  });

  it('a draft goes into the bin and comes out again; what was once public never goes there', async () => {
    const { created, one } = await aBeginning();
    const onIt = (expectedVersion: number) => ({ resourceId: created.id, expectedVersion });
    await expect(stage.perform(one.actor, discardResource, onIt(7))).rejects.toMatchObject({
      code: 'library.resource-changed',
    });
    expect(await stage.perform(one.actor, discardResource, onIt(1))).toMatchObject({
      stage: 'discarded',
      actions: ['restore'],
    });
    await expect(stage.perform(one.actor, discardResource, onIt(2))).rejects.toMatchObject({
      code: 'library.stage-forbids',
    });
    expect(await stage.perform(one.actor, restoreResource, onIt(2))).toMatchObject({
      stage: 'draft',
      version: 3,
    });
  });

  it('an index number is given with the first sign-off, kept by an edit, and guarded by the database', async () => {
    const district = await aDistrict(stage);
    const column = await aColumn(stage, { site: district.portal });
    const id = await aDraft(stage, district.actor, { unitId: district.office.id, columnIds: [column.id] });
    await publish(stage, district.actor, id);
    const numberOf = () =>
      db
        .selectFrom('library.resource')
        .select(['index_number', 'version'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
    const { index_number: first, version } = await numberOf();
    expect(first).toMatch(new RegExp(`^${district.office.organisationCode}/\\d{4}-00001$`));
    await stage.perform(district.actor, saveDraft, {
      resourceId: id,
      expectedVersion: version,
      content: someContent({ title: '改过' }),
    });
    await publish(stage, district.actor, id);
    expect((await numberOf()).index_number).toBe(first);
    for (const statement of [
      sql`update library.index_number set serial = 9 where index_number = ${first}`,
      sql`delete from library.index_number where index_number = ${first}`,
    ]) {
      await expect(statement.execute(db)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('the answer notes what is worth another look by the day in China, and refuses nothing for it', async () => {
    const { one, unit } = await aBeginning();
    const at = (instant: string) => aStage(db, () => new Date(instant));
    const created = await at('2026-11-26T15:59:00Z').perform(one.actor, createResource, {
      unitId: unit.id,
      type: 'policy',
      content: someContent({ documentNumber: '浔府发[2026]第012号', writtenOn: '2026-11-27' }),
    });
    const [ofNumber, ofDay, ...others] = created.notes;
    expect(ofNumber).toMatchObject({ field: 'documentNumber', suggestion: '浔府发〔2026〕12号' });
    expect(ofDay).toMatchObject({ field: 'writtenOn' });
    expect(others).toEqual([]);
    const saved = await at('2026-11-26T16:00:00Z').perform(one.actor, saveDraft, {
      resourceId: created.id,
      expectedVersion: 1,
      content: created.head.content,
    });
    expect(saved.notes).toEqual([ofNumber]);
  });
});
