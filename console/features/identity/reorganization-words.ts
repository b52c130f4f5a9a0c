import type { Reorganization, ReorganizationState } from '../../../contracts/reorganization.ts';

export const stateNames: Readonly<Record<ReorganizationState, string>> = {
  planned: '待确认',
  confirmed: '已确认，待生效',
  running: '正在办理',
  done: '已完成',
  cancelled: '已取消',
};

export const kindNames = { merger: '撤并', renaming: '更名' } as const;

/** `甲局、乙局并入丙局`, `甲局更名为乙局` */
export function deedText({ kind, units, successor, newName, state }: Reorganization): string {
  if (kind === 'merger') return `${units.map(({ name }) => name).join('、')}并入${successor.name}`;
  // Once it has happened, the unit goes by its new name.
  return ['running', 'done'].includes(state)
    ? `更名为${newName ?? ''}`
    : `${successor.name}更名为${newName ?? ''}`;
}

/** What whoever confirms types once more: the name that stands at the end. */
export const nameToRepeat = ({ successor, newName }: Reorganization): string => newName ?? successor.name;

export const isUnderWay = ({ state }: Reorganization): boolean =>
  state === 'confirmed' || state === 'running';
