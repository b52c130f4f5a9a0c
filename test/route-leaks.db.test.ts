import type { LightMyRequestResponse } from 'fastify';
import { describe, expect, it } from 'vitest';

import type { Role } from '../contracts/actor.ts';
import type { Problem } from '../contracts/endpoint.ts';
import { errorCodes } from '../contracts/index.ts';
import { anAccount, signIn } from './factories/identity.ts';
import { aDraft, someContent } from './factories/library.ts';
import { aDatabase } from './harness.ts';
import { attempts } from './route-attempts.ts';
import {
  type Ask,
  type Attempt,
  everybody,
  expectedOf,
  outsiders,
  signedIn,
  type Who,
} from './route-rules.ts';
import { aRouteWorld, endpointOf, type Person } from './route-world.ts';
import { marker, secretIds } from './secret-unit.ts';
import { aSystem } from './system.ts';

/** Lists and counts that somebody sees of everything; what another unit does must not show in them. */
const overviews = [
  '/api/units',
  '/api/accounts',
  '/api/resources',
  '/api/resources?sort=published',
  '/api/resources?q=a',
  '/api/sites',
  '/api/columns',
  '/api/columns?writable=true',
  '/api/reviews',
  '/api/imports',
  '/api/reviews?mine=true',
  '/api/workbench',
];

const statusOf: Readonly<Record<number, string>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'hidden',
};

interface Refusal extends Pick<Problem, 'code' | 'requestId'> {
  readonly who: Who;
}

