import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isOwnField } from '../../../contracts/field-values.ts';
import { linedFields, relationKinds, ResourceContent } from '../../../contracts/library.ts';
import { ownFieldKey } from '../../../contracts/resource-fields.ts';
import { aBody, someContent } from '../../../test/factories/sites.ts';
import { digestOf } from '../../platform/digest.ts';
import { contentProblems, normaliseContent, requireContent } from './content.rules.ts';
import { resourceTypeList, resourceTypeOf } from './resource-types.ts';

const article = resourceTypeOf('article');
const policy = resourceTypeOf('policy');
const empty: ResourceContent = { title: '', body: { type: 'doc', content: [{ type: 'paragraph' }] } };
const fieldsOf = (problems: readonly { readonly field: string }[]) => problems.map((one) => one.field);

describe('the types of resource', () => {
  it('say every field once, and the required ones of a policy hold those of an article', () => {
    for (const type of resourceTypeList) {
      const keys = type.fields.map((field) => field.key);
      expect(new Set(keys).size).toBe(keys.length);
    }
    const required = (type: typeof article) =>
      type.fields.filter((field) => field.requiredAt === 'submission').map((field) => field.key);
    expect(required(policy)).toEqual(expect.arrayContaining(required(article)));
  });

  it('name the six facts of openness as required at submission (R45)', () => {
    const disclosure = article.fields.filter(
      (field) => field.group === 'disclosure' && field.requiredAt === 'submission',
    );
    expect(disclosure.map((field) => field.name)).toEqual([
      '信息类别',
      '公开方式',
      '生成日期',
      '公开时限',
      '公开范围',
    ]);
  });
});

describe('the types that pages of their own kind are made of', () => {
  it('have lines exactly where a field is a text', () => {
    const lined = resourceTypeList.flatMap((type) =>
      type.fields.filter((field) => field.kind === 'text').map((field) => field.key),
    );
    expect(new Set(lined.filter((key) => !isOwnField(key)))).toEqual(linedFields);
  });

  it('name other resources exactly where a relation is recorded', () => {
    const named = resourceTypeList.flatMap((type) =>
      type.fields.filter((field) => field.kind === 'resources').map((field) => field.key),
    );
    expect(new Set(named)).toEqual(new Set<string>(relationKinds));
  });

  it('have only fields that a content can hold', () => {
    for (const { key, fields } of resourceTypeList) {
      for (const field of fields) {
        if (isOwnField(field.key)) expect(new RegExp(ownFieldKey).test(field.key), field.key).toBe(true);
        else expect(ResourceContent.properties, `${key}.${field.key}`).toHaveProperty(field.key);
      }
    }
  });

  it('ask a guide for what article 12 of the regulation asks for', () => {
    const needed = contentProblems(resourceTypeOf('guide'), someContent(), 'submission');
    expect(fieldsOf(needed).sort()).toEqual(
      [
        'informationScope',
        'arrangement',
        'access',
        'organisation',
        'address',
        'officeHours',
        'phone',
        'onlineContact',
      ].sort(),
    );
  });

  it('keep the lines of what a leader is in charge of', () => {
    const content = normaliseContent(someContent({ duties: ' 主持全面工作。\n负责审计。 ', post: '区\n长' }));
    expect(content).toMatchObject({ duties: '主持全面工作。\n负责审计。', post: '区 长' });
  });
});

describe('the validator of content', () => {
  it('lets a draft be saved with a title alone', () => {
    expect(contentProblems(article, { ...empty, title: '草稿' }, 'draft')).toEqual([]);
    expect(fieldsOf(contentProblems(article, empty, 'draft'))).toEqual(['title']);
  });

  it('asks for everything at submission and says all of it at once', () => {
    expect(fieldsOf(contentProblems(article, { ...empty, title: '标题' }, 'submission')).sort()).toEqual(
      ['body', 'category', 'openMode', 'openScope', 'openTimeLimit', 'producedOn', 'source'].sort(),
    );
    expect(() => {
      requireContent(article, { ...empty, title: '标题' }, 'submission');
    }).toThrow(expect.objectContaining({ code: 'library.content-incomplete' }));
  });

  it('takes what is complete', () => {
    expect(contentProblems(article, someContent(), 'submission')).toEqual([]);
    expect(contentProblems(policy, someContent({}, 'policy'), 'submission')).toEqual([]);
  });

  it('counts a picture or a table cell as text and blanks as none', () => {
    const withBody = (body: NonNullable<ResourceContent['body']>) =>
      fieldsOf(contentProblems(article, someContent({ body }), 'submission'));
    expect(withBody(aBody('  ', ' '))).toEqual(['body']);
    expect(
      withBody({ type: 'doc', content: [{ type: 'image', attrs: { assetId: '1', alt: '图' } }] }),
    ).toEqual([]);
  });

  it('refuses fields that the type does not have', () => {
    expect(
      fieldsOf(contentProblems(article, someContent({ documentNumber: '浔府发〔2026〕1号' }), 'draft')),
    ).toEqual(['documentNumber']);
  });

  it.each(['浔府办发〔2026〕1号', '浔教字〔1999〕20号'])(
    'the document number %s has the right form',
    (documentNumber) => {
      expect(contentProblems(policy, someContent({ documentNumber }, 'policy'), 'submission')).toEqual([]);
    },
  );

  it.each(['浔府办发[2026]1号', '浔府办发〔2026〕第1号', '浔府办发〔2026〕01号', '浔府办发（2026）1号', 'x'])(
    'the document number %s may stand in a draft and not be submitted',
    (documentNumber) => {
      const content = someContent({ documentNumber }, 'policy');
      expect(contentProblems(policy, content, 'draft')).toEqual([]);
      expect(fieldsOf(contentProblems(policy, content, 'submission'))).toEqual(['documentNumber']);
    },
  );

  it.each(['2026-02-29', '2026-13-01', '20260101', '0000-00-00'])('%s is no day', (producedOn) => {
    expect(fieldsOf(contentProblems(article, someContent({ producedOn }), 'draft'))).toEqual(['producedOn']);
  });

  it('a choice is one of its choices', () => {
    expect(
      fieldsOf(contentProblems(policy, someContent({ validity: '大概有效' }, 'policy'), 'draft')),
    ).toEqual(['validity']);
  });
});

