import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { renderWithServices } from '../../lib/render-with-services.tsx';
import { aContent, aDocument, aRevision, articleType } from '../../lib/test-parts.ts';
import { ConflictView } from './conflict-view.tsx';

function show() {
  const onTakeTheirs = vi.fn();
  const onKeepMine = vi.fn();
  renderWithServices(
    <ConflictView
      type={articleType}
      mine={aContent({ title: '关于开展检查的通知', body: aDocument('第一段。', '我加的一段。') })}
      theirs={aRevision(4, aContent({ body: aDocument('第一段。', '对方加的一段。') }))}
      onTakeTheirs={onTakeTheirs}
      onKeepMine={onKeepMine}
    />,
  );
  return { onTakeTheirs, onKeepMine };
}

describe('the conflict view', () => {
  afterEach(cleanup);

  it('says who saved what, and that nothing was overwritten', () => {
    show();
    expect(screen.getByText(/赵同事 在 2026-11-22 10:00 保存了第 4 版/)).toBeTruthy();
    expect(screen.getByText(/没有覆盖任何内容/)).toBeTruthy();
  });

  it('shows both writings of every field that differs', () => {
    show();
    const title = screen.getByRole('region', { name: '标题' });
    expect(title.querySelector('del')?.textContent).toBe('调查');
    expect(title.querySelector('ins')?.textContent).toBe('检查');
    expect(screen.getByRole('region', { name: '正文' })).toBeTruthy();
    expect(screen.queryByRole('region', { name: '关键词' })).toBeNull();
  });

  it('leaves the choice to the person', () => {
    const { onTakeTheirs, onKeepMine } = show();
    fireEvent.click(screen.getByRole('button', { name: /用对方的版本/ }));
    fireEvent.click(screen.getByRole('button', { name: /用我的版本/ }));
    expect([onTakeTheirs.mock.calls.length, onKeepMine.mock.calls.length]).toEqual([1, 1]);
  });
});
