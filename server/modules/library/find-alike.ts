import {
  type AlikeResource,
  leastAlike,
  type Likeness,
  type LikenessQuery,
  nearlySame,
  type ResourceContent,
} from '../../../contracts/library.ts';
import type { Scope } from '../../../contracts/actor.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { unitNames } from '../identity/index.ts';
import { textOf } from './content-text.ts';
import { getHead, getResource } from './find-resource.ts';
import { candidatesFor, comparableTexts } from './fingerprint.queries.ts';
import {
  estimatedLikeness,
  fingerprintOf,
  inPercent,
  likenessOf,
  minhashFrom,
  stretchesOf,
} from './fingerprint.rules.ts';
import { knownResources } from './known.queries.ts';
import { canEdit } from './resource.policy.ts';
import {
  countLikenesses,
  dismissedOf,
  type FoundLikeness,
  likenessPage,
  type LikenessRow,
} from './likeness.queries.ts';

/** The estimate of eighty hashes may be off by this much; whoever could be alike is compared word for word. */
const margin = 0.15;
const mostCompared = 20;

/** Who says nearly the same as this text, compared whole, the most alike first; as far as the scope may read. */
export async function alikeTo(
  db: Db,
  scope: Scope,
  text: { readonly resourceId: string; readonly content: ResourceContent },
  least: number,
): Promise<readonly FoundLikeness[]> {
  const written = textOf(text.content);
  const fingerprint = fingerprintOf(written);
  if (!fingerprint) return [];
  const likely = (await candidatesFor(db, text.resourceId, fingerprint.bands))
    .map((one) => ({
      id: one.resourceId,
      estimate: estimatedLikeness(fingerprint.minhash, minhashFrom(one.minhash)),
    }))
    .filter((one) => one.estimate >= least / 100 - margin)
    .sort((a, b) => b.estimate - a.estimate)
    .slice(0, mostCompared);
  const others = await comparableTexts(
    db,
    scope,
    likely.map((one) => one.id),
  );
  const own = stretchesOf(written);
  return others
    .map(({ resourceId, content }) => ({
      otherId: resourceId,
      similarity: inPercent(likenessOf(own, stretchesOf(textOf(content)))),
    }))
    .filter((one) => one.similarity >= least)
    .sort((a, b) => b.similarity - a.similarity || Number(BigInt(b.otherId) - BigInt(a.otherId)));
}

const mostTold = 10;

/** For whoever has a resource before them: what says nearly the same, of the own units and of what is public. */
export async function listAlike(reader: Reader, id: string): Promise<AlikeResource[]> {
  const row = await getResource(reader, id);
  const { content } = await getHead(reader, row);
  const { scope } = reader.actor;
  const dismissed = await dismissedOf(reader.db, row.id);
  const found = (await alikeTo(reader.db, scope, { resourceId: row.id, content }, leastAlike))
    .filter((one) => !dismissed.has(one.otherId))
    .slice(0, mostTold);
  const known = await knownResources(
    reader.db,
    scope,
    found.map((one) => one.otherId),
  );
  const names = await unitNames(reader.db, [...new Set([...known.values()].map((one) => one.unitId))]);
  return found.flatMap(({ otherId, similarity }) => {
    const other = known.get(otherId);
    if (!other) return [];
    const { unitId, firstPublishedAt, ...told } = other;
    return [
      {
        ...told,
        unitName: names.get(unitId) ?? '',
        firstPublishedAt: firstPublishedAt?.toISOString() ?? null,
        similarity,
      },
    ];
  });
}

const countCap = 1000;

/** Pairs of the own units that were found in the background. */
export async function listLikenesses(reader: Reader, query: LikenessQuery) {
  const filter = {
    unitId: query.unitId,
    least: query.least ?? nearlySame,
    after: query.cursor === undefined ? undefined : readPairCursor(query.cursor),
  };
  const limit = query.limit ?? 20;
  const { scope } = reader.actor;
  const rows = await likenessPage(reader.db, scope, filter, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await presentPairs(reader, shown),
    nextCursor:
      rows.length > limit && last ? `${String(last.similarity)}.${last.oneId}.${last.otherId}` : null,
    count: await countLikenesses(reader.db, scope, filter, countCap),
  };
}

function readPairCursor(text: string) {
  const [, similarity, oneId, otherId] = /^(\d{1,3})\.([1-9]\d{0,17})\.([1-9]\d{0,17})$/.exec(text) ?? [];
  if (similarity === undefined || oneId === undefined || otherId === undefined) {
    throw new AppError('invalid', 'library.cursor-wrong', '翻页位置无效，请从第一页重新开始。');
  }
  return { similarity: Number(similarity), oneId, otherId };
}

async function presentPairs(reader: Reader, rows: readonly LikenessRow[]): Promise<Likeness[]> {
  const known = await knownResources(
    reader.db,
    reader.actor.scope,
    rows.flatMap((row) => [row.oneId, row.otherId]),
  );
  const names = await unitNames(reader.db, [...new Set([...known.values()].map((one) => one.unitId))]);
  const side = (id: string): Likeness['one'] | undefined => {
    const one = known.get(id);
    return one && { id, title: one.title, unitName: names.get(one.unitId) ?? '', isPublic: one.isPublic };
  };
  return rows.flatMap(({ oneId, otherId, similarity, foundAt }) => {
    const [one, other] = [side(oneId), side(otherId)];
    const canDismiss = [oneId, otherId].some((id) => canEdit(reader.actor, known.get(id)?.unitId ?? '0'));
    return one && other ? [{ similarity, foundAt: foundAt.toISOString(), one, other, canDismiss }] : [];
  });
}
