import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Actor } from '../contracts/actor.ts';
import { createEngine } from '../server/app.ts';
import { createResource } from '../server/modules/library/index.ts';
import { markAll } from '../server/modules/publishing/index.ts';
import { decideReview, secrecyItemsOn, submitResource } from '../server/modules/review/index.ts';
import { openSearchIndex, type SearchIndex } from '../server/modules/search/index.ts';
import { setPlacements, withdrawResource } from '../server/modules/sites/index.ts';
import { dayInChina } from '../server/platform/china-time.ts';
import { documentFromText } from '../server/platform/rich-text/index.ts';
import type { Bench, Row } from './bench.types.ts';
import type { District, Team } from './district.ts';
import { inMilliseconds, quantile, withCommas } from './figures.ts';
import { generatedPassage } from './generated-text.ts';
import { multiplyDocuments } from './multiply.ts';
import { timeUrgentNotices } from './urgent-latency.ts';
import {
  forgetBackground,
  pagesInBackground,
  timeAct,
  untilPagesShow,
  untilPersonsServed,
  type WatchedPage,
} from './watched-pages.ts';

const signOffs = 60;
const withdrawals = 20;
const targetMilliseconds = 1_000;
const patience = 60_000;
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
    await multiplyDocuments(district, scene.among, scene.say);
    const ready: Ready[] = [];
    for (let number = 0; number < 2 * signOffs; number += 1) ready.push(await prepare(district, number));
    const worker = await place.startProgram({ roles: 'worker' });
    const index = openSearchIndex({ directory: parts.searchDirectory, log: parts.options.log });
    try {
      await untilPersonsServed(district);
      scene.say(`${String(signOffs)} sign-offs, one after another`);
      const quiet: Timing[] = [];
      for (const one of ready.slice(0, signOffs)) quiet.push(await signOff(district, index, one));
      const rows = rowsOf(quiet, Math.max(scene.size, scene.among));
      const [first] = ready;
      if (first) {
        scene.say('urgent notices on every site');
        const shown = await timeUrgentNotices(district, first.resourceId, first.team.deciders[2]);
        rows.push(rowOf('Urgent notice → every home page and every fragment of 60 sites', shown));
      }
      scene.say(`${String(withdrawals)} withdrawals`);
      rows.push(rowOf('Withdrawal → page gone, lists without it', await timeWithdrawals(district, ready)));
      scene.say('sign-offs while all pages are rebuilt');
      rows.push(await signOffsDuringRebuild(district, index, ready.slice(signOffs)));
      return rows;
    } finally {
      await index.close();
      await worker.stop();
    }
  },
};

/** The same while every page is made again: those that were signed off before the rebuild had ended count. */
async function signOffsDuringRebuild(
  district: District,
  index: SearchIndex,
  ready: readonly Ready[],
): Promise<Row> {
  await markAll(await createEngine(district.parts, 0));
  const all = await pagesInBackground(district);
  const during: Timing[] = [];
  for (const one of ready) {
    const timing = await signOff(district, index, one);
    if ((await pagesInBackground(district)) === 0) break;
    during.push(timing);
  }
  await forgetBackground(district);
  if (during.length === 0)
    return { what: 'Sign-off during a rebuild', ours: 'the rebuild ended before the first' };
  return rowOf(
    `Sign-off → pages on disk while ${withCommas(all)} pages are rebuilt in the background (${String(during.length)} sign-offs)`,
    during.map((one) => one.pages),
  );
}

function timeWithdrawals(district: District, ready: readonly Ready[]): Promise<readonly number[]> {
  return timeAct(district, {
    times: withdrawals,
    async act(number) {
      const one = ready[number];
      if (!one) throw new Error('nothing is left to withdraw');
      const { resourceId } = one;
      const watched = (await pagesToWatch(district, one)).filter((page) => page.sign === one.title);
      const { version: expectedVersion } = await district.parts.db
        .selectFrom('library.resource')
        .select('version')
        .where('id', '=', resourceId)
        .executeTakeFirstOrThrow();
      const input = { resourceId, expectedVersion, reason: '内容有误，撤回更正' };
      await district.parts.performAsSystem(withdrawResource, input, { actor: one.team.deciders[2] });
      return watched.map((page) => ({ ...page, leaves: true }));
    },
  });
}

function rowOf(what: string, milliseconds: readonly number[]): Row {
  const p95 = quantile(milliseconds, 0.95);
  return {
    what,
    ours: `p50 ${inMilliseconds(quantile(milliseconds, 0.5))}, p95 ${inMilliseconds(p95)}, slowest ${inMilliseconds(Math.max(...milliseconds))}`,
    target: 'p95 < 1 s',
    met: p95 < targetMilliseconds,
  };
}

function rowsOf(timings: readonly Timing[], size: number): Row[] {
  const among = `${withCommas(size)} documents, 60 sites`;
  const commands = timings.map((one) => one.command);
  return [
    rowOf(
      `Sign-off → own page, column, home, portal's column and home, RSS, sitemap on disk (${among})`,
      timings.map((one) => one.pages),
    ),
    rowOf(
      'Sign-off → found by search',
      timings.map((one) => one.found),
    ),
    {
      what: 'The sign-off command itself, until its commit',
      ours: `p50 ${inMilliseconds(quantile(commands, 0.5))}, p95 ${inMilliseconds(quantile(commands, 0.95))}`,
    },
  ];
}

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
  const items = await secrecyItemsOn(parts.db, dayInChina(new Date()));
  const decision = {
    reviewId,
    action: 'approve',
    step,
    revisionDigest: digest,
    signedBy: { method: 'password' },
    assessment: {
      openMode: '主动公开',
      answers: items.map(({ key }) => ({ item: key, answer: 'no' as const })),
    },
  } as const;
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
  await untilPersonsServed(district);
  return { command: committed - before, pages, found };
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