describe('fields that only a type describes', () => {
  const procurement = resourceTypeOf('procurement');
  const withValues = (values: NonNullable<ResourceContent['values']>) =>
    contentProblems(procurement, { title: '采购公告', values }, 'archive').map((one) => one.field);

  it('are checked by their kind and limits', () => {
    expect(withValues({ 'procurement.budget': '12.50', 'procurement.stage': '采购公告' })).toEqual([]);
    for (const budget of ['-1', '1,280', '12万', '1e3', '012', '', ' '].slice(0, 5)) {
      expect(withValues({ 'procurement.budget': budget }), budget).toEqual(['procurement.budget']);
    }
    expect(withValues({ 'procurement.stage': '别的' })).toEqual(['procurement.stage']);
    expect(withValues({ 'procurement.stage': ['采购公告'] })).toEqual(['procurement.stage']);
    expect(withValues({ 'procurement.deadline': '2026-02-30' })).toEqual(['procurement.deadline']);
  });

  it('may be half typed in a draft, but for choices and days', () => {
    const draft = (values: NonNullable<ResourceContent['values']>) =>
      contentProblems(procurement, { title: '采购公告', values }, 'draft').map((one) => one.field);
    expect(draft({ 'procurement.budget': '12.' })).toEqual([]);
    expect(draft({ 'procurement.stage': '采购' })).toEqual(['procurement.stage']);
  });

  it('belong to their type: another has them not', () => {
    const content = { title: '文章', values: { 'procurement.budget': '1' } };
    expect(fieldsOf(contentProblems(article, content, 'draft'))).toEqual(['procurement.budget']);
    expect(fieldsOf(contentProblems(article, { title: '文章', values: { 'x.f1': '1' } }, 'draft'))).toEqual([
      'x.f1',
    ]);
  });

  it.each([
    'javascript:alert(1)',
    'ftp://example.org/',
    'https://',
    'https://a b/',
    'http://[',
    '//example.org',
  ])('a link is no %s', (address) => {
    const content = { title: '数据集', values: { 'dataset.api': address } };
    const problems = fieldsOf(contentProblems(resourceTypeOf('dataset'), content, 'archive'));
    expect(problems).toContain('dataset.api');
  });

  it('are one revision whether nothing was written as nothing or as blanks, and keep lines only where a text has them', () => {
    const guide = resourceTypeOf('service-guide');
    const one = normaliseContent(
      {
        title: '事项',
        values: {
          'service-guide.steps': ' 一\n二 ',
          'service-guide.place': '甲\n乙',
          'service-guide.result': ' ',
        },
      },
      guide,
    );
    expect(one.values).toEqual({ 'service-guide.steps': '一\n二', 'service-guide.place': '甲 乙' });
    expect(normaliseContent({ title: '事项', values: { 'service-guide.result': '' } }, guide)).toEqual({
      title: '事项',
    });
    expect(normaliseContent(one, guide)).toEqual(one);
  });
});

describe('normal content', () => {
  it('is the same whether nothing was written as nothing, as blanks or as null', () => {
    const one = normaliseContent(
      someContent({ subtitle: '  ', coverAssetId: null, attachments: [], keywords: [' '] }),
    );
    expect(digestOf(one)).toEqual(digestOf(normaliseContent(someContent())));
  });

  it('keeps line breaks in the summary and nowhere else', () => {
    const content = normaliseContent(someContent({ title: ' 第一行 \r\n 第二行\n', summary: '甲\n乙' }));
    expect(content).toMatchObject({ title: '第一行 第二行', summary: '甲\n乙' });
  });

  it('names each keyword once', () => {
    expect(normaliseContent(someContent({ keywords: ['教育', ' 教育', '入学 '] })).keywords).toEqual([
      '教育',
      '入学',
    ]);
  });

  it('does not change when it is made normal again', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.array(fc.string()), (title, source, keywords) => {
        const once = normaliseContent(someContent({ title, source, keywords }));
        expect(normaliseContent(once)).toEqual(once);
      }),
    );
  });
});
