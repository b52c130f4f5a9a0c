import { makeReuse } from '../server/modules/sites/index.ts';
import { performAs } from './factories/library.ts';
import { aLiveArticle } from './factories/review.ts';
import { aColumn, aSite, aStage, testBase } from './factories/sites.ts';
import { anAccount, aUnit } from './factories/identity.ts';
import { anybody, type Attempt, insidersAs, nothing, on, outsiders } from './route-rules.ts';

const fillers = insidersAs('editor', 'reviewer', 'principal');

export const reuseAttempts: readonly Attempt[] = [
  {
    endpoint: 'sites.listReusable',
    what: 'all',
    rule: anybody,
    ask: nothing,
    // What citizens can open is no secret between units.
    shownTo: outsiders,
  },
  {
    endpoint: 'sites.listReuses',
    what: 'of the own',
    rule: anybody,
    ask: () => ({ query: { side: 'given' } }),
  },
  {
    endpoint: 'sites.listReuses',
    what: 'by the own',
    rule: anybody,
    ask: () => ({ query: { side: 'made' } }),
  },
  {
    endpoint: 'sites.makeReuse',
    what: 'in a column of the unit',
    rule: fillers,
    ask: async ({ db, secret }) => ({
      payload: { resourceId: (await aLiveArticle(db)).resourceId, columnId: await secret.column() },
    }),
  },
  {
    endpoint: 'sites.endReuse',
    what: 'of a resource of the unit, in a column of a third one',
    rule: fillers,
    ask: async ({ db, secret }) => {
      const unit = await aUnit(db);
      const site = await aSite(aStage(db), { unitId: unit.id });
      const column = await aColumn(aStage(db), { site });
      const editor = await anAccount(db, { unit, roles: ['editor'] });
      const resourceId = (await secret.live()).id;
      const { id } = await performAs({ db }, editor)(makeReuse(testBase), {
        resourceId,
        columnId: column.id,
      });
      return { ...on(id), payload: { reason: '内容已经过时' } };
    },
  },
];
