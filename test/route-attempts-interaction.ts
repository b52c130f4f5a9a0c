import {
  anybody,
  type Ask,
  type Attempt,
  insidersAs,
  nothing,
  on,
  only,
  outsiders,
  readers,
  type World,
} from './route-rules.ts';

const onNew = async ({ secret }: World, payload: object): Promise<Ask> => ({
  params: { id: await secret.correction() },
  payload: { expectedVersion: 1, ...payload },
});

export const interactionAttempts: readonly Attempt[] = [
  { endpoint: 'interaction.listCorrections', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'interaction.listCorrections',
    what: 'of the site of the unit',
    rule: anybody,
    ask: ({ secret }) => ({ query: { siteId: secret.siteId, state: 'open', kind: 'typo' } }),
  },
  {
    endpoint: 'interaction.getCorrection',
    what: 'of the unit',
    rule: readers,
    ask: ({ correctionId }) => on(correctionId),
  },
  {
    endpoint: 'interaction.answerCorrection',
    what: 'of the unit',
    rule: insidersAs('editor', 'responder', 'principal'),
    ask: (world) => onNew(world, { outcome: 'mended', reply: '您好，已经改正。' }),
  },
  {
    endpoint: 'interaction.transferCorrection',
    what: 'of the unit to another',
    rule: {
      allowed: ['own editor', 'own responder', 'own principal', 'above', 'operator'],
      forbidden: ['own reviewer', 'own liaison', 'supervisor', 'system-admin', 'security-admin'],
      hidden: outsiders,
    },
    ask: (world) =>
      onNew(world, { unitId: world.mine('operator').account.unitId, reason: '不是我单位的内容' }),
  },
  {
    endpoint: 'interaction.listAnsweringUnits',
    what: 'all',
    rule: anybody,
    ask: nothing,
    // Corrections are handed to any unit; their names stand on every public page.
    shownTo: ['other editor', 'other principal', 'other responder', 'below'],
  },
  { endpoint: 'interaction.getUsefulness', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'interaction.getUsefulness',
    what: 'of the site of the unit',
    rule: anybody,
    ask: ({ secret }) => ({ query: { siteId: secret.siteId, by: 'column' } }),
  },
  { endpoint: 'interaction.getCorrectionRule', what: 'of all', rule: anybody, ask: nothing },
  {
    endpoint: 'interaction.changeCorrectionRule',
    what: 'of all',
    rule: only('operator'),
    ask: () => ({ payload: { answerDays: 5 } }),
  },
];
