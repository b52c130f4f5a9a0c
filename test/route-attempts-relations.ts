import { anybody, type Attempt, insidersAs, nothing, on, type World } from './route-rules.ts';

/** Found between two documents of the unit, by nobody's words. */
async function aProposal({ db, secret }: World): Promise<string> {
  const [from, to] = [await secret.live(), await secret.live()];
  await db
    .updateTable('library.resource')
    .set({ type: 'policy' })
    .where('id', 'in', [from.id, to.id])
    .execute();
  const row = await db
    .insertInto('library.relation_proposal')
    .values({
      from_id: from.id,
      unit_id: secret.unit.id,
      kind: 'replacedBy',
      to_id: to.id,
      name: '办法',
      reason: 'same-title',
      evidence: '标题相同',
      confidence: 95,
      found_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** What the platform proposes about a unit's documents and texts, and what is decided about it. */
export const relationAttempts: readonly Attempt[] = [
  { endpoint: 'library.listProposals', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'library.listProposals',
    what: 'of the unit',
    rule: anybody,
    ask: ({ secret }) => ({ query: { unitId: secret.unit.id } }),
  },
  {
    endpoint: 'library.acceptProposal',
    what: 'of the unit',
    rule: insidersAs('editor'),
    ask: async (world) => on(await aProposal(world)),
  },
  {
    endpoint: 'library.dismissProposal',
    what: 'of the unit',
    rule: insidersAs('editor'),
    ask: async (world) => on(await aProposal(world)),
  },
  {
    endpoint: 'library.dismissLikeness',
    what: 'between texts of the unit',
    rule: insidersAs('editor'),
    ask: async ({ secret }) => ({
      payload: { oneId: (await secret.live()).id, otherId: (await secret.live()).id },
    }),
  },
];
