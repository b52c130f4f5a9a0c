import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { requireOpenUnit } from './require-unit.ts';
import type { ReceiverPlan, SplitPlan } from './split.queries.ts';
import { isIndexCodeTaken, lockUnitTree, unitByOrganisationCode, unitsBelow } from './unit.queries.ts';

export interface Division extends SplitPlan {
  readonly unitId: string;
}

export function refuseSplit(message: string): never {
  throw new AppError('invalid', 'identity.split-impossible', message);
}

/**
 * All of them are open, the codes of those that are to be made are free, and nobody who receives stands below a unit
 * that ends. Asked when it is planned, when it is confirmed and when it begins: the tree may change in between, and
 * stands still from here to the end of the transaction.
 */
export async function requireSplittable(db: Db, split: Division): Promise<void> {
  await lockUnitTree(db);
  await requireOpenUnit(db, split.unitId);
  const below = await unitsBelow(db, split.unitId);
  const ends = split.restTo !== null;
  for (const receiver of split.receivers) {
    // One that the split has made itself is asked about no more.
    const stands = receiver.unitId ?? receiver.newUnit?.parentId ?? null;
    if (stands !== null) await requireOpenUnit(db, stands);
    if (ends && stands !== null && below.includes(stands))
      refuseSplit('原单位撤销时，接收单位不能在它之下；请先把接收单位移到别处。');
    await requireFreeCode(db, receiver);
  }
}

async function requireFreeCode(db: Db, { newUnit }: ReceiverPlan): Promise<void> {
  if (!newUnit) return;
  const { organisationCode } = newUnit;
  if (await unitByOrganisationCode(db, organisationCode))
    refuseSplit(`机构代码 ${organisationCode} 已被其他单位使用。`);
  if (await isIndexCodeTaken(db, organisationCode))
    refuseSplit(`机构代码 ${organisationCode} 已是另一个单位信息索取号的开头。`);
}

const hasTwice = (list: readonly string[]): boolean => new Set(list).size < list.length;

/** What is wrong with a plan by itself, whatever there is in the database. */
export function requireSoundSplit({ unitId, receivers, rules, restTo }: Division): void {
  const existing = receivers.flatMap((one) => one.unitId ?? []);
  const made = receivers.flatMap(({ newUnit }) => newUnit ?? []);
  if (receivers.length < (restTo === null ? 1 : 2))
    refuseSplit('原单位撤销的，至少要有两个接收单位；原单位继续存在的，至少一个。');
  if (existing.includes(unitId)) refuseSplit('原单位不能是接收单位；要继续存在，请选择“继续存在”。');
  if (hasTwice(existing) || hasTwice(made.map((unit) => unit.organisationCode)))
    refuseSplit('同一个单位不能接收两次。');
  if (made.some(({ name, shortName }) => name.length < 2 || shortName.length < 2))
    refuseSplit('新单位的名称和简称至少各两个字，空格不算。');
  if (hasTwice(receivers.flatMap((one) => one.accountIds))) refuseSplit('同一个人不能转到两个单位。');
  const positions = [...rules.map((rule) => rule.receiver), ...(restTo === null ? [] : [restTo])];
  if (positions.some((position) => position >= receivers.length))
    refuseSplit('规则指向的接收单位不在名单里。');
  if (
    rules.some(({ siteIds, columnIds, terms, types }) =>
      [siteIds, columnIds, terms, types].every((list) => list.length === 0),
    )
  )
    refuseSplit('每条划分规则至少要有一个条件。');
  const idle = receivers.findIndex((one, at) => one.accountIds.length === 0 && !positions.includes(at));
  if (idle !== -1) refuseSplit(`第 ${String(idle + 1)} 个接收单位什么也没有接收，请补充规则或去掉它。`);
}
