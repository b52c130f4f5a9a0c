import type { Neighbourhood, ResourceRelation } from '../../../contracts/library.ts';
import type { Reader } from '../../platform/http.ts';
import { unitNames } from '../identity/index.ts';
import { getHead, getResource } from './find-resource.ts';
import { knownResources } from './known.queries.ts';
import { namedIn, relationsAround } from './relation.queries.ts';

/** More than these nobody takes in, in a picture or in a list. */
const mostResources = 40;
const mostRelations = 200;
const farthest = 2;

const keyOf = ({ from, to, kind }: Pick<ResourceRelation, 'from' | 'to' | 'kind'>): string =>
  `${from} ${kind} ${to}`;

/**
 * What a resource names and what names it, two steps far: the recorded relations, and what its newest revision names
 * beyond them. Who asks learns of nothing that is neither public nor of the own units.
 */
export async function findNeighbourhood(reader: Reader, id: string): Promise<Neighbourhood> {
  const row = await getResource(reader, id);
  const named = namedIn((await getHead(reader, row)).content);
  const found = new Map<string, ResourceRelation>();
  const seen = new Set([row.id, ...named.map((one) => one.targetId)]);
  let edge: readonly string[] = [row.id];
  let cut = false;
  for (let far = 0; far < farthest && edge.length > 0; far += 1) {
    const around = await relationsAround(reader.db, edge, mostRelations + 1);
    cut ||= around.length > mostRelations;
    const next = new Set<string>(far === 0 ? named.map((one) => one.targetId) : []);
    for (const { resourceId: from, targetId: to, kind } of around.slice(0, mostRelations)) {
      found.set(keyOf({ from, to, kind }), { from, to, kind, isPublic: true });
      for (const end of [from, to]) if (!seen.has(end)) next.add(end);
    }
    for (const end of next) seen.add(end);
    edge = [...next];
  }
  for (const { kind, targetId: to } of named) {
    const relation = { from: row.id, to, kind, isPublic: false };
    if (!found.has(keyOf(relation))) found.set(keyOf(relation), relation);
  }
  return present(reader, row.id, { ids: [...seen], relations: [...found.values()], cut });
}

interface Found {
  /** The nearer ones first. */
  readonly ids: readonly string[];
  readonly relations: readonly ResourceRelation[];
  readonly cut: boolean;
}

async function present(reader: Reader, id: string, { ids, relations, cut }: Found): Promise<Neighbourhood> {
  const known = await knownResources(reader.db, reader.actor.scope, ids);
  const told = relations.filter(({ from, to }) => known.has(from) && known.has(to));
  // Whoever is reached only through somebody unknown stays unknown.
  const joined = new Set([id, ...told.flatMap(({ from, to }) => [from, to])]);
  const near = ids.filter((one) => joined.has(one)).flatMap((one) => known.get(one) ?? []);
  const shown = near.slice(0, mostResources);
  const isShown = new Set(shown.map((one) => one.id));
  const names = await unitNames(reader.db, [...new Set(shown.map((one) => one.unitId))]);
  return {
    resources: shown.map(({ id: one, title, type, unitId, isPublic, isOpen }) => ({
      ...{ id: one, title, type, isPublic, isOpen },
      unitName: names.get(unitId) ?? '',
    })),
    relations: told
      .filter(({ from, to }) => isShown.has(from) && isShown.has(to))
      // What a withdrawn resource named is remembered, and seen by nobody outside.
      .map((one) => ({ ...one, isPublic: one.isPublic && known.get(one.from)?.isPublic === true })),
    cut: cut || near.length > mostResources,
  };
}
