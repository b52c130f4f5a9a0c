import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { App, ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { Role } from '../../../contracts/actor.ts';
import { publishingApi, type ResourceReceipt } from '../../../contracts/publishing.ts';
import type { Client } from '../../lib/client.ts';
import { createMemoryDrafts } from '../../lib/local-drafts.ts';
import { createOpenDrafts } from '../../lib/open-drafts.ts';
import { ServicesProvider } from '../../lib/services.tsx';
import { createSessionStore } from '../../lib/session-store.ts';
import { aSession, aWideScreen } from '../../lib/test-parts.ts';
import { PublishingCard } from './publishing-card.tsx';
import { ResourceReceipts } from './resource-receipts.tsx';

vi.stubGlobal('matchMedia', aWideScreen);

const status = {
  waiting: 0,
  waitingBackground: 600,
  oldestWaitingSince: '2026-11-26T08:00:00.000Z',
  failing: 1,
  failingPages: [
    {
      key: 'article/9',
      site: '1',
      path: '/tzgg/t20261126_9.html',
      problem: 'TypeError: no title',
      failures: 3,
      since: '2026-11-26T08:00:00.000Z',
    },
  ],
  background: {
    waiting: 600,
    total: 1_000,
    startedAt: '2026-11-26T08:00:00.000Z',
    pausedAt: null as string | null,
    pagesPerMinute: 200,
    endsAt: '2026-11-26T08:05:00.000Z',
  },
  pages: { value: 1_000, capped: false },
  alarms: { open: 0, lastDay: 0 },
  overdueReleases: 0,
  scheduled: 0,
  runnable: 0,
};

function show(
  what: ReactNode,
  answers: ReadonlyMap<unknown, unknown>,
  role: Role = 'operator',
): { readonly endpoint: unknown; readonly input: unknown }[] {
  const sent: { endpoint: unknown; input: unknown }[] = [];
  const client = {
    call: (endpoint: unknown, input: unknown) => {
      if (endpoint !== publishingApi.getStatus) sent.push({ endpoint, input });
      return Promise.resolve(answers.get(endpoint) ?? {});
    },
  } as unknown as Client;
  const sessions = createSessionStore();
  sessions.set({ kind: 'signed-in', session: aSession({ roles: [role] }) });
  const services = {
    ...{ client, sessions, localDrafts: createMemoryDrafts(), openDrafts: createOpenDrafts() },
    restart: () => undefined,
  };
  render(
    <ConfigProvider button={{ autoInsertSpace: false }} theme={{ token: { motion: false } }}>
      <App>
        <ServicesProvider value={services}>
          <QueryClientProvider client={new QueryClient()}>{what}</QueryClientProvider>
        </ServicesProvider>
      </App>
    </ConfigProvider>,
  );
  return sent;
}

const showStatus = (changes: object = {}, role: Role = 'operator') =>
  show(<PublishingCard />, new Map([[publishingApi.getStatus, { ...status, ...changes }]]), role);

describe('the status of publication', () => {
  afterEach(cleanup);

  it('says how far the background is, how fast, and makes it wait when an operator asks', async () => {
    const sent = showStatus();
    await screen.findByText('后台更新：已完成 400 / 1000 页');
    expect(screen.getByText(/每分钟约 200 页，预计 .* 完成/)).toBeDefined();
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('40');
    fireEvent.click(screen.getByRole('button', { name: '暂停' }));
    await waitFor(() => {
      expect(sent).toEqual([{ endpoint: publishingApi.setBackground, input: { body: { paused: true } } }]);
    });
  });

  it('says since when it waits, and lets it go on', async () => {
    const pausedAt = '2026-11-26T08:01:00.000Z';
    const sent = showStatus({ background: { ...status.background, pausedAt } });
    expect(await screen.findByText(/起暂停，人工发布不受影响/)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: '继续' }));
    await waitFor(() => {
      expect(sent).toEqual([{ endpoint: publishingApi.setBackground, input: { body: { paused: false } } }]);
    });
  });

  it('names pages that cannot be built with the reason, and retries them', async () => {
    const sent = showStatus();
    expect(await screen.findByText('/tzgg/t20261126_9.html')).toBeDefined();
    expect(screen.getByText(/TypeError: no title.*已试 3 次/)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: '立即重试' }));
    await waitFor(() => {
      expect(sent.map((one) => one.endpoint)).toEqual([publishingApi.retryFailing]);
    });
  });

  it('offers a supervisor no lever, and is quiet when nothing waits and nothing fails', async () => {
    showStatus({}, 'supervisor');
    await screen.findByText('后台更新：已完成 400 / 1000 页');
    expect(screen.queryAllByRole('button')).toEqual([]);
    cleanup();
    showStatus({ failing: 0, failingPages: [], background: { ...status.background, waiting: 0 } });
    await screen.findByText('网站页面');
    expect(screen.queryByText(/后台更新：/)).toBeNull();
    expect(screen.queryByText(/生成失败/)).toBeNull();
  });
});

describe('the receipts of a resource', () => {
  afterEach(cleanup);
  const given: ResourceReceipt = {
    act: 'released',
    requestedAt: '2026-11-26T08:00:00.000Z',
    liveAt: '2026-11-26T08:00:00.400Z',
    verifiedAt: '2026-11-26T08:00:00.500Z',
    ...{ pages: 12, sites: 2, waiting: 0, failing: 0 },
  };
  const showReceipts = (...receipts: readonly ResourceReceipt[]) =>
    show(<ResourceReceipts resourceId="7" />, new Map([[publishingApi.listReceipts, receipts]]), 'editor');

  it('say when, on how many pages and sites, and that the files were looked at', async () => {
    showReceipts(given);
    await screen.findByLabelText('发布回执');
    const [item] = screen.getAllByRole('listitem');
    expect(item?.textContent).toBe('已核验发布于 2026-11-26 16:00:00 生效，2 个网站 12 个页面，用时 0.4 秒');
  });

  it('say what is on its way and what cannot be built', async () => {
    const open = { ...given, liveAt: null, verifiedAt: null, pages: 0, sites: 0, waiting: 3 };
    showReceipts(
      { ...open, act: 'removed' },
      { ...open, requestedAt: '2026-11-26T07:00:00.000Z', failing: 1 },
    );
    await screen.findByLabelText('发布回执');
    const items = screen.getAllByRole('listitem');
    expect(items.map((one) => one.textContent)).toEqual([
      '进行中撤下于 16:00 提出，还有 3 个页面正在更新',
      '未完成发布于 15:00 提出，1 个页面生成失败，正在重试',
    ]);
  });

  it('say that there are none', async () => {
    showReceipts();
    expect(await screen.findByText('还没有发布过。')).toBeDefined();
  });
});
