import { createHash } from 'node:crypto';

import type { Db } from '../../platform/db.ts';
import { labelsOf, liveStates, openIds, relationsFrom } from '../library/index.ts';
import type { KeyView } from './key-view.ts';

/**
 * A mark for each published resource: it changes with the text, with the ruling in force, with the name of a term, and with
 * what of the named resources the key sees. Its unit's name, its columns, its address and the names of its files are not in it.
 */
export async function marksOf(
  db: Db,
  view: KeyView,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const states = await liveStates(db, ids);
  const relations = await relationsFrom(db, ids);
  const visible = await openIds(db, view.now, [...new Set(relations.map((one) => one.targetId))]);
  const named = Map.groupBy(
    relations.filter((one) => visible.has(one.targetId)),
    (one) => one.resourceId,
  );
  const labels = await labelsOf(db, [...new Set(states.flatMap((one) => one.terms))]);
  return new Map(
    states.map(({ id, digest, rulingId, terms }) => [
      id,
      createHash('sha256')
        .update(
          JSON.stringify([
            ...[digest, rulingId, terms.map((term) => [term, labels.get(term) ?? null])],
            (named.get(id) ?? []).map(({ kind, targetId }) => [kind, targetId]),
          ]),
        )
        .digest('hex'),
    ]),
  );
}
