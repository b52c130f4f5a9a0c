import type { LightMyRequestResponse } from 'fastify';
import { beforeAll } from 'vitest';

import { platformRoles, unitRoles } from '../contracts/actor.ts';
import type { Endpoint } from '../contracts/endpoint.ts';
import { allEndpoints } from '../contracts/index.ts';
import { instanceOf } from '../server/platform/instance.ts';
import { anAccount, aUnit, signIn, type TestAccount } from './factories/identity.ts';
import { aDraft } from './factories/library.ts';
import { openReview } from './factories/review.ts';
import { aColumn, aSite, aStage } from './factories/sites.ts';
import { formOf } from './form-data.ts';
import type { TestDatabase } from './harness.ts';
import type { Ask, Attempt, Who, World } from './route-rules.ts';
import { aPlace, aSecretUnit, aStaff, marker, type Place, spreadIds } from './secret-unit.ts';
import type { TestSystem } from './system.ts';

export type Headers = Readonly<Record<string, string>>;
export interface Person {
  readonly account: TestAccount;
  readonly place: Place;
  readonly headers: Headers;
}

export const endpointOf = new Map(allEndpoints.map((one) => [`${one.module}.${one.name}`, one]));

/** Everybody of the table of routes, signed in, and the unit that only some of them may see. */
export interface RouteWorld {
  readonly world: World;
  readonly persons: ReadonlyMap<Who, Person>;
  personOf(who: Who): Person;
  send(attempt: Attempt, ask: Ask, headers: Headers): Promise<LightMyRequestResponse>;
}

/** `onOutsiders` is told who is signed in before the unit has anything. */
export function aRouteWorld(
  { db }: TestDatabase,
  system: TestSystem,
  onOutsiders: (people: readonly Who[]) => Promise<void> = async () => undefined,
): RouteWorld {
  const persons = new Map<Who, Person>();
  const built: { world?: World; portalColumnId?: string } = {};
  const personOf = (who: Who): Person => {
    const person = persons.get(who);
    if (!person) throw new Error(`nobody is ${who}`);
    return person;
  };
  async function enter(who: Who, account: TestAccount, place: Place): Promise<void> {
    persons.set(who, { account, place, headers: await signIn(system.app, account) });
  }

  async function enterStrangers(): Promise<void> {
    const office = await aUnit(db, { name: '区政府办公室' });
    const portal = await aSite(aStage(db), {
      unitId: office.id,
      isPortal: true,
      name: '门户',
      shortName: '门户',
    });
    built.portalColumnId = (await aColumn(aStage(db), { site: portal })).id;
    const nowhere = { siteId: portal.id, columnId: '0' };
    for (const role of platformRoles)
      await enter(role, await anAccount(db, { unit: office, roles: [role] }), nowhere);
    const elsewhere = await aUnit(db, { name: '另一单位' });
    const place = await aPlace(db, elsewhere, (what) => `另一${what}`);
    const staff = await aStaff(db, elsewhere, () => '另一个人');
    for (const role of unitRoles) await enter(`other ${role}`, staff[role], place);
    await aDraft(db, { editor: staff.editor, column: { id: place.columnId } });
    await enter('nobody', await anAccount(db, { unit: elsewhere, roles: ['editor'] }), place);
    await onOutsiders(['audit-admin', ...unitRoles.map((role): Who => `other ${role}`)]);
  }

  async function enterSecretUnit(): Promise<void> {
    const above = await aUnit(db, { name: '上级单位' });
    const secret = await aSecretUnit(db, above);
    const below = await aUnit(db, { parent: secret.unit, name: '下级单位' });
    for (const role of unitRoles) await enter(`own ${role}`, secret.staff[role], secret);
    const place = await aPlace(db, below, (what) => `下级${what}`);
    await enter('above', await anAccount(db, { unit: above, roles: unitRoles }), secret);
    await enter('below', await anAccount(db, { unit: below, roles: unitRoles, realName: '下级的人' }), place);
    // A platform that has been asked once has a name and a key to seal with.
    await instanceOf(db);
    await system.parts.seal();
    await onOutsiders(['below']);
    const inReview = await secret.inReview();
    built.world = {
      db,
      secret,
      draft: await secret.draft(),
      inReview,
      scheduled: await secret.scheduled(),
      live: await secret.live(),
      withdrawn: await secret.withdrawn(),
      discarded: await secret.discarded(),
      portalColumnId: built.portalColumnId ?? '0',
      reviewId: (await openReview(db, inReview.id)).id,
      assetId: await upload(secret.unit.id),
      seal: system.parts.seal,
      exportsDirectory: system.parts.exportsDirectory,
      correctionId: await secret.correction(),
      platformAccount: () => anAccount(db, { unit: above, roles: ['supervisor'] }),
      now: system.parts.options.clock,
      mine: personOf,
    };
  }

  async function upload(unitId: string): Promise<string> {
    const file = formOf({ unitId }, { name: `${marker}.txt`, bytes: `contents ${marker}` });
    const stored = await system.app.inject({
      method: 'POST',
      url: '/api/assets',
      headers: { ...personOf('own editor').headers, ...file.headers },
      payload: file.payload,
    });
    return stored.json<{ id: string }>().id;
  }

  beforeAll(async () => {
    await spreadIds(db);
    await enterStrangers();
    await enterSecretUnit();
  }, 120_000);

  return {
    persons,
    personOf,
    get world() {
      if (!built.world) throw new Error('the world is made in beforeAll');
      return built.world;
    },
    send: (attempt, ask, headers) => {
      const endpoint = endpointOf.get(attempt.endpoint) as Endpoint;
      const path = endpoint.path.replaceAll(/:(\w+)/g, (_all, name: string) => ask.params?.[name] ?? '');
      const query = new URLSearchParams(ask.query ?? {}).toString();
      return system.app.inject({
        method: endpoint.method,
        url: query === '' ? path : `${path}?${query}`,
        headers: { ...ask.headers, ...headers },
        ...(ask.payload === undefined ? {} : { payload: ask.payload as object }),
      });
    },
  };
}
