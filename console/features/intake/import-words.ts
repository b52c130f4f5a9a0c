import type { ImportCounts, ImportPass, ImportSummary } from '../../../contracts/intake.ts';

/** What the worker does by itself, so that the screen asks again. */
export function isWorking({ stage }: Pick<ImportSummary, 'stage'>): boolean {
  return stage === 'inspecting' || stage === 'checking' || stage === 'running';
}

const number = (value: number): string => value.toLocaleString('zh-CN');

/** `共 1,204 条：可导入 1,180 条，已存在 20 条，不能导入 4 条` */
export function countsText(counts: ImportCounts, pass: ImportPass): string {
  const [good, refused] = pass === 'run' ? ['已导入', '未导入'] : ['可导入', '不能导入'];
  const warned = counts.warned === 0 ? '' : `（其中 ${number(counts.warned)} 条有提醒）`;
  return `共 ${number(counts.read)} 条：${good} ${number(counts.good)} 条${warned}，已存在 ${number(counts.known)} 条，${refused} ${number(counts.refused)} 条`;
}

/** Which step of the way an import has come to. */
export function stepOf({ stage, imported }: Pick<ImportSummary, 'stage' | 'imported'>): number {
  if (stage === 'inspecting' || stage === 'failed') return imported === null ? 0 : 3;
  if (stage === 'ready') return 1;
  if (stage === 'checking' || stage === 'checked') return 2;
  return 3;
}
