import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'kysely';

import { createEngine, createParts, type Parts } from '../../server/app.ts';
import {
  createFileStore,
  createInlineWriter,
  fullRebuild,
  loadPageKey,
  type PageStore,
  verifyStore,
} from '../../server/modules/publishing/index.ts';
import { openSearchIndex } from '../../server/modules/search/index.ts';
import type { Db } from '../../server/platform/db.ts';
import { createLog } from '../../server/platform/log.ts';
import type { Expected, Ledger } from './ledger.ts';

const log = createLog({ level: 'silent', pretty: false });

export interface Backlog {
  readonly deliveries: number;
  readonly pages: number;
  readonly documents: number;
  readonly intents: number;
  readonly jobs: number;
  readonly failedJobs: number;
  readonly unreleased: number;
}

/** Everything that is still to be done, all of which must come to nothing without hands. */
export async function backlogOf(db: Db): Promise<Backlog> {
  const { rows } = await sql<Record<keyof Backlog, number>>`select
    (select count(*)::int from platform.event_delivery) as deliveries,
    (select count(*)::int from publishing.dirty) as pages,
    (select count(*)::int from search.dirty) as documents,
    (select count(*)::int from publishing.intent) as intents,
    (select count(*)::int from job.job where state in ('created', 'retry', 'active')) as jobs,
    (select count(*)::int from job.job where state = 'failed') as "failedJobs",
    (select count(*)::int from library.resource where stage = 'scheduled') as unreleased`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('no backlog was counted');
  return row;
}

export async function waitUntilSettled(db: Db, seconds: number): Promise<Backlog> {
  const end = Date.now() + seconds * 1_000;
  for (;;) {
    const backlog = await backlogOf(db).catch(() => undefined);
    if (backlog && Object.values(backlog).every((one) => one === 0)) return backlog;
    if (Date.now() > end) {
      if (backlog) return backlog;
      throw new Error('the database does not answer');
    }
    await sleep(100);
  }
}

/** Acknowledged acts of which the database knows nothing. */
export async function missingActs(db: Db, dataDirectory: string, ledger: Ledger): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const one of ledger.acknowledged) {
    const found = await isThere(db, dataDirectory, one);
    if (!found) missing.push(JSON.stringify(one));
  }
  return missing;
}

async function isThere(db: Db, dataDirectory: string, one: Ledger['acknowledged'][number]): Promise<boolean> {
  const has = async (query: ReturnType<typeof sql<{ found: boolean }>>): Promise<boolean> =>
    (await query.execute(db)).rows[0]?.found === true;
  switch (one.act) {
    case 'create':
    case 'save':
      return has(sql`select exists (select from library.revision where resource_id = ${one.resourceId}
        and number = ${one.number} and digest = decode(${one.digest}, 'hex')) as found`);
    case 'place':
      return has(sql`select exists (select from sites.placement where resource_id = ${one.resourceId}
        and column_id = ${one.columnId}) as found`);
    case 'submit':
      return has(sql`select exists (select from review.review where resource_id = ${one.resourceId}
        and revision_digest = decode(${one.digest}, 'hex')) as found`);
    case 'decide':
      return has(sql`select exists (select from review.decision join identity.account on account.id = decided_by
        where review_id = ${one.reviewId} and step = ${one.step} and login = ${one.login}) as found`);
    case 'sign':
      return has(sql`select exists (select from library.resource
        join review.review on review.resource_id = resource.id and review.state = 'signed'
        where resource.id = ${one.resourceId} and resource.index_number = ${one.indexNumber}
          and review.revision_digest = decode(${one.digest}, 'hex')) as found`);
    case 'withdraw':
      return has(sql`select exists (select from library.resource where id = ${one.resourceId}
        and stage = 'withdrawn' and live_revision_id is null) as found`);
    case 'upload': {
      const known = await has(sql`select exists (select from library.asset where id = ${one.assetId}
        and digest = ${one.digest}) as found`);
      const file = join(dataDirectory, 'assets', one.digest.slice(0, 2), one.digest);
      return known && (await readFile(file).then((bytes) => bytes.length > 0));
    }
    case 'pin':
      return has(sql`select not exists (select from sites.listing where resource_id = ${one.resourceId}
        and column_id = ${one.columnId} and pinned_until is distinct from ${one.until}::timestamptz) as found`);
  }
}

