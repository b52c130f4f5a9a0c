import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { Endpoint } from '../../../contracts/endpoint.ts';
import type { NewAnswer, Opinion } from '../../../contracts/opinion.ts';
import type { Review } from '../../../contracts/review.ts';
import type { Client } from '../../lib/client.ts';
import { renderWithServices } from '../../lib/render-with-services.tsx';
import { AnswerPanel } from './answer-panel.tsx';

/** jsdom lays nothing out, so there is nothing to observe. */
class QuietObserver {
  observe = vi.fn();
  unobserve = vi.fn();
  disconnect = vi.fn();
}
vi.stubGlobal('ResizeObserver', QuietObserver);

const revisionDigest = 'a'.repeat(64);
const review = { id: '9', unitName: '区民政局', revision: { digest: revisionDigest } } as Review;
const opinion: Opinion = {
  ...{ id: '5', reviewId: '9', stepName: '初审', unitId: '3', unitName: '区司法局' },
  ...{ question: '是否合法？', askedByName: '陆初审', askedAt: '2026-11-22T02:00:00.000Z' },
  ...{ dueOn: '2026-11-25', overdue: true, state: 'open', stance: null, answer: null },
  ...{ revisionDigest: null, endedByName: null, onBehalfOfName: null, endedAt: null, endReason: null },
  ...{ onBehalfOf: { id: '7', name: '李局长' }, actions: ['answer'] },
};

function show() {
  const sent: NewAnswer[] = [];
  const client = {
    call: (_endpoint: Endpoint, input: { body: NewAnswer }) => {
      sent.push(input.body);
      return Promise.resolve(opinion);
    },
  } as unknown as Client;
  renderWithServices(<AnswerPanel review={review} opinion={opinion} />, { client });
  return sent;
}

const said = () => document.querySelector('p[role=alert]')?.textContent;
const send = () => fireEvent.click(screen.getByRole('button', { name: '提交会签意见' }));

describe('answering for the unit that is asked', () => {
  afterEach(cleanup);

  it('says whether it agrees and, unless it plainly does, why', async () => {
    const sent = show();
    expect(screen.getByText('应在 2026-11-25 前答复，已逾期')).toBeTruthy();
    expect(screen.getByText(/您代李局长答复/)).toBeTruthy();
    send();
    expect(said()).toContain('请选择');
    fireEvent.click(screen.getByRole('radio', { name: '不同意' }));
    send();
    expect(said()).toContain('请写明意见');
    fireEvent.change(screen.getByLabelText(/^意见/), { target: { value: '与上位法不一致。' } });
    send();
    await waitFor(() => {
      expect(sent).toEqual([{ stance: 'oppose', text: '与上位法不一致。', revisionDigest, onBehalfOf: '7' }]);
    });
  });

  it('needs no words to agree', async () => {
    const sent = show();
    fireEvent.click(screen.getByRole('radio', { name: '同意' }));
    send();
    await waitFor(() => {
      expect(sent).toEqual([{ stance: 'agree', revisionDigest, onBehalfOf: '7' }]);
    });
  });
});
