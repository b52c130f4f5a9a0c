import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { DraftSave, Resource } from '../../../contracts/library.ts';
import { ApiError, networkError } from '../../lib/api-error.ts';
import type { Client } from '../../lib/client.ts';
import { createMemoryDrafts, type LocalDrafts } from '../../lib/local-drafts.ts';
import { aContent, aResource } from '../../lib/test-parts.ts';
import { createDraftKeeper, type DraftKeeper } from './draft-keeper.ts';

/** A server with one draft: it keeps what is saved, and can be unreachable. */
function aServer() {
  const saves: DraftSave[] = [];
  const server = { saves, resource: aResource(1), failure: null as ApiError | null };
  const call = (_: unknown, input: { body: DraftSave }): Promise<Resource> => {
    if (server.failure !== null) return Promise.reject(server.failure);
    if (input.body.expectedVersion !== server.resource.version) {
      const details = { currentVersion: server.resource.version, current: server.resource.head };
      return Promise.reject(
        new ApiError({ status: 409, code: 'library.resource-changed', title: '', details }),
      );
    }
    saves.push(input.body);
    server.resource = aResource(server.resource.version + 1, input.body.content);
    return Promise.resolve(server.resource);
  };
  return { server, client: { call, upload: call } as unknown as Client };
}

const mine = aContent({ title: '我改的标题' });

async function openEditor(
  client: Client,
  localDrafts: LocalDrafts,
  resource = aResource(1),
): Promise<DraftKeeper> {
  const keeper = createDraftKeeper(resource, {
    client,
    localDrafts,
    accountId: '1',
    now: () => new Date('2026-11-22T02:00:00Z'),
    onSaved: () => undefined,
  });
  keeper.start();
  await vi.advanceTimersByTimeAsync(0);
  return keeper;
}

describe('keeping a draft', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('saves once, after the typing pauses, and forgets the copy in the browser', async () => {
    const { server, client } = aServer();
    const drafts = createMemoryDrafts();
    const keeper = await openEditor(client, drafts);
    keeper.edit(aContent({ title: '我' }));
    await vi.advanceTimersByTimeAsync(2_000);
    keeper.edit(mine);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.saves).toHaveLength(0);
    expect((await drafts.read('1', '42'))?.content.title).toBe('我改的标题');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.saves.map(({ origin, content }) => [origin, content.title])).toEqual([
      ['autosaved', '我改的标题'],
    ]);
    expect(await drafts.read('1', '42')).toBeNull();
  });

  it('survives a server restart: keeps the words in the browser and sends them when it is back', async () => {
    const { server, client } = aServer();
    const drafts = createMemoryDrafts();
    const keeper = await openEditor(client, drafts);
    server.failure = networkError();
    keeper.edit(mine);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(keeper.read().state.phase).toBe('offline');
    expect((await drafts.read('1', '42'))?.content.title).toBe('我改的标题');
    server.failure = null;
    await vi.advanceTimersByTimeAsync(60_000);
    expect([keeper.read().state.phase, server.resource.title]).toEqual(['clean', '我改的标题']);
  });

  it('offers the copy of a crashed visit and does not write over it before the person decides', async () => {
    const { server, client } = aServer();
    const drafts = createMemoryDrafts();
    await drafts.write({
      accountId: '1',
      resourceId: '42',
      baseVersion: 1,
      content: mine,
      keptAt: '2026-11-22T01:00:00Z',
    });
    const keeper = await openEditor(client, drafts);
    expect(keeper.read().found?.content.title).toBe('我改的标题');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await drafts.read('1', '42')).not.toBeNull();
    keeper.resume();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.resource.title).toBe('我改的标题');
  });

  it('does not offer another person’s copy', async () => {
    const { client } = aServer();
    const drafts = createMemoryDrafts();
    await drafts.write({
      accountId: '2',
      resourceId: '42',
      baseVersion: 1,
      content: mine,
      keptAt: '2026-11-22T01:00:00Z',
    });
    expect((await openEditor(client, drafts)).read().found).toBeNull();
  });

  it('keeps both writings when somebody saved in between, and puts mine on top only when told', async () => {
    const { server, client } = aServer();
    const keeper = await openEditor(client, createMemoryDrafts());
    server.resource = aResource(2, aContent({ title: '对方改的标题' }));
    keeper.edit(mine);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([keeper.read().state.phase, server.resource.title]).toEqual(['conflict', '对方改的标题']);
    expect(await keeper.saveNow()).toBe(false);
    keeper.keepMine();
    await vi.advanceTimersByTimeAsync(5_000);
    expect([keeper.read().state.phase, server.resource.title, server.resource.version]).toEqual([
      'clean',
      '我改的标题',
      3,
    ]);
  });

  it('goes on after signing in again', async () => {
    const { server, client } = aServer();
    const keeper = await openEditor(client, createMemoryDrafts());
    server.failure = new ApiError({ status: 401, code: 'identity.session-expired', title: '' });
    keeper.edit(mine);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(keeper.read().state.phase).toBe('signed-out');
    server.failure = null;
    keeper.signedIn();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.resource.title).toBe('我改的标题');
  });

  it('sends nothing when there is nothing to send', async () => {
    const { server, client } = aServer();
    const keeper = await openEditor(client, createMemoryDrafts());
    expect(await keeper.saveNow()).toBe(true);
    keeper.edit(aContent());
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.saves).toHaveLength(0);
  });

  it('puts an older revision back as a new one', async () => {
    const { server, client } = aServer();
    const keeper = await openEditor(client, createMemoryDrafts());
    expect(await keeper.putBack(aContent({ title: '旧标题' }))).toBe(true);
    expect(server.saves.map(({ origin, content }) => [origin, content.title])).toEqual([
      ['restored', '旧标题'],
    ]);
  });

  it('settles by sending the words at once and leaving no copy in the browser', async () => {
    const { server, client } = aServer();
    const drafts = createMemoryDrafts();
    const keeper = await openEditor(client, drafts);
    keeper.edit(mine);
    await vi.advanceTimersByTimeAsync(600);
    expect(await drafts.all('1')).toHaveLength(1);
    expect(await keeper.settle()).toBe(true);
    expect([server.resource.title, await drafts.all('1')]).toEqual(['我改的标题', []]);
  });

  it('is not settled while the server is away, and leaves an earlier copy that waits for a decision', async () => {
    const { server, client } = aServer();
    const drafts = createMemoryDrafts();
    const keeper = await openEditor(client, drafts);
    server.failure = networkError();
    keeper.edit(mine);
    expect(await keeper.settle()).toBe(false);
    await vi.advanceTimersByTimeAsync(600);
    const later = await openEditor(aServer().client, drafts);
    expect(await later.settle()).toBe(true);
    expect(await drafts.all('1')).toHaveLength(1);
  });

  it('keeps and sends nothing more of words that were given up', async () => {
    const { server, client } = aServer();
    const drafts = createMemoryDrafts();
    const keeper = await openEditor(client, drafts);
    keeper.edit(mine);
    expect(keeper.isAtRisk()).toBe(true);
    keeper.abandon();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([keeper.isAtRisk(), server.saves, await drafts.all('1')]).toEqual([false, [], []]);
    expect(await keeper.settle()).toBe(false);
  });
});
