import type { AccessKey } from '../../../contracts/exchange.ts';
import { reachText } from '../../ui/reach-fields.tsx';

/** How far a key reaches, in a few words. */
export function keyReachText(key: Pick<AccessKey, 'unitIds' | 'columnIds' | 'types' | 'fullText'>): string {
  return `${reachText(key)} · ${key.fullText ? '含正文和文件' : '仅元数据'}`;
}

const operationNames: Readonly<Record<string, string>> = {
  'GET /v1/resources': '查询信息',
  'GET /v1/resources/:id': '读取单条信息',
  'GET /v1/assets/:digest': '下载文件',
  'GET /v1/changes': '变更同步',
  'GET /v1/oai': 'OAI-PMH 收割',
  'POST /v1/oai': 'OAI-PMH 收割（表单）',
};

export function operationText(operation: string): string {
  return operationNames[operation] ?? operation;
}

const steps = ['B', 'KB', 'MB', 'GB'] as const;

/** `3.2 MB` */
export function bytesText(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(steps.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  return `${step === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${steps[step] ?? 'B'}`;
}
