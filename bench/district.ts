import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { Actor, Role } from '../contracts/actor.ts';
import type { ColumnKind } from '../contracts/sites.ts';
import type { Parts } from '../server/app.ts';
import { readArchiveLine } from '../server/archive-line.ts';
import { createAccount, createUnit, getActor, givePassword } from '../server/modules/identity/index.ts';
import type { ImportedItem } from '../server/modules/library/index.ts';
import {
  type ColumnRow,
  createColumn,
  createSite,
  importArchive,
  setMappings,
  type SiteRow,
} from '../server/modules/sites/index.ts';
import { systemActor } from '../server/platform/context.ts';
import { writeSetting } from '../server/platform/settings.ts';
import { startWorker } from '../server/worker.ts';
import { writeArchive } from './corpus.ts';
import { secondsSince } from './figures.ts';
import { createPlace, type Place } from './place.ts';

export const siteCount = 60;
/** Units whose people sign off; the others only have content. */
const teamCount = 12;
const largestBatch = 500;
const smallestBatch = 25;
export const password = 'Linhu-42-Qingshan';

export interface Team {
  readonly unitId: string;
  readonly site: SiteRow;
  readonly notices: ColumnRow;
  readonly editor: Actor;
  /** In the order in which they decide. */
  readonly deciders: readonly [Actor, Actor, Actor];
}

export interface ImportFigures {
  readonly documents: number;
  readonly librarySeconds: number;
  readonly seconds: number;
  readonly peakBytes: number;
}

/** A district of sixty sites with all documents in library, index and pages. */
export interface District {
  readonly place: Place;
  readonly parts: Parts;
  readonly portal: SiteRow;
  /** The portal's column that shows the notices of all units. */
  readonly gathered: ColumnRow;
  readonly teams: readonly Team[];
  readonly unitIds: readonly string[];
  readonly operatorLogin: string;
  readonly figures: ImportFigures;
}

interface Skeleton {
  readonly portal: SiteRow;
  readonly gathered: ColumnRow;
  readonly teams: readonly Team[];
  readonly unitIds: readonly string[];
  /** Where documents go, in turn; the portal's collection takes every second batch. */
  readonly targets: readonly ColumnRow[];
}

const founder: Actor = { ...systemActor('bench'), roles: ['operator', 'system-admin', 'security-admin'] };
const as = { actor: founder };

/** Creates the district and brings the documents in, as `npm run import` does. */
export async function createDistrict(size: number, say: (text: string) => void): Promise<District> {
  const place = await createPlace();
  try {
    const working = await place.openParts(true);
    say('creating 60 units with their sites');
    const skeleton = await createSkeleton(working);
    const operatorLogin = 'bench.operator';
    await createPerson(working, skeleton.unitIds[0] ?? '0', operatorLogin, 'operator');
    const archive = join(place.directory, 'archive.jsonl');
    await writeArchive(archive, size);
    const figures = await importDocuments(working, skeleton, { file: archive, size }, say);
    await rm(archive);
    await writeSetting(working.db, 'publishing.fingerprint', working.fingerprint);
    const { portal, gathered, teams, unitIds } = skeleton;
    const parts = await place.openParts(false);
    return { place, parts, portal, gathered, teams, unitIds, operatorLogin, figures };
  } catch (error) {
    await place.remove();
    throw error;
  }
}

async function createSkeleton(parts: Parts): Promise<Skeleton> {
  const unitIds: string[] = [];
  const sites: SiteRow[] = [];
  const notices: ColumnRow[] = [];
  const targets: ColumnRow[] = [];
  for (let number = 0; number < siteCount; number += 1) {
    const unitId = await createOneUnit(parts, number);
    const site = await createOneSite(parts, unitId, number);
    unitIds.push(unitId);
    sites.push(site);
    const column = async (name: string, slug: string, kind: ColumnKind, homePosition: number) => {
      const made = await parts.performAsSystem(createColumn, columnOf(site, { name, slug, kind }), as);
      // Shown from the beginning: the entries come later, and none of them is to change a navigation.
      const shown = { in_navigation: true, home_position: homePosition };
      await parts.db.updateTable('sites.column').set(shown).where('id', '=', made.id).execute();
      return made;
    };
    notices.push(await column('通知公告', 'tzgg', 'notice', 1));
    targets.push(await column('工作动态', 'gzdt', 'news', 2), await column('政策文件', 'zcwj', 'policy', 3));
  }
  const [portal] = sites;
  const [gathered, ...sources] = notices;
  const [, collection] = targets;
  if (!portal || !gathered || !collection) throw new Error('a district has a portal');
  const sourceColumnIds = sources.map((one) => one.id);
  await parts.performAsSystem(setMappings, { columnId: gathered.id, sourceColumnIds }, as);
  const teams: Team[] = [];
  for (let number = 1; number <= teamCount; number += 1) {
    const [site, column] = [sites[number], notices[number]];
    if (site && column) teams.push(await createTeam(parts, site, column));
  }
  return {
    portal,
    gathered,
    teams,
    unitIds,
    targets: [...sources, ...targets].flatMap((one) => [one, collection]),
  };
}

