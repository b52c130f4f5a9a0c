import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';

import { createLogAnswers } from '../../server/log-answers.ts';
import {
  createFileReader,
  createPageProof,
  createPageServer,
  type PageServer,
  rebuildDirty,
} from '../../server/modules/publishing/index.ts';
import { putHeadFile } from '../../server/modules/transparency/head-file.ts';
import { findEntries } from '../../server/modules/transparency/find-proof.ts';
import {
  insertHead,
  insertLeaves,
  insertNodes,
  latestHead,
  logOrigin,
} from '../../server/modules/transparency/log.queries.ts';
import { loadLogSigner, type SignatureKind } from '../../server/modules/transparency/log-key.ts';
import { fullNodes, grownNodes } from '../../server/modules/transparency/merkle.rules.ts';
import { nodeKey } from '../../server/modules/transparency/log.queries.ts';
import { sequenceEntries } from '../../server/modules/transparency/sequence-entries.ts';
import {
  type NoteSigner,
  signCheckpoint,
  verifierKey,
} from '../../server/modules/transparency/signed-note.ts';
import { hashLeaf, hashNodes, rootOf } from '../../server/modules/transparency/tree-hash.ts';
import type { Db } from '../../server/platform/db.ts';
import { announceToy, aToyEngine, silentLog, toyKey, type ToyEngine } from './toy-pages.ts';

export interface Verified {
  readonly code: number;
  readonly output: string;
}

/** A site of toy pages with its log, served over HTTP, and whoever verifies it from outside. */
export interface LoggedSite {
  readonly toy: ToyEngine;
  readonly base: string;
  readonly signer: NoteSigner;
  /** A folder of the one who verifies. */
  readonly outside: string;
  /** Builds what these resources call for, and brings it into the log. */
  publish(ids: readonly string[]): Promise<void>;
  /** Gives out the newest head. */
  putHead(signer?: NoteSigner): Promise<void>;
  verify(...options: readonly string[]): Promise<Verified>;
  /** What an outsider keeps: the key and the head as they are now. */
  keep(): Promise<{ readonly key: string; readonly head: string }>;
  stop(): Promise<void>;
}

const tables = ['leaf', 'node', 'head', 'resource'] as const;

/** With the rights of the database's owner, who can do everything. */
export async function asOwner(db: Db, act: (trx: Db) => Promise<unknown>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const table of tables)
      await sql`alter table ${sql.table(`transparency.${table}`)} disable trigger user`.execute(trx);
    await act(trx);
    for (const table of tables)
      await sql`alter table ${sql.table(`transparency.${table}`)} enable trigger user`.execute(trx);
  });
}

export async function emptyLog(db: Db): Promise<void> {
  await asOwner(db, (trx) =>
    sql`truncate transparency.entry, transparency.leaf, transparency.node, transparency.head,
      transparency.resource`.execute(trx),
  );
}

export async function leafTexts(db: Db): Promise<string[]> {
  const texts: string[] = [];
  for (;;) {
    const more = (await findEntries(db, texts.length, texts.length + 256)) ?? [];
    if (more.length === 0) return texts;
    texts.push(...more.map((leaf) => leaf.body));
  }
}

/** Writes another history in the place of the true one, and signs it with the true key: nothing about it is broken. */
export async function rewriteLog(db: Db, texts: readonly string[], signer: NoteSigner): Promise<void> {
  await asOwner(db, async (trx) => {
    await sql`truncate transparency.leaf, transparency.node, transparency.head`.execute(trx);
    const leaves = texts.map((body, index) => ({ ...JSON.parse(body), index, body }) as never);
    await insertLeaves(trx, leaves);
    const nodes = grownNodes(
      0,
      texts.map((text) => hashLeaf(text)),
      new Map(),
      hashNodes,
    );
    await insertNodes(trx, nodes);
    const hashes = new Map(nodes.map((node) => [nodeKey(node), node.hash]));
    const size = texts.length;
    const root = rootOf(
      fullNodes({ start: 0, end: size }).map((node) => hashes.get(nodeKey(node)) ?? new Uint8Array()),
    );
    const note = signCheckpoint({ origin: await logOrigin(trx), size, root }, signer);
    await insertHead(trx, { size, root, at: new Date(), note });
  });
}

function run(file: string, args: readonly string[]): Promise<Verified> {
  return new Promise((done) => {
    execFile(process.execPath, [file, ...args], { timeout: 60_000 }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

export async function aLoggedSite(db: Db, kind: SignatureKind = 'ed25519'): Promise<LoggedSite> {
  await sql`truncate toy_page, publishing.page, publishing.dirty, publishing.redirect, publishing.intent,
    publishing.expected_tag, publishing.alarm`.execute(db);
  await emptyLog(db);
  const toy = await aToyEngine(db);
  const outside = await mkdtemp(join(tmpdir(), 'jiyue-outside-'));
  const logDirectory = join(outside, '..', `${outside.split('/').at(-1) ?? ''}-log`);
  const signer = await loadLogSigner(join(outside, 'keys'), kind);
  const answerLog = createLogAnswers({ db, directory: logDirectory });
  const server: PageServer = await createPageServer({
    reader: createFileReader(toy.directory),
    key: toyKey,
    proof: createPageProof(db),
    defaultSite: '1',
    dynamic: (request, response, site) =>
      answerLog({ request, response, site, url: new URL(request.url ?? '/', 'http://site') }),
    log: silentLog,
  });
  const { port } = await server.listen(0);
  const base = `http://localhost:${String(port)}/`;
  const putHead = async (by: NoteSigner = signer): Promise<void> => {
    await putHeadFile(logDirectory, 'key', `${verifierKey(await logOrigin(db), by)}\n`);
    const head = await latestHead(db);
    if (head) await putHeadFile(logDirectory, 'checkpoint', head.note);
  };
  return {
    toy,
    base,
    signer,
    outside,
    putHead,
    async publish(ids) {
      await announceToy(
        toy.engine,
        ids.map((id) => `resource:${id}`),
      );
      while ((await rebuildDirty(toy.engine, { limit: 100 })).taken > 0);
      while (((await sequenceEntries(db, signer)) ?? 0) > 0);
      await putHead();
    },
    verify: (...options) => run('scripts/verify-transparency.mjs', [base, ...options]),
    async keep() {
      const kept = { key: join(outside, 'log.vkey'), head: join(outside, 'checkpoint') };
      const read = async (name: string) => (await fetch(`${base}.well-known/transparency/${name}`)).text();
      await writeFile(kept.key, await read('key'));
      await writeFile(kept.head, await read('checkpoint'));
      return kept;
    },
    async stop() {
      await server.close();
      await toy.remove();
      for (const folder of [outside, logDirectory]) await rm(folder, { recursive: true, force: true });
    },
  };
}
