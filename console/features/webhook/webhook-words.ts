import {
  type AttemptProblem,
  attemptProblemNames,
  pauseCauseNames,
  type Webhook,
  type WebhookMessage,
  type WebhookState,
  webhookEventNames,
} from '../../../contracts/webhook.ts';
import { countedText } from '../../lib/counted-text.ts';

export const stateColours: Readonly<Record<WebhookState, string>> = {
  active: 'success',
  failing: 'warning',
  paused: 'default',
};

/** What came of a request: `204`, `500，对方没有接受`, `15 秒内没有答复`. */
export function outcomeText(status: number | null, problem: AttemptProblem | null): string {
  const code = status === null ? [] : [String(status)];
  return [...code, ...(problem === null ? [] : [attemptProblemNames[problem]])].join('，');
}

/** Why it is paused: the cause, and what a person wrote. */
export function pauseText({ pauseCause, pauseReason }: Pick<Webhook, 'pauseCause' | 'pauseReason'>): string {
  if (pauseCause === null) return '';
  return pauseReason === null
    ? pauseCauseNames[pauseCause]
    : `${pauseCauseNames[pauseCause]}：${pauseReason}`;
}

const mostCounted = 1_000;

/** Whether something of it changes by itself now. */
export function isUnderWay({
  state,
  waiting,
  isBehind,
}: Pick<Webhook, 'state' | 'waiting' | 'isBehind'>): boolean {
  return state !== 'paused' && (waiting > 0 || isBehind);
}

/** What waits and what was given up, where there is any. */
export function backlogText({
  waiting,
  dead,
  isBehind,
}: Pick<Webhook, 'waiting' | 'dead' | 'isBehind'>): string {
  const parts = [
    ...(waiting === 0 ? [] : [`${String(waiting)}${isBehind ? '+' : ''} 条等待`]),
    ...(dead === 0 ? [] : [`${countedText(dead, mostCounted)} 条死信`]),
  ];
  if (parts.length === 0) return isBehind ? '有变更等待推送' : '没有积压';
  return parts.join('，');
}

export function messageText({ type, resourceId }: Pick<WebhookMessage, 'type' | 'resourceId'>): string {
  const what = type === null ? '变更' : webhookEventNames[type];
  return resourceId === null ? what : `${what} · 信息 ${resourceId}`;
}
