import { type Attempt, nothing, only, on } from './route-rules.ts';

const keepers = only('operator');

/** What is right is decided for the whole district. */
export const spellingAttempts: readonly Attempt[] = [
  {
    endpoint: 'proofreading.getSpelling',
    what: 'of the district',
    rule: only('operator', 'supervisor'),
    ask: nothing,
  },
  {
    endpoint: 'proofreading.addKnownWords',
    what: 'of the district',
    rule: keepers,
    ask: () => ({ payload: { words: ['浔阳楼'] } }),
  },
  {
    endpoint: 'proofreading.removeKnownWord',
    what: 'of the district',
    rule: keepers,
    ask: async ({ db }) => {
      const word = crypto.randomUUID();
      const { id } = await db
        .insertInto('proofreading.known_word')
        .values({ word, added_by: '1', added_by_name: '测试', added_at: new Date() })
        .returning('id')
        .executeTakeFirstOrThrow();
      return on(id);
    },
  },
];
