import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { NewRuling } from '../../../contracts/library.ts';
import type { Actor } from '../../../contracts/actor.ts';
import {
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  edit,
  publish,
  someContent,
  type TestDistrict,
  testBase,
} from '../../../test/factories/sites.ts';
import { differencesFromScratch, inMemory } from '../../../test/factories/sites-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createLog } from '../../platform/log.ts';
import { cancelRuling, getResource, openResources } from '../library/index.ts';
import { ruleShownValidity } from './rule-shown-validity.ts';
import { runDue } from './run-due.ts';
import { articleSearchable } from './searchables.ts';

describe('the validity of a document', () => {
  const { db } = aDatabase();
  let now = new Date('2026-11-27T02:00:00Z');
  const stage = aStage(db, () => now);
  const pages = inMemory(db);
  const runner = { ...stage, log: createLog({ level: 'silent', pretty: false }) };
  let district: TestDistrict;
  let column: Awaited<ReturnType<typeof aColumn>>;
  let basisId: string;

  const published = (part: Parameters<typeof aPublished>[2]['content'], type = 'policy') =>
    aPublished(stage, district.actor, {
      unitId: district.office.id,
      type: type as 'policy',
      columnIds: [column.id],
      content: part ?? {},
    });

  beforeAll(async () => {
    district = await aDistrict(stage);
    column = await aColumn(stage, { site: district.portal, kind: 'policy', homePosition: 1 });
    basisId = await published({ title: '关于废止部分文件的决定' });
  });

  const versionOf = async (id: string): Promise<number> =>
    (await getResource({ db, actor: district.actor }, id)).version;
  const rule = async (id: string, part: Partial<NewRuling> = {}, actor: Actor = district.actor) =>
    stage.perform(actor, ruleShownValidity, {
      resourceId: id,
      expectedVersion: await versionOf(id),
      validity: '废止',
      effectiveOn: '2026-11-01',
      basis: '',
      basisResourceId: basisId,
      replacedById: null,
      ...part,
    });
  const shown = async (key: string): Promise<string> => {
    await pages.follow();
    expect(await differencesFromScratch(db, pages)).toEqual([]);
    const page = await db
      .selectFrom('publishing.page')
      .select(['path', 'site'])
      .where('key', '=', key)
      .executeTakeFirstOrThrow();
    return pages.shown.get(`${page.site}${page.path}`) ?? '';
  };
  const pageOf = (id: string) => shown(`article/${id}`);
  const everything = { unitIds: null, types: null, also: () => sql<boolean>`true` };
  const openOf = async (id: string, validity?: string) => {
    const filter = { ids: [id], validity };
    const page = { sort: 'published', order: 'desc', limit: 5 } as const;
    return (await openResources(db, everything, filter, page))[0];
  };
  const feedOf = async (id: string) =>
    (await sql`select from library.change where resource_id = ${id}`.execute(db)).rows.length;

  it('changes at every place that shows the document, and its text stays as it was signed', async () => {
    const id = await published({ title: '被废止的办法' });
    const interpretation = await published(
      { title: '办法的解读', interprets: [id], form: '文字解读' },
      'interpretation',
    );
    expect(await pageOf(interpretation)).not.toContain('已废止');
    const told = await feedOf(id);
    await rule(id);

    const page = await pageOf(id);
    expect(page).toContain('本文件已经废止');
    expect(page).toMatch(/废止日期：<time datetime="2026-11-01">/);
    expect(page).toMatch(/有效性变更记录[\s\S]*2026-11-01[\s\S]*已废止[\s\S]*《关于废止部分文件的决定》/);
    expect(await shown(`column/${column.id}`)).toMatch(/被废止的办法[\s\S]{0,200}已废止/);
    expect(await shown(`home/${district.portal.id}`)).toMatch(/被废止的办法[\s\S]{0,200}已废止/);
    expect(await pageOf(interpretation)).toMatch(/被废止的办法<\/a><span class="tag tag-abolished">已废止/);
    const [document] = await articleSearchable(testBase).load(db, [`article/${id}`]);
    expect(document?.facts).toContain('validity:废止');
    expect((await openOf(id))?.content).toMatchObject({ validity: '废止', validityChangedOn: '2026-11-01' });
    expect(await openOf(id, '有效')).toBeUndefined();
    expect(await openOf(id, '废止')).toBeDefined();
    expect(await feedOf(id)).toBe(told + 1);
    const row = await sql<{ validity: string; n: string }>`
      select validity, (select count(*) from library.revision where resource_id = ${id}) as n
      from library.resource where id = ${id}`.execute(db);
    expect(row.rows[0]).toEqual({ validity: '废止', n: '1' });
  });

  it('stays as it was ruled when a newer text that says otherwise is published', async () => {
    const id = await published({ title: '改错字的办法', validity: '有效' });
    await rule(id);
    await edit(
      stage,
      district.actor,
      id,
      someContent({ title: '改过错字的办法', validity: '有效' }, 'policy'),
    );
    await publish(stage, district.actor, id);
    const page = await pageOf(id);
    expect(page).toContain('改过错字的办法');
    expect(page).toContain('本文件已经废止');
  });

  it('changes on its day and not before, also when the worker wakes late', async () => {
    const id = await published({ title: '明年失效的办法' });
    await rule(id, {
      validity: '失效',
      effectiveOn: '2027-01-01',
      basis: '有效期届满',
      basisResourceId: null,
    });
    await runDue(runner);
    expect(await pageOf(id)).not.toContain('本文件已经失效');
    await expect(rule(id)).rejects.toMatchObject({ code: 'library.ruling-waiting' });
    // New Year in China.
    now = new Date('2026-12-31T16:00:30Z');
    await runDue(runner);
    const page = await pageOf(id);
    expect(page).toContain('本文件已经失效');
    expect(page).toContain('有效期届满');
    expect(await runDue(runner)).toBe(0);
  });

  it('does not change when what waited was taken back, and both stay in the history', async () => {
    const id = await published({ title: '不废止了' });
    await rule(id, { effectiveOn: '2027-06-01' });
    await stage.perform(district.actor, cancelRuling, {
      resourceId: id,
      expectedVersion: await versionOf(id),
    });
    now = new Date('2027-06-02T00:00:00Z');
    await runDue(runner);
    expect(await pageOf(id)).not.toContain('本文件已经废止');
    await rule(id, { validity: '已修改', basis: '第二次', basisResourceId: null });
    await rule(id, { validity: '有效', basis: '', basisResourceId: null });
    const page = await pageOf(id);
    expect(page).not.toContain('引用前请核对');
    expect(page).toMatch(/有效性变更记录[\s\S]*有效[\s\S]*已修改/);
  });

  it('links to what took the place of the document, and back', async () => {
    const [id, next] = [await published({ title: '旧的' }), await published({ title: '新的规定' })];
    await rule(id, { replacedById: next });
    expect(await pageOf(id)).toMatch(/替代文件[\s\S]*新的规定/);
    expect(await pageOf(next)).toMatch(/本文件替代的文件[\s\S]*旧的/);
  });

  it.each([
    ['without a basis', { basisResourceId: null }, 'library.basis-missing'],
    ['by itself', { basisResourceId: 'self' }, 'library.relation-invalid'],
    ['by what was never published', { basisResourceId: '999999999' }, 'library.relation-invalid'],
  ])('is not ended %s', async (_what, part, code) => {
    const id = await published({});
    const given = part.basisResourceId === 'self' ? { basisResourceId: id } : part;
    await expect(rule(id, given)).rejects.toMatchObject({ code });
  });

  it('is not ruled to lead in a circle, also when its day is yet to come', async () => {
    const older = await published({ title: '前一个办法' });
    const newer = await published({ title: '后一个办法' });
    await rule(older, { replacedById: newer });
    const back = rule(newer, { replacedById: older, effectiveOn: '2027-05-01' });
    await expect(back).rejects.toMatchObject({ code: 'library.relation-loop' });
  });

  it('is ruled by those who answer for what the unit publishes, and of documents only', async () => {
    const id = await published({});
    const editor: Actor = { ...district.actor, roles: ['editor', 'operator'] };
    await expect(rule(id, {}, editor)).rejects.toMatchObject({ code: 'library.ruler-required' });
    const article = await published({ title: '一篇文章' }, 'article');
    await expect(rule(article)).rejects.toMatchObject({ code: 'library.not-a-live-document' });
  });
});
