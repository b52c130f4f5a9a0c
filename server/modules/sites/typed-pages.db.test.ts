import { beforeAll, describe, expect, it } from 'vitest';

import { fieldValue, isOwnField } from '../../../contracts/field-values.ts';
import { emptyDocument } from '../../../contracts/rich-text.ts';
import type { ResourceType, ResourceTypeKey } from '../../../contracts/library.ts';
import {
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  edit,
  place,
  publish,
  someContent,
  testBase,
  type TestDistrict,
} from '../../../test/factories/sites.ts';
import { buildFromScratch, differencesFromScratch, inMemory } from '../../../test/factories/sites-pages.ts';
import { aTerm } from '../../../test/factories/terms.ts';
import { aDefinition, aField, anExtension, filledFor, type Namable } from '../../../test/factories/types.ts';
import { aDatabase } from '../../../test/harness.ts';
import { systemActor } from '../../platform/context.ts';
import { changeType, createResource, createType, labelContents, resourceTypeList } from '../library/index.ts';
import { articleSearchable } from './searchables.ts';

/** Topics and home pages stand in places of their own; their tests are topic.db.test.ts and home-page.db.test.ts. */
const placed = resourceTypeList.filter(({ key }) => key !== 'topic' && key !== 'home');
const operator = { ...systemActor('test'), roles: ['operator' as const] };

