import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { relationsToward } from '../library/index.ts';
import type { CheckFacts } from './checked-text.ts';

interface Named {
  readonly id: string;
  readonly type: ResourceTypeKey;
}

/** What is known beside their texts of resources, by id: one statement, and none where no policy is among them. */
export async function loadFacts(
  db: Db,
  resources: readonly Named[],
): Promise<ReadonlyMap<string, Omit<CheckFacts, 'today'>>> {
  const policies = resources.filter(({ type }) => type === 'policy').map(({ id }) => id);
  const toward = Map.groupBy(await relationsToward(db, policies, ['interprets']), (one) => one.targetId);
  return new Map(policies.map((id) => [id, { interpretations: toward.get(id)?.length ?? 0 }]));
}
