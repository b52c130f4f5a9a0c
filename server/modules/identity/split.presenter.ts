import type { Split, SplitRule } from '../../../contracts/unit-split.ts';
import type { Db } from '../../platform/db.ts';
import { accountsById } from './account.queries.ts';
import type { ReformParts } from './reform-parts.ts';
import type { ReorganizationRow } from './reorganization.queries.ts';
import type { SplitReceiver, SplitRow } from './split.queries.ts';
import { unitsById } from './unit.queries.ts';

type Named = Split['rules'][number]['sites'][number];
type NameOf = (id: string) => string | undefined;

/** How units are divided, with the names of today; a plan may name what is gone since. */
export async function presentSplits(
  db: Db,
  { ground }: ReformParts,
  rows: readonly ReorganizationRow[],
  presentMoved: (moved: SplitReceiver['moved']) => Split['receivers'][number]['moved'],
): Promise<(split: SplitRow) => Split> {
  const splits = rows.flatMap((row) => row.split ?? []);
  const receivers = splits.flatMap((split) => split.receivers);
  const rules = splits.flatMap((split) => split.rules);
  const all = (key: Exclude<keyof SplitRule, 'receiver'>): readonly string[] => [
    ...new Set(rules.flatMap((rule): readonly string[] => rule[key])),
  ];
  const units = await unitsById(
    db,
    receivers.flatMap((one) => one.unitId ?? []),
  );
  const accounts = await accountsById(
    db,
    receivers.flatMap((one) => one.accountIds),
  );
  const sites = await ground.sites(db, all('siteIds'));
  const columns = await ground.columns(db, all('columnIds'));
  const columnSites = await ground.sites(
    db,
    [...columns.values()].map(({ siteId }) => siteId),
  );
  const terms = await ground.terms(db, all('terms'));
  const types = rules.length === 0 ? new Map<string, string>() : await ground.types(db);
  const columnName: NameOf = (id) => {
    const column = columns.get(id);
    return column && `${columnSites.get(column.siteId)?.name ?? ''} / ${column.name}`;
  };
  const named = (ids: readonly string[], nameOf: NameOf): Named[] =>
    ids.map((id) => ({ id, name: nameOf(id) ?? id }));
  const presentReceiver = ({ unitId, newUnit, accountIds, moved }: SplitReceiver) => {
    const unit = unitId === null ? newUnit : (units.get(unitId) ?? newUnit);
    return {
      unitId,
      name: unit?.name ?? '',
      organisationCode: unit?.organisationCode ?? '',
      isNew: newUnit !== null,
      accounts: named(accountIds, (id) => accounts.get(id)?.realName),
      moved: presentMoved(moved),
    };
  };
  return (split) => ({
    receivers: split.receivers.map(presentReceiver),
    rules: split.rules.map((rule) => ({
      receiver: rule.receiver,
      sites: named(rule.siteIds, (id) => sites.get(id)?.name),
      columns: named(rule.columnIds, columnName),
      terms: named(rule.terms, (id) => terms.get(id)),
      types: named(rule.types, (id) => types.get(id)),
    })),
    restTo: split.restTo,
  });
}
