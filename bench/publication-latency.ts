import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Actor } from '../contracts/actor.ts';
import { createResource } from '../server/modules/library/index.ts';
import { decideReview, submitResource } from '../server/modules/review/index.ts';
import { openSearchIndex, type SearchIndex } from '../server/modules/search/index.ts';
import { setPlacements } from '../server/modules/sites/index.ts';
import { documentFromText } from '../server/platform/rich-text/index.ts';
import type { Bench, Row } from './bench.types.ts';
import type { District, Team } from './district.ts';
import { inMilliseconds, quantile, withCommas } from './figures.ts';
import { generatedPassage } from './generated-text.ts';

const signOffs = 60;
const targetMilliseconds = 1_000;
const patience = 60_000;
const pagesEvery = 4;
const searchEvery = 15;

interface Ready {
  readonly resourceId: string;
  readonly reviewId: string;
  readonly digest: string;
  readonly title: string;
  readonly team: Team;
}

interface Timing {
  readonly command: number;
  readonly pages: number;
  readonly found: number;
}

/** From the commit of a sign-off until all its pages are on the disk and search finds it. */
export const publicationLatency: Bench = {
  name: 'latency',
  async run(scene) {
    const district = await scene.district();
    const { place, parts } = district;
    const ready: Ready[] = [];
    for (let number = 0; number < signOffs; number += 1) ready.push(await prepare(district, number));
    const worker = await place.startProgram({ roles: 'worker' });
    const index = openSearchIndex({ directory: parts.searchDirectory, log: parts.options.log });
    try {
      await untilQuiet(district);
      scene.say(`${String(signOffs)} sign-offs, one after another`);
      const timings: Timing[] = [];
      for (const one of ready) timings.push(await signOff(district, index, one));
      return rowsOf(timings, scene.size);
    } finally {
      await index.close();
      await worker.stop();
    }
  },
};

function rowsOf(timings: readonly Timing[], size: number): readonly Row[] {
  const row = (what: string, values: readonly number[]): Row => {
    const p95 = quantile(values, 0.95);
    return {
      what,
      ours: `p50 ${inMilliseconds(quantile(values, 0.5))}, p95 ${inMilliseconds(p95)}, slowest ${inMilliseconds(Math.max(...values))}`,
      target: 'p95 < 1 s',
      met: p95 < targetMilliseconds,
    };
  };
  const among = `${withCommas(size)} documents, 60 sites`;
  const commands = timings.map((one) => one.command);
  return [
    row(
      `Sign-off → own page, column, home, portal's column and home, RSS, sitemap on disk (${among})`,
      timings.map((one) => one.pages),
    ),
    row(
      'Sign-off → found by search',
      timings.map((one) => one.found),
    ),
    {
      what: 'The sign-off command itself, until its commit',
      ours: `p50 ${inMilliseconds(quantile(commands, 0.5))}, p95 ${inMilliseconds(quantile(commands, 0.95))}`,
    },
  ];
}

const checks = { openness: '主动公开', opennessChecked: true, secrecyChecked: true } as const;

/** Everything up to the last step. */
async function prepare({ parts, teams }: District, number: number): Promise<Ready> {
  const team = teams[number % teams.length];
  if (!team) throw new Error('no team signs off');
  const passage = generatedPassage(900_000 + number);
  // A word that stands nowhere else.
  const title = `${passage.title}编号${Buffer.from(`jy${String(number)}x`).toString('hex')}`;
  const content = {
    title,
    body: documentFromText(passage.text),
    source: team.site.name,
    category: '通知公告',
    openMode: '主动公开',
    producedOn: '2026-11-20',
    openTimeLimit: '常年公开',
    openScope: '面向全社会',
  };
  const as = { actor: team.editor };
  const resource = await parts.performAsSystem(
    createResource,
    { unitId: team.unitId, type: 'article', content },
    as,
  );
  const placement = { resourceId: resource.id, columnIds: [team.notices.id] };
  await parts.performAsSystem(setPlacements(parts.atlas.base), placement, as);
  const submission = { resourceId: resource.id, expectedVersion: resource.version };
  const submitted = await parts.performAsSystem(submitResource, submission, as);
  const { id: reviewId } = await parts.db
    .selectFrom('review.review')
    .select('id')
    .where('resource_id', '=', resource.id)
    .executeTakeFirstOrThrow();
  const ready: Ready = { resourceId: resource.id, reviewId, digest: submitted.head.digest, title, team };
  for (const step of [0, 1] as const) await decide(parts, ready, { step, actor: team.deciders[step] });
  return ready;
}