/** Acts of the audit record that stand for nothing, and acknowledged acts that it does not know. */
export async function auditGaps(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ gap: string }>`
    select 'signed review without an entry: ' || review.id as gap from review.review
    where state = 'signed' and (select count(*) from audit.entry where action = 'review.decide-review'
      and object_id = review.id::text and result = 'done') < 3
    union all
    select 'revision without an entry: ' || revision.resource_id || '/' || revision.number
    from (select resource_id, count(*) as number from library.revision group by resource_id) as revision
    where (select count(*) from audit.entry where result = 'done' and object_id = revision.resource_id::text
      and action in ('library.create-resource', 'library.save-draft')) < revision.number
    union all
    select 'withdrawal without an entry: ' || resource.id from library.resource
    where stage = 'withdrawn' and not exists (select from audit.entry where action = 'sites.withdraw-resource'
      and object_id = resource.id::text and result = 'done')`.execute(db);
  return rows.map((row) => row.gap);
}

/** Units and years whose index numbers are not 1, 2, 3 … without a gap. */
export async function indexNumberGaps(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ gap: string }>`
    select unit_id || '/' || year || ': ' || count(*) || ' numbers up to ' || max(serial) as gap
    from library.index_number group by unit_id, year
    having count(*) <> max(serial) or count(distinct serial) <> count(*) or min(serial) <> 1`.execute(db);
  return rows.map((row) => row.gap);
}

export interface Place {
  readonly dataDirectory: string;
  readonly templatesDirectory: string;
  readonly publicPort: number;
}

/** The parts of the system in this process, to look at what the others left. */
export function partsOver(databaseUrl: string, place: Place): Parts {
  return createParts({
    databaseUrl,
    dataDirectory: place.dataDirectory,
    templatesDirectory: place.templatesDirectory,
    base: { scheme: 'http', port: place.publicPort },
    log,
    clock: () => new Date(),
    uploadBytes: 10_000_000,
    works: false,
  });
}

export async function storeDifferences(parts: Parts): Promise<readonly string[]> {
  const engine = await createEngine(parts, 0);
  const found = await verifyStore(engine, { key: await loadPageKey(parts.keyFile) });
  return found.map((one) => `${one.problem}: ${one.site}${one.path}`);
}

async function filesIn(store: PageStore): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>([
    ['hosts.json', (await store.readHosts())?.toString('base64') ?? ''],
  ]);
  for (const site of await store.sites()) {
    for await (const name of store.list(site)) {
      files.set(`${site}/${name}`, (await store.read(site, name))?.toString('base64') ?? '');
    }
  }
  return files;
}

/** Builds everything afresh from a copy of the database and compares file by file. Answers the differences. */
export async function differencesToRebuild(
  parts: Parts,
  copyUrl: string,
  directory: string,
): Promise<{ readonly files: number; readonly differences: readonly string[] }> {
  const { dataDirectory, templatesDirectory, base } = parts.options;
  const copy = partsOver(copyUrl, { dataDirectory, templatesDirectory, publicPort: base.port ?? 0 });
  try {
    await sql`truncate publishing.page, publishing.dirty, publishing.intent`.execute(copy.db);
    const store = createFileStore(directory);
    const writer = createInlineWriter(store, await loadPageKey(parts.keyFile));
    await fullRebuild({ ...(await createEngine(copy, 0)), store, writer });
    const [wanted, there] = await Promise.all([
      filesIn(store),
      filesIn(createFileStore(parts.pagesDirectory)),
    ]);
    const names = [...new Set([...wanted.keys(), ...there.keys()])];
    const differences = names
      .filter((name) => wanted.get(name) !== there.get(name))
      .map(
        (name) => `${wanted.has(name) ? (there.has(name) ? 'differs' : 'lacks') : 'has too much'}: ${name}`,
      );
    return { files: there.size, differences };
  } finally {
    await copy.db.destroy();
  }
}

/** Live resources that search does not find, others that it finds. */
export async function searchDifferences(
  parts: Parts,
  expected: Iterable<Expected>,
): Promise<readonly string[]> {
  const index = openSearchIndex({ directory: parts.searchDirectory, log });
  const wrong: string[] = [];
  let live = 0;
  try {
    for (const one of expected) {
      const { hits } = await index.query({
        q: one.token,
        scope: null,
        kind: null,
        unit: null,
        year: null,
        page: 1,
        size: 10,
        order: 'relevance',
      });
      const found = hits.filter((hit) => hit.key === `article/${one.resourceId}`);
      const title = found[0] ? JSON.stringify(found[0].title) : '';
      if (one.state === 'live') live += 1;
      if ((one.state === 'live') !== (found.length === 1))
        wrong.push(`${one.state} but found ${String(found.length)}: ${one.token}`);
      else if (one.state === 'live' && !title.includes(one.mark.slice(1)))
        wrong.push(`an old version is found: ${title}`);
    }
    const { documents } = await index.stats();
    if (documents !== live)
      wrong.push(`the index holds ${String(documents)} documents, ${String(live)} are live`);
  } finally {
    await index.close();
  }
  return wrong;
}
