import { sql } from 'kysely';

import type { Facets, ResourcePage } from '../contracts/library.ts';
import type { Session } from '../contracts/identity.ts';
import { createConsole } from '../server/app.ts';
import { indexWaiting } from '../server/modules/library/index.ts';
import type { Db } from '../server/platform/db.ts';
import type { Http } from '../server/platform/http.ts';
import type { Bench } from './bench.types.ts';
import { type District, password } from './district.ts';
import { fillTexts } from './fill-texts.ts';
import { inMilliseconds, quantile, withCommas } from './figures.ts';

const targetMilliseconds = 100;
const timesEach = 20;

/** The console's list of resources: filters, sorting, paging and the capped count, through the HTTP application. */
export const consoleLists: Bench = {
  name: 'lists',
  async run(scene) {
    const district = await scene.district();
    const { parts } = district;
    scene.say(`filling the library up to ${withCommas(scene.rows)} resources`);
    while ((await indexWaiting(parts.db, 'imported')) > 0);
    await fillUp(parts.db, scene.rows, district.unitIds);
    await fillTexts(parts.db);
    const app = await createConsole(parts);
    try {
      const all: number[] = [];
      const slowest = { name: '', p95: 0 };
      for (const [login, who] of peopleOf(district)) {
        const headers = await signIn(app, login);
        for (const [name, query] of await listsOf(app, headers, district)) {
          const times = [...(await ask(app, headers, query)), ...(await ask(app, headers, query, facets))];
          all.push(...times);
          const p95 = quantile(times, 0.95);
          scene.say(
            `${who}, ${name}: p50 ${inMilliseconds(quantile(times, 0.5))}, p95 ${inMilliseconds(p95)}`,
          );
          if (p95 > slowest.p95) Object.assign(slowest, { name: `${who}, ${name}`, p95 });
        }
      }
      const p95 = quantile(all, 0.95);
      const resources = `${withCommas(scene.rows)} resources of 60 units`;
      const target = `p95 ≤ ${String(targetMilliseconds)} ms`;
      return [
        {
          what: `Console lists with filters and counts, ${resources}, all questions together`,
          ours: `p50 ${inMilliseconds(quantile(all, 0.5))}, p95 ${inMilliseconds(p95)}`,
          target,
          met: p95 <= targetMilliseconds,
        },
        {
          what: `Console lists: the slowest kind of question (${slowest.name})`,
          ours: `p95 ${inMilliseconds(slowest.p95)}`,
          target,
          met: slowest.p95 <= targetMilliseconds,
        },
      ];
    } finally {
      await app.close();
    }
  },
};

function peopleOf({ operatorLogin, teams }: District): readonly (readonly [string, string])[] {
  return [
    [operatorLogin, 'all units'],
    [`bianji.${teams[0]?.site.key ?? ''}`, 'one unit'],
  ];
}

/**
 * Rows of the library only: lists read nothing else. Titles and revisions are those of the documents, in turn; unit,
 * type, stage and numbers are drawn apart from each other, or a filter by two of them would find all or nothing. The
 * index over titles is made anew afterwards, which takes a fraction of the time.
 */
async function fillUp(db: Db, rows: number, unitIds: readonly string[]): Promise<void> {
  await sql`drop index library.resource_title_pairs`.execute(db);
  await sql`
    insert into library.resource (unit_id, type, stage, title, document_number, open_mode, validity, year,
      head_revision_id, live_revision_id, index_number, first_published_at, last_published_at, created_at, updated_at)
    select (${[...unitIds]}::bigint[])[1 + n % ${unitIds.length}::int],
      case when drawn.type = 0 then 'policy' else 'article' end,
      case when drawn.live then 'live' else (array['draft', 'in-review', 'returned', 'withdrawn'])[1 + drawn.stage] end,
      model.title || ' ' || n,
      case when drawn.type = 0 then '浔府发〔' || 2008 + drawn.number % 17 || '〕' || 1 + drawn.number / 17 || '号' end,
      case when drawn.number % 50 = 0 then '依申请公开' else '主动公开' end,
      case when drawn.type = 0 then (array['有效', '有效', '有效', '有效', '有效', '已修改', '废止', '失效'])[1 + drawn.number % 8] end,
      2008 + drawn.number % 17,
      model.live_revision_id, case when drawn.live then model.live_revision_id end,
      case when drawn.live then 'B' || lpad((n % 60)::text, 8, '0') || '/2016-' || n end, given.at, given.at, given.at, given.at
    from generate_series(1, ${rows}::int - (select count(*)::int from library.resource)) n
    cross join lateral (
      select abs(hashint4(n)) % 5 as type, abs(hashint4(-n)) % 10 < 8 as live, abs(hashint4(n * 2)) % 4 as stage,
        abs(hashint4(n * 3)) % 6800 as number
    ) drawn
    cross join lateral (select now() - n * interval '5 minutes' as at) given
    join (
      select title, live_revision_id, row_number() over (order by id) - 1 as place
      from library.resource where live_revision_id is not null
    ) model on model.place = n % (select count(*) from library.resource where live_revision_id is not null)`.execute(
    db,
  );
  await sql`
    create index resource_title_pairs on library.resource using gin (library.character_pairs(title))`.execute(
    db,
  );
  // Their texts come into the index by another way.
  await sql`truncate library.text_waiting`.execute(db);
  await sql`vacuum analyze library.resource`.execute(db);
}