async function decide(
  parts: District['parts'],
  { reviewId, digest }: Ready,
  { step, actor }: { readonly step: number; readonly actor: Actor },
): Promise<void> {
  const decision = { reviewId, action: 'approve', step, revisionDigest: digest, ...checks } as const;
  await parts.performAsSystem(decideReview, decision, { actor });
}

async function signOff(district: District, index: SearchIndex, ready: Ready): Promise<Timing> {
  const before = performance.now();
  await decide(district.parts, ready, { step: 2, actor: ready.team.deciders[2] });
  const committed = performance.now();
  const watched = await pagesToWatch(district, ready);
  const [pages, found] = await Promise.all([
    untilPagesShow(watched, committed),
    untilFound(index, ready, committed),
  ]);
  await untilQuiet(district);
  return { command: committed - before, pages, found };
}

interface WatchedPage {
  readonly file: string;
  /** What stands on it once it is up to date. */
  readonly sign: string;
}

async function pagesToWatch(
  { parts, portal, gathered }: District,
  { resourceId, team, title }: Ready,
): Promise<readonly WatchedPage[]> {
  const { path } = await parts.db
    .selectFrom('sites.address')
    .select('path')
    .where('resource_id', '=', resourceId)
    .executeTakeFirstOrThrow();
  const page = (siteId: string, name: string, sign: string): WatchedPage => ({
    file: join(parts.pagesDirectory, siteId, name),
    sign,
  });
  const part = `/sitemap-${String(Math.floor(Number(resourceId) / 2_000))}.xml`;
  return [
    page(team.site.id, path, title),
    page(team.site.id, `${team.notices.path}index.html`, title),
    page(team.site.id, `${team.notices.path}rss.xml`, title),
    page(team.site.id, 'index.html', title),
    page(team.site.id, part, path),
    page(portal.id, `${gathered.path}index.html`, title),
    page(portal.id, `${gathered.path}rss.xml`, title),
    page(portal.id, 'index.html', title),
  ];
}

async function untilPagesShow(pages: readonly WatchedPage[], since: number): Promise<number> {
  const missing = new Set(pages);
  const lastSeen = new Map<WatchedPage, number>();
  while (missing.size > 0) {
    for (const page of missing) {
      const changed = await stat(page.file).then(
        (found) => found.mtimeMs,
        () => undefined,
      );
      if (changed === undefined || changed === lastSeen.get(page)) continue;
      lastSeen.set(page, changed);
      if ((await readFile(page.file, 'utf8')).includes(page.sign)) missing.delete(page);
    }
    if (performance.now() - since > patience) {
      throw new Error(`never up to date: ${[...missing].map((page) => page.file).join(', ')}`);
    }
    if (missing.size > 0) await sleep(pagesEvery);
  }
  return performance.now() - since;
}

async function untilFound(
  index: SearchIndex,
  { title, resourceId, team }: Ready,
  since: number,
): Promise<number> {
  const q = title.slice(title.indexOf('编号') + 2);
  const scope = { site: team.site.id };
  const query = {
    q,
    scope,
    kind: null,
    unit: null,
    year: null,
    page: 1,
    size: 10,
    order: 'relevance',
  } as const;
  for (;;) {
    const { hits } = await index.query(query);
    if (hits.some((hit) => hit.key.endsWith(`/${resourceId}`))) return performance.now() - since;
    if (performance.now() - since > patience) throw new Error(`never found: ${q}`);
    await sleep(searchEvery);
  }
}

/** One publication must not be measured with the rest of the one before it. */
async function untilQuiet({ parts: { db } }: District): Promise<void> {
  const tables = ['publishing.dirty', 'search.dirty', 'platform.event_delivery'] as const;
  for (const table of tables) {
    for (;;) {
      const row = await db
        .selectFrom(table)
        .select((is) => is.fn.countAll<string>().as('left'))
        .executeTakeFirstOrThrow();
      if (Number(row.left) === 0) break;
      await sleep(20);
    }
  }
}
