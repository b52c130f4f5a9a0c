import { aTerm } from './factories/terms.ts';
import { anybody, type Attempt, on, only, type World } from './route-rules.ts';

const wording = { label: '别的名称', synonyms: [], parent: null, validFrom: null };
const aFreshTerm = ({ db }: World) => {
  const name = crypto.randomUUID().slice(0, 12);
  return aTerm(db, { vocabulary: 'region', code: name, label: name });
};

export const vocabularyAttempts: readonly Attempt[] = [
  {
    endpoint: 'vocabulary.listTerms',
    what: 'of topics',
    rule: anybody,
    ask: () => ({ query: { vocabulary: 'topic' } }),
  },
  {
    endpoint: 'vocabulary.exportTerms',
    what: 'of topics',
    rule: only('operator'),
    ask: () => ({ query: { vocabulary: 'topic' } }),
  },
  {
    endpoint: 'vocabulary.importTerms',
    what: 'of regions',
    rule: only('operator'),
    ask: () => {
      const name = crypto.randomUUID().slice(0, 12);
      return { payload: { vocabulary: 'region', text: `代码,名称\n${name},${name}`, dryRun: false } };
    },
  },
  {
    endpoint: 'vocabulary.addTerm',
    what: 'to the regions',
    rule: only('operator'),
    ask: () => {
      const name = crypto.randomUUID().slice(0, 12);
      return { payload: { vocabulary: 'region', code: name, ...wording, label: name } };
    },
  },
  {
    endpoint: 'vocabulary.changeTerm',
    what: 'of the regions',
    rule: only('operator'),
    ask: async (world) => {
      const { id, code } = await aFreshTerm(world);
      return { ...on(id), payload: { expectedVersion: 1, ...wording, label: `${code}改` } };
    },
  },
  {
    endpoint: 'vocabulary.endTerm',
    what: 'of the regions',
    rule: only('operator'),
    ask: async (world) => ({
      ...on((await aFreshTerm(world)).id),
      payload: { expectedVersion: 1, validUntil: '2026-01-01', replacedBy: null },
    }),
  },
  {
    endpoint: 'vocabulary.listTermChanges',
    what: 'of the regions',
    rule: only('operator'),
    ask: async (world) => on((await aFreshTerm(world)).id),
  },
];
