import type { ColumnWays, MappingRule } from '../../../contracts/ways.ts';
import type { Reader } from '../../platform/http.ts';
import { isInScope, unitNames } from '../identity/index.ts';
import { linkOfColumn } from './column-link.queries.ts';
import { writersOf } from './column-writers.queries.ts';
import { getVisibleColumn } from './find-column.ts';
import { presentRules } from './mapping-rule.presenter.ts';
import { rulesOfColumn, standingRules } from './mapping-rule.queries.ts';

/** How a column is filled beside what its own unit places in it. */
export async function presentWays(reader: Reader, columnId: string): Promise<ColumnWays> {
  const { db } = reader;
  const column = await getVisibleColumn(reader, columnId);
  const link = await linkOfColumn(db, column.id);
  const writers = (await writersOf(db, [column.id])).get(column.id) ?? [];
  const names = await unitNames(db, writers);
  return {
    // Everybody sees the columns of the portal; from which columns of whom they are fed is for whoever answers for them.
    rules: isInScope(reader.actor.scope, column.unitId)
      ? await presentRules(db, await rulesOfColumn(db, column.id))
      : [],
    link: link
      ? {
          ...{ url: link.url, reason: link.reason, setByName: link.setByName, trouble: link.trouble },
          setAt: link.setAt.toISOString(),
          checkedAt: link.checkedAt?.toISOString() ?? null,
          failingSince: link.failingSince?.toISOString() ?? null,
        }
      : null,
    writers: writers.map((unitId) => ({ unitId, unitName: names.get(unitId) ?? '' })),
  };
}

export async function presentRule({ db }: Reader, ruleId: string): Promise<MappingRule> {
  const rules = (await standingRules(db)).filter((rule) => rule.id === ruleId);
  const [presented] = await presentRules(db, rules);
  if (!presented) throw new Error(`mapping rule ${ruleId} could not be presented`);
  return presented;
}
