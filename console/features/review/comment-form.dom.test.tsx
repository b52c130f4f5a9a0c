import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { ResourceContent, ResourceType } from '../../../contracts/library.ts';
import type { NewReviewComment, ReviewComment } from '../../../contracts/review-comment.ts';
import type { AnchoredLine } from '../../../contracts/text-anchor.ts';
import type { Client } from '../../lib/client.ts';
import { renderWithServices } from '../../lib/render-with-services.tsx';
import { CommentForm } from './comment-form.tsx';
import { markId, splitLine } from './comment-marks.ts';
import { CommentedText } from './commented-text.tsx';

/** jsdom lays nothing out, so there is nothing to observe. */
class QuietObserver {
  observe = vi.fn();
  unobserve = vi.fn();
  disconnect = vi.fn();
}
vi.stubGlobal('ResizeObserver', QuietObserver);

const lines: readonly AnchoredLine[] = [
  { field: 'title', path: [], text: '防火检查通知' },
  { field: 'body', path: [2, 0], text: '秋季防火检查' },
];

function show(selected: Parameters<typeof CommentForm>[0]['selected'] = null) {
  const sent: NewReviewComment[] = [];
  const client = {
    call: (_: unknown, input: { body: NewReviewComment }) => {
      sent.push(input.body);
      return Promise.resolve({});
    },
  } as unknown as Client;
  renderWithServices(<CommentForm reviewId="9" lines={lines} selected={selected} />, { client });
  return sent;
}
const write = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const send = () => fireEvent.click(screen.getByRole('button', { name: '添加批注' }));

describe('a remark on words', () => {
  afterEach(cleanup);

  it('finds by itself where typed words stand first', async () => {
    const sent = show();
    write('原文', ' 秋季 ');
    write('意见', '应为冬季。');
    send();
    await waitFor(() => {
      expect(sent).toEqual([
        {
          anchor: { field: 'body', path: [2, 0], start: 0, end: 2 },
          quote: '秋季',
          text: '应为冬季。',
        },
      ]);
    });
  });

  it('stands where words were selected, though they stand elsewhere before', async () => {
    const anchor = { field: 'body', path: [2, 0], start: 2, end: 4 };
    const sent = show({ anchor, words: '防火' });
    write('意见', '消防？');
    send();
    await waitFor(() => {
      expect(sent.map((one) => one.anchor)).toEqual([anchor]);
    });
  });

  it('is not sent without an opinion, nor on words that are not there', () => {
    const sent = show();
    write('原文', '秋季');
    send();
    expect(screen.getByRole('alert').textContent).toBe('请写明意见');
    write('原文', '春季');
    send();
    expect(screen.getByRole('alert').textContent).toContain('没有这几个字');
    expect(sent).toEqual([]);
  });
});

describe('a line with remarks', () => {
  const comment = (id: string, start: number, end: number) =>
    ({ id, anchor: { field: 'body', path: [2, 0], start, end } }) as unknown as ReviewComment;
  const place = { field: 'body', path: [2, 0] };

  it('is cut where they begin and end, and loses no word', () => {
    const parts = splitLine('秋季防火检查', place, [comment('1', 0, 4), comment('2', 2, 6)]);
    expect(parts).toEqual([
      { words: '秋季', isCommented: true, beginningIds: ['1'] },
      { words: '防火', isCommented: true, beginningIds: ['2'] },
      { words: '检查', isCommented: true, beginningIds: [] },
    ]);
    expect(splitLine('秋季', { field: 'body', path: [1] }, [comment('1', 0, 1)])).toEqual([
      { words: '秋季', isCommented: false, beginningIds: [] },
    ]);
  });

  it('leads from every remark to where it begins, by one place each', () => {
    const title = { field: 'title', path: [] };
    const on = (id: string, start: number, end: number) =>
      ({ id, anchor: { ...title, start, end } }) as unknown as ReviewComment;
    const comments = [on('1', 0, 4), on('2', 2, 6), on('3', 2, 4)];
    const type = { fields: [{ key: 'title', name: '标题', kind: 'line' }] } as unknown as ResourceType;
    const content = { title: '秋季防火检查' } as unknown as ResourceContent;
    const { container } = render(
      <CommentedText type={type} content={content} lines={lines} comments={comments} onSelect={vi.fn()} />,
    );
    expect([...container.querySelectorAll('[id]')].map(({ id }) => id)).toEqual(['1', '2', '3'].map(markId));
    expect(container.querySelector('p')?.textContent).toBe('秋季防火检查');
    const [first, second, third] = ['1', '2', '3'].map((id) => document.getElementById(markId(id)));
    expect([first?.textContent, second?.textContent]).toEqual(['秋季', '防火']);
    third?.focus();
    expect(document.activeElement).toBe(third);
    expect(second?.contains(third ?? null)).toBe(true);
  });
});
