import { Type } from 'typebox';

/** The managed vocabularies by which information is classified. */
export const vocabularies = ['topic', 'genre', 'audience', 'life-event', 'region', 'issuer'] as const;
export type Vocabulary = (typeof vocabularies)[number];
export const vocabularyNames: Readonly<Record<Vocabulary, string>> = {
  topic: '主题',
  genre: '体裁',
  audience: '服务对象',
  'life-event': '生命周期',
  region: '区域',
  issuer: '发文机关',
};
export const Vocabulary = Type.Unsafe<Vocabulary>(Type.Union(vocabularies.map((one) => Type.Literal(one))));

/**
 * How a content names a term: `topic:0201`. The vocabulary is part of it, so that a reference says by itself what it
 * is, wherever it stands.
 */
export type TermReference = `${Vocabulary}:${string}`;
export const termReferencePattern = `^(${vocabularies.join('|')}):([A-Za-z0-9][A-Za-z0-9-]{0,39})$`;
export const TermReference = Type.Unsafe<TermReference>(Type.String({ pattern: termReferencePattern }));
const reference = new RegExp(termReferencePattern);

export function isTermReference(value: unknown): value is TermReference {
  return typeof value === 'string' && reference.test(value);
}

export function referenceTo(vocabulary: Vocabulary, code: string): TermReference {
  return `${vocabulary}:${code}`;
}

export function vocabularyOf(term: TermReference): Vocabulary {
  return term.slice(0, term.indexOf(':')) as Vocabulary;
}
