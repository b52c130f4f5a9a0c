import type { Reorganization, ReorganizationPreview } from '../../../contracts/reorganization.ts';
import type { Split } from '../../../contracts/unit-split.ts';

type Holdings = ReorganizationPreview['holdings'];
type Moved = Reorganization['moved'];

/** Figures for each kind of content, under heads. */
export interface Figures {
  readonly heads: readonly string[];
  readonly rows: readonly {
    readonly key: string;
    readonly name: string;
    readonly counts: readonly number[];
  }[];
  readonly empty: string;
}

const countIn = (moved: Moved, holding: string): number =>
  moved.find((one) => one.holding === holding)?.count ?? 0;

function figures(
  heads: readonly string[],
  holdings: Holdings,
  countsOf: (holding: Holdings[number]) => readonly number[],
  empty = '没有需要转移的内容。',
): Figures {
  const rows = holdings
    .map((one) => ({ key: one.holding, name: one.name, counts: countsOf(one) }))
    .filter(({ counts }) => counts.some((count) => count > 0));
  return { heads, rows, empty };
}

export const mergerFigures = ({ moved }: Reorganization, holdings: Holdings): Figures =>
  figures(['还在原单位', '已转到承接单位'], holdings, ({ holding, count }) => [
    count,
    countIn(moved, holding),
  ]);

export const renamingFigures = ({ moved }: Reorganization, holdings: Holdings): Figures =>
  figures(
    ['涉及', '已更新'],
    holdings,
    ({ holding, count }) => [count, countIn(moved, holding)],
    '没有需要更新的内容。',
  );

/** Before it begins what each will get, then what each has got; what reaches a unit reaches all of them. */
export function splitFigures({ state }: Reorganization, split: Split, holdings: Holdings): Figures {
  const receivers = split.receivers.map(({ name }) => name);
  const isPlan = state === 'planned' || state === 'confirmed';
  const staysAs = split.restTo === null ? '留在原单位' : '还在原单位';
  if (!isPlan)
    return figures([...receivers, staysAs], holdings, ({ holding, count }) => [
      ...split.receivers.map(({ moved }) => countIn(moved, holding)),
      count,
    ]);
  return figures(
    ['现在', ...receivers, ...(split.restTo === null ? [staysAs] : [])],
    holdings,
    ({ count, shares = [], stays = 0 }) => [count, ...shares, ...(split.restTo === null ? [stays] : [])],
  );
}
