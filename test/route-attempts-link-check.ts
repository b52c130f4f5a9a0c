import { randomBytes } from 'node:crypto';

import { insertAsset } from '../server/modules/library/asset.queries.ts';
import { insertEmblem } from '../server/modules/proofreading/emblem.queries.ts';
import { insertHostRuling } from '../server/modules/proofreading/host-ruling.queries.ts';
import { hostTerms } from './factories/proofreading.ts';
import { type Attempt, nothing, only, type World } from './route-rules.ts';

const keepers = only('operator');
const onlookers = only('operator', 'supervisor');
const made = { at: new Date(), byName: '测试' };
const end = { reason: '网站已经停用' };

const aDigest = (): string => randomBytes(32).toString('hex');
const ruled = async ({ db }: World): Promise<string> =>
  (await insertHostRuling(db, hostTerms(), made)) ?? '0';
const approved = async ({ db }: World): Promise<string> =>
  (await insertEmblem(db, { digest: aDigest(), name: '国徽', reason: '标准图案' }, made)) ?? '0';
const aPicture = ({ db, secret }: World): Promise<string> =>
  insertAsset(db, {
    unitId: secret.unit.id,
    digest: aDigest(),
    fileName: 'emblem.png',
    mediaType: 'image/png',
    size: 1,
    width: 10,
    height: 10,
    uploadedBy: null,
    uploadedAt: made.at,
  });

export const linkCheckAttempts: readonly Attempt[] = [
  { endpoint: 'linkCheck.listHostRulings', what: 'all', rule: onlookers, ask: nothing },
  {
    endpoint: 'linkCheck.ruleHost',
    what: 'of another site',
    rule: keepers,
    ask: () => ({ payload: hostTerms() }),
  },
  {
    endpoint: 'linkCheck.endHostRuling',
    what: 'of another site',
    rule: keepers,
    ask: async (world) => ({ params: { id: await ruled(world) }, payload: end }),
  },
  { endpoint: 'linkCheck.listEmblems', what: 'all', rule: onlookers, ask: nothing },
  {
    endpoint: 'linkCheck.approveEmblem',
    what: 'a picture of any unit',
    rule: keepers,
    ask: async (world) => ({ payload: { assetId: await aPicture(world), name: '国徽', reason: '标准图案' } }),
  },
  {
    endpoint: 'linkCheck.endEmblem',
    what: 'of another file',
    rule: keepers,
    ask: async (world) => ({ params: { id: await approved(world) }, payload: end }),
  },
  { endpoint: 'linkCheck.listDeadLinks', what: 'all', rule: onlookers, ask: nothing },
];
