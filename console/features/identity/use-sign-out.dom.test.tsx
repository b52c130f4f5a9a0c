import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { ApiError, networkError } from '../../lib/api-error.ts';
import type { Client } from '../../lib/client.ts';
import { createMemoryDrafts, type LocalDraft } from '../../lib/local-drafts.ts';
import { createOpenDrafts, type OpenDraft } from '../../lib/open-drafts.ts';
import { renderWithServices } from '../../lib/render-with-services.tsx';
import { createSessionStore } from '../../lib/session-store.ts';
import { aContent, aSession } from '../../lib/test-parts.ts';
import { useSignOut } from './use-sign-out.tsx';

function Door() {
  const signOut = useSignOut();
  return (
    <button
      type="button"
      onClick={() => {
        signOut.mutate();
      }}
    >
      退出登录
    </button>
  );
}

const aCopy = (part: Partial<LocalDraft> = {}): LocalDraft => ({
  accountId: '1',
  resourceId: '42',
  baseVersion: 1,
  content: aContent({ title: '只在本机的稿件' }),
  keptAt: '2026-11-22T02:00:00.000Z',
  ...part,
});

/** Account 1 at the door, with copies in the browser and something open in the editor. */
async function atTheDoor(
  copies: readonly LocalDraft[],
  wishes: { readonly open?: Partial<OpenDraft>; readonly failure?: ApiError } = {},
) {
  const localDrafts = createMemoryDrafts();
  for (const copy of copies) await localDrafts.write(copy);
  const openDrafts = createOpenDrafts();
  const abandon = vi.fn();
  if (wishes.open) {
    const draft = {
      resourceId: '42',
      title: () => '正在写的稿件',
      settle: () => Promise.resolve(true),
      abandon,
    };
    openDrafts.add({ ...draft, ...wishes.open });
  }
  const called = vi.fn(() => (wishes.failure ? Promise.reject(wishes.failure) : Promise.resolve()));
  const restart = vi.fn();
  renderWithServices(<Door />, {
    client: { call: called } as unknown as Client,
    sessions: createSessionStore({ kind: 'signed-in', session: aSession() }),
    localDrafts,
    openDrafts,
    restart,
  });
  fireEvent.click(screen.getByRole('button', { name: '退出登录' }));
  return { localDrafts, called, restart, abandon };
}

const giveUp = { name: '删除这些内容并退出' };

describe('signing out', () => {
  afterEach(cleanup);

  it('with everything saved asks nothing and leaves', async () => {
    const { called, restart } = await atTheDoor([], { open: {} });
    await waitFor(() => {
      expect(restart).toHaveBeenCalledOnce();
    });
    expect(called).toHaveBeenCalledOnce();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('names what only this browser has, and keeps it when the person stays', async () => {
    const { localDrafts, called, restart } = await atTheDoor([aCopy()]);
    expect((await screen.findByRole('dialog')).textContent).toContain('《只在本机的稿件》');
    fireEvent.click(screen.getByRole('button', { name: '先不退出' }));
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull();
    });
    expect([called.mock.calls.length, restart.mock.calls.length]).toEqual([0, 0]);
    expect(await localDrafts.all('1')).toHaveLength(1);
  });

  it('names what is written in the editor and cannot be sent', async () => {
    const { called } = await atTheDoor([], { open: { settle: () => Promise.resolve(false) } });
    expect((await screen.findByRole('dialog')).textContent).toContain('《正在写的稿件》');
    expect(called).not.toHaveBeenCalled();
  });

  it('removes the person’s copies when they give them up, and nobody else’s', async () => {
    const foreign = aCopy({ accountId: '11', resourceId: '7' });
    const { localDrafts, restart, abandon } = await atTheDoor([aCopy(), foreign], {
      open: { settle: () => Promise.resolve(false) },
    });
    fireEvent.click(await screen.findByRole('button', giveUp));
    await waitFor(() => {
      expect(restart).toHaveBeenCalledOnce();
    });
    expect(abandon).toHaveBeenCalledOnce();
    expect(await localDrafts.all('1')).toEqual([]);
    expect(await localDrafts.all('11')).toEqual([foreign]);
  });

  it('that does not reach the server keeps the copies', async () => {
    const { localDrafts, restart, called, abandon } = await atTheDoor([aCopy()], {
      open: {},
      failure: networkError(),
    });
    fireEvent.click(await screen.findByRole('button', giveUp));
    await waitFor(() => {
      expect(called).toHaveBeenCalledOnce();
    });
    expect([restart.mock.calls.length, abandon.mock.calls.length]).toEqual([0, 0]);
    expect(await localDrafts.all('1')).toHaveLength(1);
  });

  it('of a session that has ended already leaves as well', async () => {
    const failure = new ApiError({ status: 401, code: 'identity.session-expired', title: '' });
    const { localDrafts, restart } = await atTheDoor([aCopy()], { failure });
    fireEvent.click(await screen.findByRole('button', giveUp));
    await waitFor(() => {
      expect(restart).toHaveBeenCalledOnce();
    });
    expect(await localDrafts.all('1')).toEqual([]);
  });
});