async function createOneUnit(parts: Parts, number: number): Promise<string> {
  const name = number === 0 ? '区政府办公室' : `区第${String(number)}局`;
  const organisationCode = `0143${String(number).padStart(5, '0')}`;
  const kind = number === 0 ? 'office' : 'department';
  const unit = { parentId: null, name, shortName: name, organisationCode, kind, position: number } as const;
  return (await parts.performAsSystem(createUnit, unit, as)).id;
}

function createOneSite(parts: Parts, unitId: string, number: number): Promise<SiteRow> {
  const key = number === 0 ? 'www' : `u${String(number)}`;
  const name = number === 0 ? '测量区人民政府' : `测量区第${String(number)}局`;
  return parts.performAsSystem(
    createSite,
    {
      unitId,
      key,
      name,
      shortName: name,
      isPortal: number === 0,
      state: 'online',
      description: `${name}的网站，供测量之用。`,
      domains: [`${key}.localhost`],
      identityCode: '3604030001',
      icpNumber: '赣ICP备12345678号',
      policeNumber: '赣公网安备36040302000001号',
      organiser: name,
      contact: '0792-1234567',
      address: '测量路1号',
      theme: { primary: '#a61c1c' },
      demonstration: true,
    },
    as,
  );
}

function columnOf(site: SiteRow, wishes: { name: string; slug: string; kind: ColumnKind }) {
  return {
    ...wishes,
    siteId: site.id,
    parentId: null,
    unitId: site.unitId,
    description: `${site.name}的${wishes.name}`,
    keywords: wishes.name,
    updateRule: null,
    hiddenWhenEmpty: false,
  };
}

async function createTeam(parts: Parts, site: SiteRow, notices: ColumnRow): Promise<Team> {
  const person = (name: string, role: Role): Promise<Actor> =>
    createPerson(parts, site.unitId, `${name}.${site.key}`, role);
  return {
    unitId: site.unitId,
    site,
    notices,
    editor: await person('bianji', 'editor'),
    deciders: [
      await person('chushen', 'reviewer'),
      await person('fushen', 'reviewer'),
      await person('qianfa', 'principal'),
    ],
  };
}

async function createPerson(parts: Parts, unitId: string, login: string, role: Role): Promise<Actor> {
  const account = { unitId, login, realName: '测量人员', phone: null, roles: [role] };
  const { accountId } = await parts.performAsSystem(createAccount, account, as);
  await parts.performAsSystem(givePassword, { accountId, password, mustChange: false }, as);
  return getActor(parts.db, accountId);
}

interface Archive {
  readonly file: string;
  readonly size: number;
}

async function importDocuments(
  parts: Parts,
  skeleton: Skeleton,
  { file, size }: Archive,
  say: (text: string) => void,
): Promise<ImportFigures> {
  let peakBytes = process.memoryUsage.rss();
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }, 100);
  // In a short run too, the documents reach many columns.
  const wanted = Math.floor(size / skeleton.targets.length);
  const batchSize = Math.max(smallestBatch, Math.min(largestBatch, wanted));
  const started = performance.now();
  let documents = 0;
  let batch: ImportedItem[] = [];
  let batches = 0;
  const flush = async (): Promise<void> => {
    const column = skeleton.targets[batches % skeleton.targets.length];
    if (!column || batch.length === 0) return;
    const items = batch;
    batch = [];
    batches += 1;
    const done = await parts.performAsSystem(importArchive, {
      unitId: column.unitId,
      columnId: column.id,
      items,
    });
    documents += done.length;
    if (batches % 50 === 0) say(`${String(documents)} documents are in the library`);
  };
  try {
    const defaults = { category: '法律法规', unitName: '区政府办公室' };
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      batch.push(readArchiveLine(line, { laws: false, defaults }));
      if (batch.length >= batchSize) await flush();
    }
    await flush();
    const librarySeconds = secondsSince(started);
    say('publishing and indexing');
    const worker = await startWorker(parts);
    await worker.settled();
    const seconds = secondsSince(started);
    await worker.stop();
    return { documents, librarySeconds, seconds, peakBytes };
  } finally {
    clearInterval(watch);
  }
}
