import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { type AssetPreview, libraryApi } from '../../../contracts/library.ts';
import type { Client } from '../../lib/client.ts';
import { renderWithServices } from '../../lib/render-with-services.tsx';
import { aDocument, aWideScreen } from '../../lib/test-parts.ts';
import { DocumentPages } from './document-pages.tsx';

vi.stubGlobal('matchMedia', aWideScreen);

const waiting: AssetPreview = {
  ...{ state: 'waiting', kind: 'none', pages: [], totalPages: null, body: null },
  ...{ isWhole: false, findings: [] },
};
const made: AssetPreview = {
  ...waiting,
  state: 'made',
  kind: 'text',
  body: aDocument('开头'),
  isWhole: true,
};

describe('a preview that is not made yet', () => {
  let answer = waiting;
  let asked = 0;
  let isVisible = true;

  beforeEach(() => {
    vi.useFakeTimers();
    answer = waiting;
    asked = 0;
    isVisible = true;
    vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => (isVisible ? 'visible' : 'hidden'));
    const client = {
      call: (endpoint: unknown) => {
        expect(endpoint).toBe(libraryApi.getAssetPreview);
        asked += 1;
        return Promise.resolve(answer);
      },
    } as unknown as Client;
    renderWithServices(<DocumentPages assetId="7" />, { client });
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
  const pass = (minutes: number) => act(() => vi.advanceTimersByTimeAsync(minutes * 60_000));

  it('is asked for ever more seldom, shown when it is there, and not asked for again', async () => {
    await pass(1);
    expect(asked).toBeLessThan(12);
    expect(screen.getByRole('status').textContent).toBe('正在生成预览，好了会自动显示。');
    answer = made;
    await pass(1);
    const before = asked;
    expect(screen.getByRole('region', { name: '文字预览' }).textContent).toBe('开头');
    await pass(10);
    expect(asked).toBe(before);
  });

  it('is given up after some minutes, which is told, until somebody asks', async () => {
    await pass(10);
    const before = asked;
    expect(before).toBeLessThan(25);
    expect(screen.getByRole('status').textContent).toContain('仍在生成');
    await pass(60);
    expect(asked).toBe(before);
    answer = made;
    fireEvent.click(screen.getByRole('button', { name: '现在看看' }));
    await pass(0.1);
    expect(screen.getByRole('region', { name: '文字预览' }).textContent).toBe('开头');
  });

  it('is not asked for while the tab is hidden', async () => {
    await pass(0.01);
    isVisible = false;
    await act(() => Promise.resolve(document.dispatchEvent(new Event('visibilitychange'))));
    const before = asked;
    await pass(3);
    expect(asked).toBe(before);
  });
});
