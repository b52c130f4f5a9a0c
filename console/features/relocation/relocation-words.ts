import type { FoundPage, PageKind, Relocation, RelocationSummary } from '../../../contracts/relocation.ts';

export const relocationViews = ['run', 'rules', 'columns', 'pages'] as const;
export type RelocationView = (typeof relocationViews)[number];

export const kindNames: Readonly<Record<PageKind, string>> = {
  article: '文章',
  list: '列表',
  other: '其他',
  file: '文件',
};

export const missingNames: Readonly<Record<FoundPage['missing'][number], string>> = {
  title: '标题',
  date: '日期',
  source: '来源',
  body: '正文',
  column: '栏目',
};

const goalNames = { sample: '采集样例', check: '试运行', import: '正式导入' } as const;
const phaseNames = {
  new: '尚未开始',
  walking: '正在读取页面',
  importing: '正在导入文章',
  redirecting: '正在等待新页面生成并设置跳转',
  done: '已完成',
} as const;

/** Where a run stands, in one sentence. */
export function standingText({
  goal,
  phase,
  state,
}: Pick<RelocationSummary, 'goal' | 'phase' | 'state'>): string {
  if (phase === 'new') return phaseNames.new;
  if (phase === 'done') return `${goalNames[goal]}${phaseNames.done}`;
  return `${goalNames[goal]}：${phaseNames[phase]}${state === 'paused' ? '（已暂停）' : ''}`;
}

/** How far the current part of a run is, in percent; null where nobody can know. */
export function shareDone({ phase, figures }: Pick<Relocation, 'phase' | 'figures'>): number | null {
  const share = (done: number, left: number): number | null =>
    done + left === 0 ? null : Math.floor((done / (done + left)) * 100);
  if (phase === 'walking') return share(figures.read, figures.waiting);
  if (phase === 'importing') return share(figures.imported, figures.toImport);
  if (phase === 'redirecting') return share(figures.redirected, figures.redirectsWaiting);
  return phase === 'done' ? 100 : null;
}

/** Old columns whose articles would stay out because nobody said where they go. */
export function undecidedColumns({ columns, defaultColumnId }: Relocation): number {
  if (defaultColumnId !== null) return 0;
  return columns.filter(({ decided, articles }) => !decided && articles > 0).length;
}

/** One rule on each line; blank lines are none. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
