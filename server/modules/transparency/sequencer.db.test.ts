import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { silentLog } from '../../../test/factories/toy-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { readHeadFile } from './head-file.ts';
import { loadLogSigner } from './log-key.ts';
import { appendEntries, logOrigin } from './log.queries.ts';
import { createSequencer } from './sequencer.ts';
import { isSignedBy, type NoteSigner, verifierKey } from './signed-note.ts';

const { db } = aDatabase();
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiyue-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const append = (path: string) =>
  appendEntries(db, [
    {
      site: '1',
      path,
      outcome: 'page',
      digest: 'ab'.repeat(32),
      resource: null,
      revision: null,
      first: null,
      imported: false,
    },
  ]);

async function work(signer: NoteSigner): Promise<void> {
  const sequencer = createSequencer({ db, signer, directory: folder, log: silentLog });
  await sequencer.settled();
  await sequencer.stop();
}

test('the key that is given out is at every moment the one of the head beside it', async () => {
  const [first, second] = [
    await loadLogSigner(join(folder, 'keys'), 'ed25519'),
    await loadLogSigner(join(folder, 'keys'), 'sm2'),
  ];
  const origin = await logOrigin(db);
  const expectFrom = async (signer: NoteSigner): Promise<void> => {
    expect(await readHeadFile(folder, 'key')).toBe(`${verifierKey(origin, signer)}\n`);
    expect(isSignedBy((await readHeadFile(folder, 'checkpoint')) ?? '', origin, signer)).toBe(true);
  };
  await append('/1.html');
  await work(first);
  await expectFrom(first);
  await work(second);
  await expectFrom(first);
  await append('/2.html');
  await work(second);
  await expectFrom(second);
});
