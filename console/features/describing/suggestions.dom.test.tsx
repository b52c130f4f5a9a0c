import { cleanup, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import type { Client } from '../../lib/client.ts';
import { renderWithServices } from '../../lib/render-with-services.tsx';
import { SuggestedKeywords } from './suggested-keywords.tsx';
import { SuggestedSummary } from './suggested-summary.tsx';
import type { SuggestionProps } from './suggestion.types.ts';

afterEach(cleanup);

interface Wishes {
  readonly part: (props: SuggestionProps) => React.ReactNode;
  readonly value: unknown;
  readonly answer: unknown;
}

/** The part beside a field whose value it shows as text. */
function show({ part: Part, value, answer }: Wishes): readonly string[] {
  const order: string[] = [];
  const client = {
    call: () => {
      order.push('asked');
      return Promise.resolve(answer);
    },
  } as unknown as Client;
  const onSave = () => {
    order.push('saved');
    return Promise.resolve(true);
  };
  function Field() {
    const [now, setNow] = useState(value);
    return (
      <>
        <output>{JSON.stringify(now)}</output>
        <Part resourceId="42" value={now} onSave={onSave} onChange={setNow} />
      </>
    );
  }
  renderWithServices(<Field />, { client });
  return order;
}
const valueNow = (): unknown => JSON.parse(document.querySelector('output')?.textContent ?? 'null');

describe('suggested keywords', () => {
  it('come from what is saved, and each is added by its own click', async () => {
    const order = show({
      part: SuggestedKeywords,
      value: ['稳岗'],
      answer: { keywords: ['社会保险', '稳岗', '小微企业'] },
    });
    fireEvent.click(screen.getByRole('button', { name: '建议关键词' }));
    const add = await screen.findByRole('button', { name: '添加关键词：小微企业' });
    expect(order).toEqual(['saved', 'asked']);
    expect(valueNow()).toEqual(['稳岗']);
    expect(screen.queryByRole('button', { name: '添加关键词：稳岗' })).toBeNull();
    fireEvent.click(add);
    expect(valueNow()).toEqual(['稳岗', '小微企业']);
    expect(screen.queryByRole('button', { name: '添加关键词：小微企业' })).toBeNull();
  });

  it('cannot be added to a full field', async () => {
    const full = Array.from({ length: 10 }, (_, at) => `词${String(at)}`);
    show({ part: SuggestedKeywords, value: full, answer: { keywords: ['社会保险'] } });
    fireEvent.click(screen.getByRole('button', { name: '建议关键词' }));
    const add = await screen.findByRole('button', { name: '添加关键词：社会保险' });
    expect(add.hasAttribute('disabled')).toBe(true);
    expect(screen.getByText('关键词最多 10 个。')).toBeTruthy();
  });
});

describe('a suggested summary', () => {
  it('is shown beside what is there, replaces it by a click, and is taken back by another', async () => {
    show({ part: SuggestedSummary, value: '我写的摘要', answer: { summary: '正文里的一句。' } });
    fireEvent.click(screen.getByRole('button', { name: '建议摘要' }));
    const replace = await screen.findByRole('button', { name: '替换现有摘要' });
    expect(valueNow()).toBe('我写的摘要');
    fireEvent.click(replace);
    expect(valueNow()).toBe('正文里的一句。');
    fireEvent.click(screen.getByRole('button', { name: '撤销' }));
    expect(valueNow()).toBe('我写的摘要');
  });

  it('says so when no sentence fits', async () => {
    show({ part: SuggestedSummary, value: undefined, answer: { summary: '' } });
    fireEvent.click(screen.getByRole('button', { name: '建议摘要' }));
    expect(await screen.findByText('正文里没有适合作摘要的句子。')).toBeTruthy();
    expect(screen.queryByRole('button', { name: '采用' })).toBeNull();
  });
});