describe('the page of each built-in type', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  let district: TestDistrict;
  let columnId: string;
  let named: Namable;

  const anAsset = async (mediaType: string, digest: string) =>
    db
      .insertInto('library.asset')
      .values({
        unit_id: district.office.id,
        digest: digest.repeat(32),
        file_name: mediaType === 'video/mp4' ? '影片.mp4' : '图.png',
        media_type: mediaType,
        size: 2048,
        width: mediaType === 'image/png' ? 400 : null,
        height: mediaType === 'image/png' ? 300 : null,
        uploaded_at: new Date(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();

  beforeAll(async () => {
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal })).id;
    const [picture, film] = [await anAsset('image/png', 'ab'), await anAsset('video/mp4', 'cd')];
    await aTerm(db, { vocabulary: 'region', code: '01', label: '演示街道' });
    const policy = { unitId: district.office.id, type: 'policy', columnIds: [columnId] } as const;
    const policyId = await aPublished(stage, district.actor, policy);
    const olderPolicyId = await aPublished(stage, district.actor, policy);
    named = { assetId: picture.id, filmId: film.id, policyId, olderPolicyId };
  });

  const publishFilled = async (type: ResourceType, title: string): Promise<string> => {
    const content = filledFor(type, named, title);
    const unitId = district.office.id;
    const { id } = await stage.perform(district.actor, createResource, { unitId, type: type.key, content });
    await place(stage, district.actor, id, [columnId]);
    await publish(stage, district.actor, id);
    return id;
  };
  const pageOf = async (id: string): Promise<string> => {
    const { shown } = await buildFromScratch(db);
    const page = [...shown].find(([address]) => address.endsWith(`_${id}.html`));
    return page?.[1] ?? '';
  };
  const foundOf = async (id: string) => {
    const [found] = await articleSearchable(testBase).load(db, [`article/${id}`]);
    return found?.body ?? '';
  };

  it.each(placed.map((type) => [type.key, type] as const))(
    '%s is written, handed in and shown with all that its type puts on the page',
    async (key: ResourceTypeKey, type: ResourceType) => {
      const content = filledFor(type, named, `${type.name}的标题`);
      const id = await publishFilled(type, content.title);
      const [html, found] = [await pageOf(id), await foundOf(id)];
      const [read] = await labelContents(db, [{ content }]);
      const shown = read?.content ?? content;
      expect(html.startsWith('page ')).toBe(true);
      expect(html).toContain(`<h1>${content.title}</h1>`);
      for (const field of type.fields.filter((one) => one.onPage)) {
        // In the table of facts or, where a text has none, beside its date.
        expect(html, field.key).toMatch(new RegExp(`<th scope="row">${field.name}</th>|<li>${field.name}：`));
        const [first = ''] = [fieldValue(shown, field.key)]
          .flat()
          .map((value) => String(value).split('\n')[0]);
        expect(html, field.key).toContain(first);
      }
      for (const field of type.fields.filter((one) => one.searchable)) {
        expect(found, field.key).toContain(`${field.name}：${String(fieldValue(shown, field.key))}`);
      }
      if (type.template === 'record') expect(html, key).toContain('政府信息公开要素');
    },
  );

  it('cannot be handed in without what its type needs', async () => {
    for (const type of placed.filter(({ fields }) => fields.some((field) => isOwnField(field.key)))) {
      const unitId = district.office.id;
      const { id } = await stage.perform(district.actor, createResource, {
        unitId,
        type: type.key,
        content: { title: '缺了内容' },
      });
      await place(stage, district.actor, id, [columnId]);
      await expect(publish(stage, district.actor, id), type.key).rejects.toMatchObject({
        code: 'library.content-incomplete',
      });
    }
  });

  it('warns of a link that leaves the sites of the government (R39)', async () => {
    const type = placed.find(({ key }) => key === 'dataset');
    if (!type) throw new Error('no dataset');
    const html = await pageOf(await publishFilled(type, '带接口的数据集'));
    expect(html).toContain('data-external="https://example.org/page"');
    expect(html).toContain('rel="noopener external nofollow"');
  });

  it('shows nothing of the text where the facts say it all', async () => {
    const type = placed.find(({ key }) => key === 'service-guide');
    if (!type) throw new Error('no service guide');
    const content = { ...filledFor(type, named, '只有要素的事项'), body: emptyDocument };
    const { id } = await stage.perform(district.actor, createResource, {
      unitId: district.office.id,
      type: 'service-guide',
      content,
    });
    await place(stage, district.actor, id, [columnId]);
    await publish(stage, district.actor, id);
    expect(await pageOf(id)).not.toContain('class="rich-text"');
  });

  describe('of a type that operators defined', () => {
    const price = aField('租金', { key: 'x.price', kind: 'number' });
    const secret = aField('内部编号', { key: 'x.secret', onPage: false, searchable: false });

    it('stays as it was written when the type is changed, and follows when the text is written anew', async () => {
      const key = 'x-lease';
      const pages = inMemory(db);
      await stage.perform(operator, createType, {
        key,
        definition: aDefinition('房屋租赁', [price, secret]),
      });
      const content = someContent({ title: '门面出租', values: { 'x.price': '800', 'x.secret': '不公开' } });
      const unitId = district.office.id;
      const { id } = await stage.perform(district.actor, createResource, { unitId, type: key, content });
      await place(stage, district.actor, id, [columnId]);
      await publish(stage, district.actor, id);
      await pages.rebuild();
      const before = await pageOf(id);
      expect(before).toContain('<th scope="row">租金</th>');
      expect(before).not.toContain('不公开');
      expect(await foundOf(id)).toContain('租金：800');
      expect(await foundOf(id)).not.toContain('不公开');

      const renamed = aDefinition('房屋租赁', [{ ...price, name: '月租金（元）' }, secret]);
      await stage.perform(operator, changeType, { key, expectedVersion: 1, definition: renamed });
      expect(await pageOf(id)).toBe(before);
      await pages.follow();
      expect(await differencesFromScratch(db, pages)).toEqual([]);

      await edit(stage, district.actor, id, { ...content, title: '门面出租（续）' });
      await publish(stage, district.actor, id);
      expect(await pageOf(id)).toContain('<th scope="row">月租金（元）</th>');
    });

    it('has fields beside those of a built-in type, and pages that were there before are the same bytes', async () => {
      const place_ = { unitId: district.office.id, columnIds: [columnId] };
      const old = await aPublished(stage, district.actor, place_);
      const before = await pageOf(old);
      await stage.perform(operator, changeType, {
        key: 'article',
        expectedVersion: 0,
        definition: anExtension(aField('活动地点', { key: 'x.venue' })),
      });
      expect(await pageOf(old)).toBe(before);
      const fresh = await aPublished(stage, district.actor, {
        ...place_,
        content: { values: { 'x.venue': '湖滨广场' } },
      });
      expect(await pageOf(fresh)).toContain('湖滨广场');
      expect(await foundOf(fresh)).toContain('活动地点：湖滨广场');
    });
  });
});
