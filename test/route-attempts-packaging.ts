import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Attempt, nothing, on, only, type Who, type World } from './route-rules.ts';

/** A package of the unit, asked for by whoever fetches it and lying there. */
async function aPackage({ db, secret, exportsDirectory, mine }: World, who: Who): Promise<string> {
  const requester = who === 'operator' ? mine(who).account.id : secret.staff.editor.id;
  const { id } = await db
    .insertInto('packaging.export')
    .values({
      selection: JSON.stringify({ unitIds: [secret.unit.id] }),
      stage: 'done',
      digest: '0'.repeat(64),
      size: '3',
      requested_by: requester,
      requested_by_name: '运维人员',
      requested_at: new Date(),
      finished_at: new Date(),
      expires_at: new Date('2030-01-01'),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await mkdir(exportsDirectory, { recursive: true });
  await writeFile(join(exportsDirectory, `${id}.zip`), 'zip');
  return id;
}

/** A package holds every unit's drafts: it is the operators' alone. */
const operators = only('operator');

export const packagingAttempts: readonly Attempt[] = [
  { endpoint: 'packaging.listExports', what: 'all', rule: operators, ask: nothing },
  {
    endpoint: 'packaging.createExport',
    what: 'of the unit',
    rule: operators,
    ask: ({ secret }) => ({ payload: { unitIds: [secret.unit.id] } }),
  },
  {
    endpoint: 'packaging.downloadExport',
    what: 'of the unit',
    rule: operators,
    ask: async (world, who) => on(await aPackage(world, who)),
  },
];