describe('the table of who may do what', () => {
  it('has a row for every endpoint, and no row for one that is gone', () => {
    expect([...new Set(attempts.map((one) => one.endpoint))].sort()).toEqual([...endpointOf.keys()].sort());
  });

  it('says exactly one thing for everybody', () => {
    const wrong = attempts.flatMap((one) =>
      everybody
        .filter((who) => expectedOf(one.rule, who) === 'not in the table')
        .map((who) => `${one.endpoint} ${one.what}: ${who}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('every route, asked by everybody', () => {
  const database = aDatabase();
  const { db } = database;
  const start = new Date();
  const system = aSystem(database, { clock: () => start });
  const before = new Map<Who, readonly string[]>();
  const routes = aRouteWorld(database, system, async (people) => {
    for (const who of people) before.set(who, await overviewsOf(who));
  });
  let secrets: readonly string[] = [];

  /** The auditor reads the names of all units, and nothing else of them. */
  const overviewsFor = (who: Who) => (who === 'audit-admin' ? overviews.slice(1) : overviews);

  async function overviewsOf(who: Who): Promise<readonly string[]> {
    const answers: string[] = [];
    for (const url of overviewsFor(who)) {
      const answer = await system.app.inject({ url, headers: routes.personOf(who).headers });
      answers.push(`${answer.statusCode} ${answer.body.replace(/"requestId":"[^"]*"/, '')}`);
    }
    return answers;
  }

  /** Somebody like them, for what uses up a session. */
  async function twinOf(who: Who): Promise<Person> {
    const { account, place } = routes.personOf(who);
    const roles: readonly Role[] = account.roles;
    // In a unit of their own, so that nobody's list of accounts grows by them.
    const twin = await anAccount(db, { roles });
    return { account: twin, place, headers: who === 'nobody' ? {} : await signIn(system.app, twin) };
  }

  function outcomeOf(answer: LightMyRequestResponse): string {
    if (answer.statusCode < 300) return 'allowed';
    const { code } = answer.json<Problem>();
    if (code === 'request.not-found' || !errorCodes.includes(code)) return `${answer.statusCode} ${code}`;
    return statusOf[answer.statusCode] ?? `${answer.statusCode} ${code}`;
  }

  /** What of the secret unit an answer gives away. */
  function leaksIn(answer: LightMyRequestResponse, who: Who): readonly string[] {
    const text = `${JSON.stringify(answer.headers)} ${answer.body}`;
    const found = [marker, ...secrets].filter((secret) => text.toLowerCase().includes(secret));
    // A unit knows which unit it hangs below.
    return who === 'below' ? found.filter((secret) => secret !== routes.world.secret.unit.id) : found;
  }

  /** Whether each refusal is on the audit log, with its code and under the name of whoever asked. */
  async function unnoted(refusals: readonly Refusal[]): Promise<readonly string[]> {
    const named = refusals.filter(({ who }) => who !== 'nobody');
    if (named.length === 0) return [];
    const noted = await db
      .selectFrom('audit.entry')
      .select(['request_id', 'result', 'code', 'actor_id'])
      .where(
        'request_id',
        'in',
        named.map(({ requestId }) => requestId),
      )
      .execute();
    return named.flatMap(({ who, code, requestId }) => {
      const entries = noted.filter((one) => one.request_id === requestId);
      const [entry] = entries;
      const isNoted = entries.length === 1 && entry?.result === 'refused' && entry.code === code;
      return isNoted && entry.actor_id === routes.personOf(who).account.id
        ? []
        : [`${who}: audit ${JSON.stringify(entries)}`];
    });
  }

  /** Asks for all who are refused, one after another, and looks once what any of them changed and what is noted: looking is most of the work. */
  async function refuseAll(attempt: Attempt, refused: readonly Who[], ask: Ask): Promise<readonly string[]> {
    if (refused.length === 0) return [];
    const stood = await system.fingerprint();
    const problems: string[] = [];
    const refusals: Refusal[] = [];
    for (const who of refused) {
      const answer = await routes.send(attempt, ask, who === 'nobody' ? {} : routes.personOf(who).headers);
      const found = problemsOfRefusal(attempt, who, answer);
      problems.push(...found.map((problem) => `${who}: ${problem}`));
      if (answer.statusCode >= 400) refusals.push({ who, ...answer.json<Problem>() });
    }
    problems.push(...(await unnoted(refusals)));
    const after = await system.fingerprint();
    const changed = Object.keys(after).filter((table) => after[table] !== stood[table]);
    if (changed.length > 0) problems.push(`one of ${refused.join(', ')} changed ${changed.join(' ')}`);
    return problems;
  }

  function problemsOfRefusal(attempt: Attempt, who: Who, answer: LightMyRequestResponse): readonly string[] {
    const should = expectedOf(attempt.rule, who);
    const did = outcomeOf(answer);
    if (did !== should) return [`should be ${should}, was ${did}`];
    if (!outsiders.includes(who) && who !== 'nobody') return [];
    const leaks = leaksIn(answer, who);
    return leaks.length > 0 ? [`gives away ${leaks.join(' ')}`] : [];
  }

  async function allow(attempt: Attempt, who: Who): Promise<readonly string[]> {
    const person = attempt.spends ? await twinOf(who) : routes.personOf(who);
    const ask = await attempt.ask(
      attempt.spends ? { ...routes.world, mine: () => person } : routes.world,
      who,
    );
    const answer = await routes.send(attempt, ask, who === 'nobody' ? {} : person.headers);
    const did = outcomeOf(answer);
    if (did !== 'allowed') return [`should be allowed, was ${did}`];
    const mayKnow = !outsiders.includes(who) || attempt.shownTo?.includes(who);
    const leaks = mayKnow ? [] : leaksIn(answer, who);
    return leaks.length > 0 ? [`gives away ${leaks.join(' ')}`] : [];
  }

  it.each([...endpointOf.keys()])(
    '%s does for everybody what the table says, and gives nothing away',
    { timeout: 120_000 },
    async (endpoint) => {
      const wrong: string[] = [];
      for (const attempt of attempts.filter((one) => one.endpoint === endpoint)) {
        const ask = await attempt.ask(routes.world, 'nobody');
        secrets = await secretIds(db, [routes.world.secret.unit.id]);
        const mayDo = (who: Who) => expectedOf(attempt.rule, who) === 'allowed';
        const refused = everybody.filter((who) => !mayDo(who));
        const problems = [...(await refuseAll(attempt, refused, ask))];
        for (const who of everybody.filter(mayDo))
          problems.push(...(await allow(attempt, who)).map((problem) => `${who}: ${problem}`));
        wrong.push(...problems.map((problem) => `${attempt.what}, ${problem}`));
      }
      expect(wrong).toEqual([]);
    },
  );

  it('shows outsiders the same lists and counts as before the unit had anything', async () => {
    for (const who of outsiders) {
      const now = await overviewsOf(who);
      const changed = overviewsFor(who).filter((_url, index) => now[index] !== before.get(who)?.[index]);
      expect(changed, who).toEqual([]);
    }
  });

  it('lets nobody name another unit’s file, column or unit in what is their own', async () => {
    const { headers, account, place } = routes.personOf('other editor');
    const mine = await aDraft(db, { editor: account, column: { id: place.columnId } });
    const image = { type: 'image', attrs: { assetId: routes.world.assetId, alt: '图' } };
    const contents = [
      someContent({ coverAssetId: routes.world.assetId }),
      someContent({ attachments: [{ assetId: routes.world.assetId, name: 'plan.txt' }] }),
      someContent({ body: { type: 'doc', content: [image] } as never }),
    ];
    const post = (url: string, payload: object, method: 'POST' | 'PUT' = 'POST') =>
      system.app.inject({ method, url, headers, payload });
    const answers = [
      ...(await Promise.all(
        contents.map((content) =>
          post('/api/resources', { unitId: account.unitId, type: 'article', content }),
        ),
      )),
      ...(await Promise.all(
        contents.map((content) =>
          post(`/api/resources/${mine.id}/draft`, { expectedVersion: mine.version, content }, 'PUT'),
        ),
      )),
      await post(
        `/api/resources/${mine.id}/placements`,
        { columnIds: [routes.world.secret.columnId] },
        'PUT',
      ),
    ];
    expect(answers.map((one) => `${one.statusCode} ${one.json<Problem>().code}`)).toEqual([
      ...Array.from({ length: 6 }, () => '422 library.asset-missing'),
      '404 sites.column-not-found',
    ]);
    const asked = [routes.world.assetId, routes.world.secret.columnId];
    const leaks = answers.flatMap((one) =>
      leaksIn(one, 'other editor').filter((secret) => !asked.includes(secret)),
    );
    expect(leaks).toEqual([]);
  });

  it('asks of everybody who is in the table', () => {
    expect([...routes.persons.keys()].filter((who) => who !== 'nobody').sort()).toEqual([...signedIn].sort());
  });
});
