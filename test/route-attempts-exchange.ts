import type { KeyTerms } from '../contracts/exchange.ts';
import { createKey } from '../server/modules/exchange/index.ts';
import { systemActor } from '../server/platform/context.ts';
import { performAs } from './factories/library.ts';
import { type Attempt, nothing, on, only, type World } from './route-rules.ts';

const keyTerms = (name: string): KeyTerms => ({
  name,
  holder: '测试单位',
  unitIds: null,
  columnIds: null,
  types: null,
  fullText: false,
  perMinute: 10,
  perDay: 100,
  expiresAt: null,
});

const aKey = async ({ db }: World): Promise<string> => {
  const made = await performAs({ db }, { ...systemActor('test'), roles: ['operator'] })(
    createKey,
    keyTerms('一个系统'),
  );
  return made.key.id;
};

export const exchangeAttempts: readonly Attempt[] = [
  { endpoint: 'exchange.listKeys', what: 'all', rule: only('operator', 'supervisor'), ask: nothing },
  {
    endpoint: 'exchange.createKey',
    what: 'to everything',
    rule: only('operator'),
    ask: () => ({ payload: keyTerms('另一个系统') }),
  },
  {
    endpoint: 'exchange.changeKey',
    what: 'of another system',
    rule: only('operator'),
    ask: async (world) => ({
      params: { id: await aKey(world) },
      payload: { expectedVersion: 1, ...keyTerms('改名的系统') },
    }),
  },
  {
    endpoint: 'exchange.revokeKey',
    what: 'of another system',
    rule: only('operator'),
    ask: async (world) => ({
      params: { id: await aKey(world) },
      payload: { expectedVersion: 1, reason: '不再使用' },
    }),
  },
  {
    endpoint: 'exchange.readUsage',
    what: 'of another system',
    rule: only('operator', 'supervisor'),
    ask: async (world) => on(await aKey(world)),
  },
];
