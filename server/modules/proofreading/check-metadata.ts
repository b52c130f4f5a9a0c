import { fieldValue } from '../../../contracts/field-values.ts';
import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { Checker, CheckRule } from './checked-text.ts';

/** A field that a text of some types must not lack. */
export interface MetadataRule extends CheckRule {
  readonly field: string;
  /** Which types; all when absent. */
  readonly types?: readonly ResourceTypeKey[];
  /** What it may say; anything when absent. */
  readonly choices?: readonly string[];
}

/** Information that the disclosure regulation knows: what the catalogue and the table on top of the page tell of it. */
const disclosed: readonly ResourceTypeKey[] = [
  'policy',
  'interpretation',
  'personnel',
  'budget',
  'plan',
  'statistics',
  'procurement',
  'recruitment',
  'standard',
  'emergency',
];
const needed = (field: string, name: string, choices?: readonly string[]): MetadataRule => ({
  ...{ key: `missing-${field}`, name, severity: 'needs-reason', field, types: disclosed },
  ...(choices ? { choices } : {}),
});

/** R30, R44, R45. Index number and first publication are given by the system and never lack. */
export const usualMetadata: readonly MetadataRule[] = [
  { key: 'missing-source', name: '信息来源', severity: 'needs-reason', field: 'source' },
  needed('summary', '内容概述'),
  needed('category', '信息类别'),
  needed('openMode', '公开方式', ['主动公开', '依申请公开', '不予公开']),
  needed('producedOn', '生成日期'),
  needed('openTimeLimit', '公开时限', ['常年公开', '长期公开', '定期公开', '及时公开']),
  needed('openScope', '公开范围', ['面向全社会', '面向特定对象']),
];

/** Pages that are composed, and records of people and offices, have no source of their own. */
const withoutSource: ReadonlySet<ResourceTypeKey> = new Set([
  'home',
  'topic',
  'leader',
  'institution',
  'guide',
]);

const check = 'metadata';

/** Metadata that is missing, or that says what nobody knows. */
export const createMetadataChecker = (rules: readonly MetadataRule[] = usualMetadata): Checker => ({
  key: check,
  reach: 'text',
  name: '元数据',
  rules: rules.map(({ key, name, severity }) => ({ key, name, severity })),
  run: ({ type, content }) =>
    rules.flatMap((rule) => {
      if (rule.types ? !rule.types.includes(type) : withoutSource.has(type)) return [];
      const value = fieldValue(content, rule.field);
      const problem = problemOf(rule, value);
      if (problem === undefined) return [];
      return [
        {
          check,
          rule: rule.key,
          ruleName: rule.name,
          severity: rule.severity,
          place: { part: `field:${rule.field}` as const, start: 0, end: 0 },
          found: typeof value === 'string' ? value.slice(0, 200) : '',
          suggestion: null,
          message: problem,
        },
      ];
    }),
});

function problemOf({ name, choices }: MetadataRule, value: unknown): string | undefined {
  const text = Array.isArray(value) ? value.join('') : value;
  if (typeof text !== 'string' || text.trim() === '') return `没有填写${name}。`;
  if (choices && !choices.includes(text)) return `${name}只能是${choices.join('、')}。`;
  return undefined;
}
