import type { NewSplit } from '../../../contracts/unit-split.ts';
import { type Command, defineCommand } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { requireReformPlanner } from './reorganization.policy.ts';
import { insertReorganization } from './reorganization.queries.ts';
import { requireNotInReform } from './require-not-in-reform.ts';
import { type Division, refuseSplit, requireSoundSplit, requireSplittable } from './require-splittable.ts';
import type { SplitGround } from './split-ground.ts';
import { countAccountsAmong } from './split.queries.ts';

interface PlanSplit extends NewSplit {
  readonly unitId: string;
}

const trimmed = <U extends { readonly name: string; readonly shortName: string }>(unit: U): U => ({
  ...unit,
  name: unit.name.trim(),
  shortName: unit.shortName.trim(),
});

const divisionOf = ({ unitId, receivers, rules, restTo }: PlanSplit): Division => ({
  unitId,
  receivers: receivers.map((receiver) => ({
    unitId: 'unitId' in receiver ? receiver.unitId : null,
    newUnit: 'newUnit' in receiver ? trimmed(receiver.newUnit) : null,
    accountIds: receiver.accountIds,
  })),
  rules,
  restTo,
});

/** Writes down among whom a unit is to be divided, and how. Nothing else changes. */
export function planSplit(ground: SplitGround): Command<PlanSplit, string> {
  return defineCommand<PlanSplit, string>(
    'identity.plan-split',
    ({ unitId, receivers, restTo, basis }, id) => ({
      kind: 'reorganization',
      id: id ?? null,
      unitId,
      details: { unitId, receivers, restTo, basis },
    }),
    async (ctx, plan) => {
      requireReformPlanner(ctx.actor);
      const split = divisionOf(plan);
      requireSoundSplit(split);
      await requireSplittable(ctx.db, split);
      await requireNotInReform(ctx.db, [plan.unitId, ...split.receivers.flatMap((one) => one.unitId ?? [])]);
      await requireKnown(ctx.db, ground, split);
      const [name, basis] = [plan.name.trim(), plan.basis.trim()];
      if (name.length < 2 || basis.length < 2) refuseSplit('事项名称和依据至少各两个字，空格不算。');
      return insertReorganization(
        ctx.db,
        {
          ...{ kind: 'split', name, basis, unitIds: [], successorId: plan.unitId },
          ...{ newName: null, newShortName: null, split, startsAt: new Date(plan.startsAt) },
        },
        { id: ctx.actor.id, name: ctx.actor.name, at: ctx.now },
      );
    },
  );
}

/** Everything that the plan names is there. */
async function requireKnown(
  db: Db,
  ground: SplitGround,
  { unitId, receivers, rules }: Division,
): Promise<void> {
  const people = receivers.flatMap((one) => one.accountIds);
  if ((await countAccountsAmong(db, unitId, people)) < people.length)
    refuseSplit('要转走的人员不都是原单位的。');
  const all = (key: 'siteIds' | 'columnIds' | 'terms' | 'types'): readonly string[] => [
    ...new Set(rules.flatMap((rule): readonly string[] => rule[key])),
  ];
  const known = [
    [all('siteIds'), await ground.sites(db, all('siteIds'))],
    [all('columnIds'), await ground.columns(db, all('columnIds'))],
    [all('terms'), await ground.terms(db, all('terms'))],
    [all('types'), await ground.types(db)],
  ] as const;
  if (known.some(([named, there]) => named.some((one) => !there.has(one))))
    refuseSplit('规则里有不存在的站点、栏目、词或信息类型，请重新选择。');
}
