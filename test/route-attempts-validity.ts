import { sql } from 'kysely';

import { type Attempt, insidersAs, versioned, type World } from './route-rules.ts';

/** A document of the unit that citizens read. */
async function aPolicy({ db, secret }: World) {
  const live = await secret.live();
  await sql`update library.resource set type = 'policy' where id = ${live.id}`.execute(db);
  return live;
}

/** The same, with a ruling that waits for its day. */
async function aRuledPolicy(world: World) {
  const policy = await aPolicy(world);
  await sql`
    insert into library.validity_ruling (resource_id, validity, effective_on, basis, state, ordered_by_name, ordered_at)
    values (${policy.id}, '废止', '2099-01-01', '依据', 'waiting', '某', now())`.execute(world.db);
  return policy;
}

const ruling = {
  validity: '废止',
  effectiveOn: '2026-01-01',
  basis: '有效期届满',
  basisResourceId: null,
  replacedById: null,
};

export const validityAttempts: readonly Attempt[] = [
  {
    endpoint: 'library.ruleValidity',
    what: 'of a document of the unit',
    rule: insidersAs('reviewer', 'principal'),
    ask: (world) => versioned(aPolicy(world), ruling),
  },
  {
    endpoint: 'library.cancelRuling',
    what: 'of a document of the unit',
    rule: insidersAs('reviewer', 'principal'),
    ask: (world) => versioned(aRuledPolicy(world)),
  },
];
