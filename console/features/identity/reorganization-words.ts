import type { Reorganization, ReorganizationState } from '../../../contracts/reorganization.ts';

export const stateNames: Readonly<Record<ReorganizationState, string>> = {
  planned: '待确认',
  confirmed: '已确认，待生效',
  running: '正在办理',
  done: '已完成',
  cancelled: '已取消',
};

export const kindNames = { merger: '撤并', renaming: '更名', split: '拆分' } as const;

/** `甲局、乙局并入丙局`, `甲局更名为乙局`, `甲局拆分为乙局、丙局`, `甲局的部分职能划入乙局` */
export function deedText({ kind, units, successor, split, newName, state }: Reorganization): string {
  if (kind === 'merger') return `${units.map(({ name }) => name).join('、')}并入${successor.name}`;
  if (split) {
    const receivers = split.receivers.map(({ name }) => name).join('、');
    return split.restTo === null
      ? `${successor.name}的部分职能划入${receivers}`
      : `${successor.name}拆分为${receivers}`;
  }
  // Once it has happened, the unit goes by its new name.
  return ['running', 'done'].includes(state)
    ? `更名为${newName ?? ''}`
    : `${successor.name}更名为${newName ?? ''}`;
}

/** Whose name whoever confirms types once more. */
export const repeatedNames = { merger: '承接单位', renaming: '新', split: '拆分的单位' } as const;

/** The name that stands at the end, or that of the unit which is divided. */
export const nameToRepeat = ({ successor, newName }: Reorganization): string => newName ?? successor.name;

export const isUnderWay = ({ state }: Reorganization): boolean =>
  state === 'confirmed' || state === 'running';
