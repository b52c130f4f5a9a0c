import { describe, expect, it } from 'vitest';

import { backlogText, messageText, outcomeText, pauseText } from './webhook-words.ts';

describe('what is said of a webhook', () => {
  it('is what came of a request', () => {
    expect(outcomeText(204, null)).toBe('204');
    expect(outcomeText(500, 'status')).toBe('500，对方没有接受');
    expect(outcomeText(null, 'timeout')).toBe('15 秒内没有答复');
  });

  it('is why it is paused', () => {
    expect(pauseText({ pauseCause: 'person', pauseReason: '对方系统维护' })).toBe(
      '由运维人员暂停：对方系统维护',
    );
    expect(pauseText({ pauseCause: 'gone', pauseReason: null })).toBe(
      '对方答复不再接收（410），系统自动暂停',
    );
    expect(pauseText({ pauseCause: null, pauseReason: null })).toBe('');
  });

  it.each([
    [0, 0, false, '没有积压'],
    [0, 0, true, '有变更等待推送'],
    [500, 0, true, '500+ 条等待'],
    [3, 1_000, false, '3 条等待，1000+ 条死信'],
  ])('is how much of it is left: %d waiting, %d dead', (waiting, dead, isBehind, text) => {
    expect(backlogText({ waiting, dead, isBehind })).toBe(text);
  });

  it('is what it was told', () => {
    expect(messageText({ type: 'resource.withdrawn', resourceId: '7' })).toBe('撤下 · 信息 7');
    expect(messageText({ type: 'webhook.ping', resourceId: null })).toBe('测试');
    expect(messageText({ type: null, resourceId: '7' })).toBe('变更 · 信息 7');
  });
});
