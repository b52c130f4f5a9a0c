import { randomBytes } from 'node:crypto';

import { planReorganization } from '../server/modules/identity/index.ts';
import { anAccount, aUnit } from './factories/identity.ts';
import { performAs } from './factories/library.ts';
import {
  anybody,
  type Attempt,
  insiders,
  nothing,
  on,
  only,
  outsiders,
  overseers,
  type World,
} from './route-rules.ts';

async function aPlan(db: World['db']): Promise<string> {
  const [ending, successor] = [await aUnit(db), await aUnit(db)];
  return performAs({ db }, await anAccount(db, { roles: ['operator'] }))(planReorganization, {
    name: '机构改革',
    basis: '测编发〔2026〕1号',
    unitIds: [ending.id],
    successorId: successor.id,
    // So late that it never begins here.
    startsAt: '2099-01-01T00:00:00Z',
  });
}

const decided = async ({ db }: World) => ({
  params: { id: await aPlan(db) },
  payload: { expectedVersion: 1 },
});

const readers = only('operator', 'supervisor', 'system-admin', 'security-admin');

export const reorganizationAttempts: readonly Attempt[] = [
  { endpoint: 'identity.listReorganizations', what: 'all', rule: readers, ask: nothing },
  {
    endpoint: 'identity.getReorganization',
    what: 'of two units',
    rule: readers,
    ask: async ({ db }) => on(await aPlan(db)),
  },
  {
    endpoint: 'identity.readUnitHistory',
    what: 'of a unit',
    rule: {
      allowed: [...insiders, ...overseers, 'audit-admin'],
      hidden: outsiders.filter((who) => who !== 'audit-admin'),
    },
    ask: ({ secret }) => on(secret.unit.id),
  },
  {
    endpoint: 'identity.planRenaming',
    what: 'of a unit',
    rule: only('operator'),
    ask: async ({ db }) => ({
      params: { id: (await aUnit(db)).id },
      payload: {
        basis: '测编发〔2026〕3号',
        newName: `新名称${randomBytes(6).toString('hex')}`,
        newShortName: '新名称',
        startsAt: '2099-01-01T00:00:00Z',
      },
    }),
  },
  {
    endpoint: 'identity.planSplit',
    what: 'of a unit that ends',
    rule: only('operator'),
    ask: async ({ db }) => ({
      params: { id: (await aUnit(db)).id },
      payload: {
        ...{ name: '拆分', basis: '测编发〔2026〕8号', startsAt: '2099-01-01T00:00:00Z' },
        receivers: [
          { unitId: (await aUnit(db)).id, accountIds: [] },
          { unitId: (await aUnit(db)).id, accountIds: [] },
        ],
        rules: [{ receiver: 1, siteIds: [], columnIds: [], terms: [], types: ['article'] }],
        restTo: 0,
      },
    }),
  },
  {
    endpoint: 'identity.previewReorganization',
    what: 'of two units',
    rule: readers,
    ask: async ({ db }) => on(await aPlan(db)),
  },
  {
    endpoint: 'identity.planReorganization',
    what: 'of two units',
    rule: only('operator'),
    ask: async ({ db }) => ({
      payload: {
        name: '机构改革',
        basis: '测编发〔2026〕2号',
        unitIds: [(await aUnit(db)).id],
        successorId: (await aUnit(db)).id,
        startsAt: '2099-01-01T00:00:00Z',
      },
    }),
  },
  {
    endpoint: 'identity.confirmReorganization',
    what: 'planned by somebody else',
    rule: only('supervisor', 'security-admin'),
    ask: decided,
  },
  {
    endpoint: 'identity.cancelReorganization',
    what: 'before it begins',
    rule: only('operator'),
    ask: decided,
  },
  {
    endpoint: 'library.readUnitFigures',
    what: 'of a year',
    rule: anybody,
    ask: () => ({ query: { from: '2026-01-01', to: '2026-12-31' } }),
  },
];
