import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { ResourceContent } from '../../../contracts/library.ts';
import type { Term } from '../../../contracts/vocabulary.ts';
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
import { aTerm } from '../../../test/factories/terms.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createLog } from '../../platform/log.ts';
import { changeTerm, endTerm } from '../vocabulary/index.ts';
import { runDue } from './run-due.ts';
import { articleSearchable } from './searchables.ts';

describe('what is classified by terms', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const pages = inMemory(db);
  const runner = { ...stage, log: createLog({ level: 'silent', pretty: false }) };
  let district: TestDistrict;
  let columnId: string;

  beforeAll(async () => {
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal })).id;
  });

  const published = (content: Partial<ResourceContent>) =>
    aPublished(stage, district.actor, { unitId: district.office.id, columnIds: [columnId], content });
  const pageOf = async (id: string): Promise<string> => {
    await pages.follow();
    expect(await differencesFromScratch(db, pages)).toEqual([]);
    const page = await db
      .selectFrom('publishing.page')
      .select(['path', 'site'])
      .where('key', '=', `article/${id}`)
      .executeTakeFirstOrThrow();
    return pages.shown.get(`${page.site}${page.path}`) ?? '';
  };
  const foundBy = async (id: string) => {
    const [document] = await articleSearchable(testBase).load(db, [`article/${id}`]);
    return document ?? { body: '', facts: [] };
  };
  const change = (term: Term, part: Partial<Term>) => {
    const { id, version, label, synonyms, parent, validFrom } = { ...term, ...part };
    return stage.perform(district.actor, changeTerm, {
      id,
      expectedVersion: version,
      label,
      synonyms,
      parent,
      validFrom,
    });
  };
  /** Until nothing waits, as the worker does. */
  const spread = async () => {
    while ((await runDue(runner)) > 0);
  };
  const revisionsOf = async (id: string) => {
    const { rows } = await sql`select from library.revision where resource_id = ${id}`.execute(db);
    return rows.length;
  };

  it('says on its page, and to filters, what regions it is about', async () => {
    const town = await aTerm(db, { vocabulary: 'region', label: '城南片区' });
    const id = await published({ regions: [town.reference] });
    expect(await pageOf(id)).toContain('<li>涉及区域：城南片区</li>');
    expect((await foundBy(id)).facts).toContain('region:城南片区');
  });

  it('says another name of a term on its page and in search without a new revision', async () => {
    const term = await aTerm(db, { label: '扶贫开发', synonyms: ['脱贫攻坚'] });
    const id = await published({ topics: [term.reference] });
    expect(await pageOf(id)).toContain('扶贫开发');
    expect((await foundBy(id)).body).toContain('脱贫攻坚');
    await change(term, { label: '帮扶振兴', synonyms: ['扶贫开发', '共同富裕'] });
    await spread();
    const html = await pageOf(id);
    expect(html).toContain('帮扶振兴');
    expect(html).not.toContain('扶贫开发');
    const { body, facts } = await foundBy(id);
    expect(body).toContain('共同富裕');
    expect(facts).toContain('topic:帮扶振兴');
    expect(await revisionsOf(id)).toBe(1);
  });

  it('is found under broader terms, and under what took the place of its own', async () => {
    const [broad, old, fresh] = [await aTerm(db), await aTerm(db), await aTerm(db)];
    const narrow = await aTerm(db, { parent: old.code });
    const id = await published({ topics: [narrow.reference] });
    await change(old, { parent: broad.code });
    await stage.perform(district.actor, endTerm, {
      id: old.id,
      expectedVersion: 2,
      validUntil: '2026-01-01',
      replacedBy: fresh.code,
    });
    const { facts } = await foundBy(id);
    const labels = [narrow, old, broad, fresh].map(({ label }) => `topic:${label}`);
    expect(facts).toEqual(expect.arrayContaining(labels));
    // Shown as it was signed: the new term is a way to find it, not a statement of whoever wrote it.
    expect(await pageOf(id)).not.toContain(`<td>${fresh.label}`);
  });

  it('keeps a term that has ended meanwhile, and nothing new is given it', async () => {
    const term = await aTerm(db);
    const id = await published({ topics: [term.reference] });
    await stage.perform(district.actor, endTerm, {
      id: term.id,
      expectedVersion: 1,
      validUntil: '2026-01-01',
      replacedBy: null,
    });
    const other = await published({});
    const topics = [term.reference];
    await expect(
      edit(stage, district.actor, other, someContent({ topics }, 'article')),
    ).rejects.toMatchObject({ code: 'library.content-invalid' });
    await edit(stage, district.actor, id, someContent({ topics, title: '改了标题' }, 'article'));
    await publish(stage, district.actor, id);
    expect(await pageOf(id)).toContain(term.label);
  });

  it.each([
    ['of another vocabulary', 'genre:01'],
    ['that there is not', 'topic:none'],
  ])('cannot have a term %s', async (_what, reference) => {
    await expect(published({ topics: [reference] })).rejects.toMatchObject({
      code: 'library.content-invalid',
    });
  });

  it('has no issuer but a term of its vocabulary or a name as it was written', async () => {
    const policy = (issuer: string) =>
      aPublished(stage, district.actor, {
        unitId: district.office.id,
        type: 'policy',
        columnIds: [columnId],
        content: { issuer },
      });
    const term = await aTerm(db, { vocabulary: 'issuer', label: '演示区人民政府' });
    expect(await pageOf(await policy(term.reference))).toContain('<dd>演示区人民政府</dd>');
    expect(await pageOf(await policy('演示区革命委员会'))).toContain('<dd>演示区革命委员会</dd>');
    await expect(policy('issuer:none')).rejects.toMatchObject({ code: 'library.content-invalid' });
  });

  it('tells other systems when a term it names is called otherwise, and of nothing else that changes', async () => {
    const broad = await aTerm(db);
    const narrow = await aTerm(db, { parent: broad.code });
    const id = await published({ topics: [narrow.reference] });
    const timesTold = async () => {
      await spread();
      const { rows } = await sql`
        select from library.change where resource_id = ${id} and kind = 'relabelled'`.execute(db);
      return rows.length;
    };
    await change(broad, { label: '上位词新名' });
    expect(await timesTold()).toBe(0);
    const changed = await change(narrow, { synonyms: ['又一个说法'], parent: broad.code });
    expect(await timesTold()).toBe(0);
    await change(changed, { label: '下位词新名' });
    expect(await timesTold()).toBe(1);
  });

  it('is told of in batches, each of which the next one follows after a kill', async () => {
    const term = await aTerm(db);
    const ids = [
      await published({ topics: [term.reference] }),
      await published({ topics: [term.reference] }),
    ];
    await change(term, { label: '新名字' });
    await sql`update vocabulary.spreading set after_resource_id = ${ids[0]} where term_id = ${term.id}`.execute(
      db,
    );
    await spread();
    const { rows } = await sql<{ tags: string[] }>`
      select tags from platform.event where name = 'library.resources-relabelled' order by id desc limit 1`.execute(
      db,
    );
    expect(rows[0]?.tags).toEqual([`resource:${ids[1] ?? ''}`]);
    expect((await sql`select from vocabulary.spreading`.execute(db)).rows).toHaveLength(0);
  });
});
