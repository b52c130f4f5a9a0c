import {
  anybody,
  type Ask,
  type Attempt,
  insidersAs,
  nothing,
  on,
  readers,
  type World,
} from './route-rules.ts';

const fillers = insidersAs('editor', 'reviewer', 'principal');

/** What the unit published as a topic: what makes it one is not the question here. */
async function aTopic({ db, secret }: World): Promise<Ask> {
  const { id } = await secret.live();
  const { unitId } = secret.staff.editor;
  await db.insertInto('sites.topic').values({ resource_id: id, unit_id: unitId, ended: false }).execute();
  return on(id);
}

export const topicAttempts: readonly Attempt[] = [
  { endpoint: 'sites.listTopics', what: 'all', rule: anybody, ask: nothing },
  { endpoint: 'sites.getTopic', what: 'of the unit', rule: readers, ask: aTopic },
  {
    endpoint: 'sites.changeTopic',
    what: 'of the unit',
    rule: fillers,
    ask: async (world) => ({
      ...(await aTopic(world)),
      payload: { expectedVersion: 1, keeperId: null, endsOn: '2099-12-31', reason: '继续宣传' },
    }),
  },
  {
    endpoint: 'sites.endTopic',
    what: 'of the unit',
    rule: fillers,
    ask: async (world) => ({
      ...(await aTopic(world)),
      payload: { expectedVersion: 1, reason: '活动已经结束' },
    }),
  },
];
