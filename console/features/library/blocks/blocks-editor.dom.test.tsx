import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { Block } from '../../../../contracts/blocks.ts';
import { sitesApi } from '../../../../contracts/sites.ts';
import type { Client } from '../../../lib/client.ts';
import { renderWithServices } from '../../../lib/render-with-services.tsx';
import { createSessionStore } from '../../../lib/session-store.ts';
import { aSession } from '../../../lib/test-parts.ts';
import { BlocksEditor } from './blocks-editor.tsx';

/** jsdom lays nothing out, so there is nothing to observe or to measure. */
class QuietObserver {
  observe = vi.fn();
  unobserve = vi.fn();
  disconnect = vi.fn();
}
vi.stubGlobal('ResizeObserver', QuietObserver);

const profile: Block = { key: 'profile1', kind: 'profile', title: '区情', text: '辖区概况。', facts: [] };
const lead: Block = { key: 'lead0001', kind: 'lead', columnId: '7' };
const links: Block = {
  key: 'links001',
  kind: 'links',
  title: '链接',
  groups: [{ name: '国家', links: [{ name: '中国政府网', url: 'https://www.gov.cn/' }] }],
};

function show(blocks: readonly Block[], readOnly = false) {
  const client = {
    call: (endpoint: unknown) =>
      endpoint === sitesApi.listShownColumns
        ? Promise.resolve([{ id: '7', name: '浔阳要闻', kind: 'news', siteId: '1', siteName: '中国浔阳' }])
        : Promise.reject(new Error('nothing else is asked for')),
  } as unknown as Client;
  const sessions = createSessionStore();
  sessions.set({ kind: 'signed-in', session: aSession() });
  const kept: { blocks: readonly Block[] } = { blocks };
  function Held() {
    const [value, setValue] = useState(blocks);
    return (
      <BlocksEditor
        value={value}
        unitId="2"
        readOnly={readOnly}
        onChange={(next) => {
          kept.blocks = next;
          setValue(next);
        }}
      />
    );
  }
  renderWithServices(<Held />, { client, sessions });
  return { keys: () => kept.blocks.map(({ key }) => key), blocks: () => kept.blocks };
}

const headOf = (name: RegExp) => screen.getByRole('button', { name });

describe('the composer', () => {
  afterEach(cleanup);

  it('moves a block by Alt and arrow, keeps the focus on it, and says where it is now', () => {
    const { keys } = show([lead, profile, links]);
    const head = headOf(/^3\. 分组链接/);
    head.focus();
    fireEvent.keyDown(head, { key: 'ArrowUp', altKey: true });
    expect(keys()).toEqual(['lead0001', 'links001', 'profile1']);
    expect(document.activeElement?.id).toBe('block-links001');
    expect(screen.getByRole('status').textContent).toBe('“分组链接”移到第 2 块，共 3 块');
    fireEvent.keyDown(headOf(/^1\. 图文要闻/), { key: 'ArrowUp', altKey: true });
    expect(keys()).toEqual(['lead0001', 'links001', 'profile1']);
  });

  it('moves by its buttons, of which the first and the last lead nowhere', () => {
    const { keys } = show([lead, profile]);
    expect(headOf(/^上移第 1 块/)).toHaveProperty('disabled', true);
    expect(headOf(/^下移第 2 块/)).toHaveProperty('disabled', true);
    fireEvent.click(headOf(/^下移第 1 块/));
    expect(keys()).toEqual(['profile1', 'lead0001']);
  });

  it('moves by dragging', () => {
    const { keys } = show([lead, profile, links]);
    const dataTransfer = { setData: vi.fn(), effectAllowed: '' };
    const [grip] = screen.getAllByTitle('拖动排序');
    const [, , last] = screen.getAllByRole('listitem');
    if (!grip || !last) throw new Error('there is nothing to drag');
    fireEvent.dragStart(grip, { dataTransfer });
    fireEvent.dragOver(last, { dataTransfer });
    fireEvent.drop(last, { dataTransfer });
    expect(keys()).toEqual(['profile1', 'links001', 'lead0001']);
  });

  it('brings back what was removed, where it was', () => {
    const { blocks } = show([lead, profile, links]);
    fireEvent.click(headOf(/^删除第 2 块/));
    expect(blocks()).toEqual([lead, links]);
    fireEvent.click(headOf(/^撤销删除$/));
    expect(blocks()).toEqual([lead, profile, links]);
  });

  it('copies a block under a name of its own', () => {
    const { blocks } = show([links]);
    fireEvent.click(headOf(/^复制第 1 块/));
    const [first, second] = blocks();
    expect(second).toEqual({ ...first, key: second?.key });
    expect(second?.key).not.toBe(first?.key);
  });

  it('says beside the block what is missing, until it is there', () => {
    const { blocks } = show([{ ...profile, title: '' }]);
    const region = screen.getByRole('region', { name: '第 1 块：概况' });
    within(region).getByText('1 处未完成');
    fireEvent.click(headOf(/^1\. 概况/));
    within(region).getByText('请填写标题');
    fireEvent.change(within(region).getByLabelText('标题'), { target: { value: '区情' } });
    expect(within(region).queryByText('请填写标题')).toBeNull();
    expect(blocks()).toEqual([profile]);
  });

  it('shows the names of columns', async () => {
    show([lead]);
    expect(await screen.findByText('浔阳要闻')).toBeDefined();
  });

  it('offers nothing to those who only read', () => {
    show([lead, profile], true);
    expect(screen.queryByRole('button', { name: /添加区块|上移|删除/ })).toBeNull();
  });
});
