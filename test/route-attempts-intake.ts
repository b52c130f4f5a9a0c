import { formOf } from './form-data.ts';
import {
  anybody,
  type Attempt,
  insidersAs,
  nothing,
  only,
  outsiders,
  readers,
  type Rule,
  type World,
} from './route-rules.ts';

/** An import of the unit in one of its stages, made anew for everybody who may change it. */
async function anImport({ db, secret }: World, stage: 'ready' | 'checked' = 'ready'): Promise<string> {
  const { staff, unit } = secret;
  const row = await db
    .insertInto('intake.import')
    .values({
      unit_id: unit.id,
      mode: 'drafts',
      type: 'article',
      file_name: 'old-zqx7.csv',
      digest: '0'.repeat(64),
      size: '9',
      format: 'csv',
      stage,
      sources: ['标题'],
      mapping: JSON.stringify([{ target: 'title', source: '标题' }]),
      created_by: staff.editor.id,
      created_by_name: staff.editor.realName,
      created_at: new Date(),
      updated_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

const read = (name: string): Attempt => ({
  endpoint: `intake.${name}`,
  what: 'of the unit',
  rule: readers,
  ask: async (world) => ({ params: { id: await anImport(world) } }),
});

const act = (name: string, stage: 'ready' | 'checked', more: object = {}): Attempt => ({
  endpoint: `intake.${name}`,
  what: 'of the unit',
  rule: insidersAs('editor'),
  ask: async (world) => ({
    params: { id: await anImport(world, stage) },
    payload: { expectedVersion: 1, ...more },
  }),
});

/** An archive goes public at once: it is the operators' alone, whichever unit they see. */
const operators: Rule = { ...only('operator'), hidden: outsiders, forbidden: insidersAndOverseers() };

function insidersAndOverseers() {
  const { forbidden = [] } = only('operator');
  return forbidden.filter((who) => !outsiders.includes(who));
}

export const intakeAttempts: readonly Attempt[] = [
  { endpoint: 'intake.listImports', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'intake.createImport',
    what: 'drafts into the unit',
    rule: insidersAs('editor'),
    ask: ({ secret }) =>
      formOf(
        { unitId: secret.unit.id, mode: 'drafts', type: 'article' },
        { name: 'a.csv', bytes: `标题,正文\n${crypto.randomUUID()},文字\n` },
      ),
  },
  {
    endpoint: 'intake.createImport',
    what: 'an archive of the unit',
    rule: operators,
    ask: ({ secret }) =>
      formOf(
        { unitId: secret.unit.id, mode: 'archive', type: 'article', columnId: secret.columnId },
        { name: 'a.csv', bytes: `标题,正文\n${crypto.randomUUID()},文字\n` },
      ),
  },
  ...['getImport', 'previewImport', 'listOutcomes', 'downloadReport'].map(read),
  act('mapImport', 'ready', { mapping: [{ target: 'title', source: '标题' }] }),
  act('checkImport', 'ready'),
  act('runImport', 'checked'),
  act('cancelImport', 'ready'),
  {
    endpoint: 'intake.downloadTemplate',
    what: 'of articles',
    rule: anybody,
    ask: () => ({ params: { type: 'article' }, query: { form: 'csv' } }),
  },
];