type Headers = Readonly<Record<string, string>>;

async function signIn(app: Http, login: string): Promise<Headers> {
  const answer = await app.inject({ method: 'POST', url: '/api/session', payload: { login, password } });
  const [cookie] = answer.cookies;
  if (answer.statusCode !== 201 || !cookie) throw new Error(`${login} cannot sign in: ${answer.body}`);
  return { cookie: `${cookie.name}=${cookie.value}`, 'x-csrf-token': answer.json<Session>().csrfToken };
}

type Query = Readonly<Record<string, string>>;

async function listsOf(
  app: Http,
  headers: Headers,
  { unitIds, teams }: District,
): Promise<readonly (readonly [string, Query])[]> {
  const unitId = teams[0]?.unitId ?? unitIds[0] ?? '0';
  const month = 30 * 86_400_000;
  const updatedFrom = new Date(Date.now() - 2 * month).toISOString();
  const updatedTo = new Date(Date.now() - month).toISOString();
  let cursor = '';
  for (let page = 0; page < 5; page += 1) {
    const { nextCursor } = await list(app, headers, { limit: '100', ...(cursor === '' ? {} : { cursor }) });
    cursor = nextCursor ?? cursor;
  }
  const columnId = await fullestColumn(app, headers);
  return [
    ['no filter', {}],
    ['live', { stage: 'live' }],
    ['drafts', { stage: 'draft' }],
    ['returned policies', { stage: 'returned', type: 'policy' }],
    ['one unit', { unitId }],
    ['one unit, live, by publication', { unitId, stage: 'live', sort: 'published' }],
    ['newest publications', { sort: 'published' }],
    ['oldest first', { order: 'asc' }],
    ['a month', { updatedFrom, updatedTo }],
    ['the sixth hundred', { limit: '100', ...(cursor === '' ? {} : { cursor }) }],
    ['two common characters', { q: '规定' }],
    ['two rare characters', { q: '鹿茸' }],
    ['a phrase', { q: '安全生产' }],
    ['a phrase that stands nowhere', { q: '量子计算机的维护' }],
    ['a phrase among drafts', { q: '安全生产', stage: 'draft' }],
    ['in texts, a common word', { q: '工作', searchIn: 'text' }],
    ['in texts, a common word of a unit', { q: '关于', searchIn: 'text', unitId }],
    ['in texts, a rare word', { q: '鹿茸', searchIn: 'text' }],
    ['in texts, a phrase', { q: '安全生产', searchIn: 'text' }],
    ['in texts, by type and date', { q: '工作', searchIn: 'text', type: 'policy', updatedFrom, updatedTo }],
    ['an index number', { q: 'B00000003/2016-600003' }],
    ['how the index numbers of a unit begin', { q: 'B00000003' }],
    ['a document number', { q: '浔府发〔2016〕120号' }],
    ['how the document numbers of a year begin', { q: '浔府发〔2016〕' }],
    ['a year', { year: '2016' }],
    ['abolished documents', { validity: '废止' }],
    ['abolished documents of a unit and a year', { unitId, validity: '废止', year: '2016' }],
    ['what is open on request', { openMode: '依申请公开' }],
    ['returned, of a year, open on request', { stage: 'returned', year: '2012', openMode: '依申请公开' }],
    ...(columnId === undefined
      ? []
      : ([
          ['a column', { columnId }],
          ['live policies of a column', { columnId, type: 'policy', stage: 'live' }],
        ] as const)),
  ];
}

/** The column in which most of the newest resources stand that somebody sees. */
async function fullestColumn(app: Http, headers: Headers): Promise<string | undefined> {
  return ((await get(app, headers, facets, {})) as Facets).columnId[0]?.value;
}

const lists = '/api/resources';
const facets = '/api/resource-facets';

async function get(app: Http, headers: Headers, url: string, query: Query): Promise<unknown> {
  const answer = await app.inject({ method: 'GET', url, headers, query: { ...query } });
  if (answer.statusCode !== 200) throw new Error(`${url} ${JSON.stringify(query)}: ${answer.body}`);
  return answer.json();
}

async function list(app: Http, headers: Headers, query: Query): Promise<ResourcePage> {
  return (await get(app, headers, lists, query)) as ResourcePage;
}

/** How long the list takes, or what it can be narrowed by. */
async function ask(app: Http, headers: Headers, query: Query, url = lists): Promise<number[]> {
  // Facets are asked for without a place in the list.
  const filters = Object.entries(query).filter(([key]) => key !== 'limit' && key !== 'cursor');
  const asked = url === lists ? query : Object.fromEntries(filters);
  await get(app, headers, url, asked);
  const times: number[] = [];
  for (let time = 0; time < timesEach; time += 1) {
    const started = performance.now();
    await get(app, headers, url, asked);
    times.push(performance.now() - started);
  }
  return times;
}
