import { startingRules } from '../contracts/relocation.ts';
import { createProject } from '../server/modules/relocation/index.ts';
import { anAccount } from './factories/identity.ts';
import { performAs } from './factories/library.ts';
import { formOf } from './form-data.ts';
import { tarOf } from './old-copy.ts';
import { type Ask, type Attempt, nothing, only, type World } from './route-rules.ts';
import { copyFolder } from './system.ts';

const host = (): string => `n${crypto.randomUUID().slice(0, 8)}.localhost`;

/** An old site of its own, so that those who may change one do not meet in the same. */
async function anOldSite(world: World, source: 'copy' | 'web' = 'web'): Promise<string> {
  const operator = await anAccount(world.db, { roles: ['operator'] });
  const { siteId, unit } = world.secret;
  const made = { name: '旧站', siteId, unitId: unit.id, hosts: [host()], source };
  return (await performAs(world, operator)(createProject, made)).id;
}

const of = async (world: World, more: Omit<Ask, 'params'> = {}): Promise<Ask> => ({
  params: { id: await anOldSite(world) },
  ...more,
});

/** A page that is known and has not come yet. */
async function onAPage(world: World, more: object = {}): Promise<Ask> {
  const id = await anOldSite(world);
  const page = await world.db
    .insertInto('relocation.page')
    .values({ project_id: id, address: 'a.localhost/', depth: 0, run: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { params: { id }, payload: { ...more, pageIds: [page.id] } };
}

const operators = only('operator');

export const relocationAttempts: readonly Attempt[] = [
  { endpoint: 'relocation.listProjects', what: 'all', rule: operators, ask: nothing },
  { endpoint: 'relocation.listFolders', what: 'all', rule: operators, ask: nothing },
  {
    endpoint: 'relocation.createProject',
    what: 'for the site of the unit',
    rule: operators,
    ask: ({ secret }) => ({
      payload: {
        name: '旧站',
        siteId: secret.siteId,
        unitId: secret.unit.id,
        hosts: [host()],
        source: 'copy',
      },
    }),
  },
  { endpoint: 'relocation.getProject', what: 'of the unit', rule: operators, ask: (world) => of(world) },
  { endpoint: 'relocation.listPages', what: 'of the unit', rule: operators, ask: (world) => of(world) },
  {
    endpoint: 'relocation.changeProject',
    what: 'of the unit',
    rule: operators,
    ask: (world) => of(world, { payload: { expectedVersion: 1, rules: startingRules } }),
  },
  {
    endpoint: 'relocation.uploadCopy',
    what: 'for the site of the unit',
    rule: operators,
    ask: async (world) => ({
      params: { id: await anOldSite(world, 'copy') },
      ...formOf({}, { name: 'copy.tar', bytes: tarOf([{ name: 'a.html', bytes: '<p>a' }]) }),
    }),
  },
  {
    endpoint: 'relocation.takeFolder',
    what: 'for the site of the unit',
    rule: operators,
    ask: async (world) => ({
      params: { id: await anOldSite(world, 'copy') },
      payload: { folder: copyFolder },
    }),
  },
  {
    endpoint: 'relocation.startRun',
    what: 'of the unit',
    rule: operators,
    ask: (world) => of(world, { payload: { goal: 'sample' } }),
  },
  {
    endpoint: 'relocation.setPaused',
    what: 'of the unit',
    rule: operators,
    ask: (world) => of(world, { payload: { paused: true } }),
  },
  {
    endpoint: 'relocation.suggestRules',
    what: 'for pages of the unit',
    rule: operators,
    ask: (world) => onAPage(world),
  },
  {
    endpoint: 'relocation.tryRules',
    what: 'on pages of the unit',
    rule: operators,
    ask: (world) => onAPage(world, { rules: startingRules }),
  },
];
