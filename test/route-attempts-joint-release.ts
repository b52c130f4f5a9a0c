import { planJointRelease } from '../server/modules/sites/index.ts';
import { performAs } from './factories/library.ts';
import { anybody, type Attempt, insidersAs, nothing, on, readers, type World } from './route-rules.ts';

const planners = insidersAs('editor', 'principal');

/** A plan of the unit with two drafts. */
async function aPlan({ db, secret }: World) {
  const drafts = [await secret.draft(), await secret.draft()];
  return performAs({ db }, secret.staff.editor)(planJointRelease, {
    name: drafts[0]?.title ?? '一同发布',
    releaseAt: null,
    resourceIds: drafts.map((one) => one.id),
  });
}

export const jointReleaseAttempts: readonly Attempt[] = [
  { endpoint: 'sites.listJointReleases', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'sites.listJointReleases',
    what: 'of a resource of the unit',
    rule: anybody,
    ask: async (world) => ({ query: { resourceId: (await aPlan(world)).list[0]?.resourceId ?? '' } }),
  },
  {
    endpoint: 'sites.getJointRelease',
    what: 'of the unit',
    rule: readers,
    ask: async (world) => on((await aPlan(world)).id),
  },
  {
    endpoint: 'sites.planJointRelease',
    what: 'with a resource of the unit',
    rule: planners,
    ask: async ({ secret }) => ({
      payload: { name: '一同发布', releaseAt: null, resourceIds: [(await secret.draft()).id] },
    }),
  },
  {
    endpoint: 'sites.changeJointRelease',
    what: 'of the unit',
    rule: planners,
    ask: async (world) => ({
      ...on((await aPlan(world)).id),
      payload: { expectedVersion: 1, name: '改了名字', releaseAt: null },
    }),
  },
  {
    endpoint: 'sites.addReleaseMember',
    what: 'of the unit',
    rule: planners,
    ask: async (world) => ({
      ...on((await aPlan(world)).id),
      payload: { expectedVersion: 1, resourceId: (await world.secret.draft()).id },
    }),
  },
  {
    endpoint: 'sites.removeReleaseMember',
    what: 'of the unit',
    rule: planners,
    ask: async (world) => {
      const plan = await aPlan(world);
      const resourceId = plan.list[1]?.resourceId ?? '';
      return { ...on(plan.id), payload: { expectedVersion: 1, resourceId, reason: '另行发布' } };
    },
  },
  {
    endpoint: 'sites.cancelJointRelease',
    what: 'of the unit',
    rule: planners,
    ask: async (world) => ({
      ...on((await aPlan(world)).id),
      payload: { expectedVersion: 1, reason: '暂不发布' },
    }),
  },
];
