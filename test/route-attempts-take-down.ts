import { takeDownResource } from '../server/modules/sites/index.ts';
import { performAs } from './factories/library.ts';
import {
  anybody,
  type Attempt,
  insidersAs,
  nothing,
  on,
  readers,
  type Rule,
  type World,
} from './route-rules.ts';

const { allowed = [], hidden = [] } = readers;
/** Of those who see the resource only the digital centre takes it down. */
const operatorOnly: Rule = {
  allowed: ['operator'],
  forbidden: allowed.filter((who) => who !== 'operator'),
  hidden,
};

async function aTakeDown({
  db,
  secret,
  platformAccount,
}: World): Promise<{ id: string; resourceId: string }> {
  const { id: resourceId, version: expectedVersion } = await secret.live();
  const operator = { ...(await platformAccount()).actor, roles: ['operator' as const] };
  await performAs({ db }, operator)(takeDownResource, { resourceId, expectedVersion, reason: '应当下架' });
  return db
    .selectFrom('sites.take_down')
    .select(['id', 'resource_id as resourceId'])
    .where('resource_id', '=', resourceId)
    .executeTakeFirstOrThrow();
}

export const takeDownAttempts: readonly Attempt[] = [
  {
    endpoint: 'sites.takeDownResource',
    what: 'of the unit',
    rule: operatorOnly,
    ask: async ({ secret }) => {
      const { id, version: expectedVersion } = await secret.live();
      return { ...on(id), payload: { expectedVersion, reason: '含有个人信息' } };
    },
  },
  { endpoint: 'sites.listTakeDowns', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'sites.listTakeDowns',
    what: 'of a resource of the unit',
    rule: anybody,
    ask: async (world) => ({ query: { resourceId: (await aTakeDown(world)).resourceId } }),
  },
  {
    endpoint: 'sites.replyToTakeDown',
    what: 'of the unit',
    rule: insidersAs('editor', 'reviewer', 'principal'),
    ask: async (world) => ({ ...on((await aTakeDown(world)).id), payload: { reply: '已改正' } }),
  },
];
