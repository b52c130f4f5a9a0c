import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { NewDecision, Review } from '../../../contracts/review.ts';
import type { Client } from '../../lib/client.ts';
import { renderWithServices } from '../../lib/render-with-services.tsx';
import { aContent, aRevision } from '../../lib/test-parts.ts';
import { DecisionPanel } from './decision-panel.tsx';

/** jsdom lays nothing out, so there is nothing to observe. */
class QuietObserver {
  observe = vi.fn();
  unobserve = vi.fn();
  disconnect = vi.fn();
}
vi.stubGlobal('ResizeObserver', QuietObserver);

const review: Review = {
  id: '9',
  resourceId: '42',
  title: '通知',
  type: 'article',
  unitId: '2',
  unitName: '区民政局',
  state: 'open',
  step: 1,
  steps: [
    { key: 'first', name: '初审', role: 'reviewer' },
    { key: 'signature', name: '签发', role: 'principal' },
  ] as Review['steps'],
  submittedByName: '王小编',
  submittedAt: '2026-11-22T02:00:00.000Z',
  stepSince: '2026-11-22T02:00:00.000Z',
  revision: aRevision(2, aContent({ openMode: '主动公开' })),
  comparedWith: null,
  decisions: [],
  earlierReviews: [],
  actions: ['approve', 'return'],
  onBehalfOf: null,
  standing: [],
  inReach: true,
  refusal: null,
};

function show(part: Partial<Review> = {}) {
  const sent: NewDecision[] = [];
  const client = {
    call: (_: unknown, input: { body: NewDecision }) => {
      sent.push(input.body);
      return Promise.resolve(review);
    },
  } as unknown as Client;
  const onDecided = vi.fn();
  renderWithServices(
    <DecisionPanel review={{ ...review, ...part }} onDecided={onDecided} onOutdated={vi.fn()} />,
    { client },
  );
  return { sent, onDecided };
}

const click = (name: string | RegExp, role = 'button') => fireEvent.click(screen.getByRole(role, { name }));

describe('deciding a review', () => {
  afterEach(cleanup);

  it('signs in one step once both checks are confirmed, with the digest that was looked at', async () => {
    const { sent, onDecided } = show();
    click(/认定公开属性/, 'checkbox');
    click(/保密审查/, 'checkbox');
    click('签发');
    await waitFor(() => {
      expect(onDecided).toHaveBeenCalled();
    });
    expect(sent).toEqual([
      {
        action: 'approve',
        step: 1,
        revisionDigest: 'a'.repeat(64),
        openness: '主动公开',
        opennessChecked: true,
        secrecyChecked: true,
      },
    ]);
  });

  it('says which check is missing and sends nothing', () => {
    const { sent } = show();
    click(/认定公开属性/, 'checkbox');
    click('签发');
    expect(screen.getByRole('alert').textContent).toBe('请确认保密审查');
    expect(sent).toEqual([]);
  });

  it('returns only with a reason, and then without the checks', async () => {
    const { sent, onDecided } = show();
    click('退回');
    expect(screen.getByRole('alert').textContent).toContain('理由');
    fireEvent.change(screen.getByLabelText('意见（退回时必填）'), { target: { value: '文号写错了。' } });
    click('退回');
    await waitFor(() => {
      expect(onDecided).toHaveBeenCalled();
    });
    expect(sent[0]).toMatchObject({ action: 'return', reason: '文号写错了。' });
  });

  it('sends the work back to an earlier step in the place of whoever delegated', async () => {
    const { sent } = show({
      actions: ['approve', 'return', 'send-back'],
      onBehalfOf: { id: '7', name: '李局长' },
    });
    expect(screen.getByText(/您代李局长办理/)).toBeTruthy();
    fireEvent.mouseDown(screen.getByLabelText('退回到'));
    fireEvent.click(screen.getByText('初审（从这一步重新审核）'));
    fireEvent.change(screen.getByLabelText('意见（退回时必填）'), { target: { value: '请再核数字' } });
    click('退回');
    await waitFor(() => {
      expect(sent).toMatchObject([{ action: 'send-back', backTo: 0, onBehalfOf: '7', reason: '请再核数字' }]);
    });
  });

  it('draws only what the server offers', () => {
    show({ actions: ['return'] });
    expect(screen.queryByRole('button', { name: '签发' })).toBeNull();
  });
});
