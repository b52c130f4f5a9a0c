import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { OpennessAssessment, OpennessForm } from '../../../contracts/openness.ts';
import type { Endpoint } from '../../../contracts/endpoint.ts';
import {
  type NewDecision,
  type NewUrgentRelease,
  type Review,
  reviewApi,
} from '../../../contracts/review.ts';
import { signingEndpoints } from '../../../contracts/signing.ts';
import type { Client } from '../../lib/client.ts';
import { renderWithServices } from '../../lib/render-with-services.tsx';
import { aContent, aRevision } from '../../lib/test-parts.ts';
import { DecisionPanel } from './decision-panel.tsx';
import { StandingList } from './standing-list.tsx';
import { UrgentPanel } from './urgent-panel.tsx';

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
  revisionDigest: 'a'.repeat(64),
  deadline: null,
  isOpened: true,
  reminders: [],
  mayUrge: false,
  stepSince: '2026-11-22T02:00:00.000Z',
  revision: aRevision(2, aContent({ openMode: '主动公开' })),
  comparedWith: null,
  decisions: [],
  earlierReviews: [],
  actions: ['approve', 'return'],
  onBehalfOf: null,
  standing: [],
  isOpposed: false,
  inReach: true,
  urgentWish: null,
  urgentRelease: null,
  urgentHours: null,
  refusal: null,
};

const form: OpennessForm = {
  items: [
    { key: 'secret-mark', name: '涉密标志', question: '有涉密标志？' },
    { key: 'privacy', name: '个人隐私', question: '含有个人信息？' },
  ],
  reasons: [
    { key: 'privacy', article: '第十五条', name: '个人隐私', statute: '条文。', openModes: ['不予公开'] },
  ],
  reassessMonths: 12,
};

const answers = form.items.map(({ key, name }) => ({ item: key, name, answer: 'no' as const, remark: null }));
const before: OpennessAssessment = {
  ...{ stepName: '初审', openMode: '主动公开', reason: null, reasonNote: null, answers, changes: [] },
  ...{ revisionDigest: 'a'.repeat(64), assessedByName: '陆初审', assessedAt: '2026-11-22T02:00:00.000Z' },
};

async function show(part: Partial<Review> = {}, assessed: readonly OpennessAssessment[] = [before]) {
  const sent: (NewDecision | NewUrgentRelease)[] = [];
  const answersOf = new Map<string, unknown>([
    ['/api/assessment-form', form],
    ['/api/reviews/:id/assessments', assessed],
    [
      signingEndpoints.getSecondFactor.path,
      { state: 'off', since: null, recoveryCodesLeft: 0, hasSignatureImage: false },
    ],
  ]);
  const client = {
    call: (endpoint: Endpoint, input: { body: NewDecision | NewUrgentRelease }) => {
      const acts: readonly string[] = [reviewApi.decideReview.path, reviewApi.releaseUrgently.path];
      if (!acts.includes(endpoint.path)) return Promise.resolve(answersOf.get(endpoint.path));
      sent.push(input.body);
      return Promise.resolve(review);
    },
  } as unknown as Client;
  const onDecided = vi.fn();
  const shown = { review: { ...review, ...part }, onOutdated: vi.fn() };
  renderWithServices(
    shown.review.urgentHours === null ? (
      <DecisionPanel {...shown} onDecided={onDecided} />
    ) : (
      <UrgentPanel {...shown} onReleased={onDecided} onCancel={vi.fn()} />
    ),
    { client },
  );
  await screen.findByText('公开属性认定');
  return { sent, onDecided };
}

const click = (name: string | RegExp, role = 'button') => fireEvent.click(screen.getByRole(role, { name }));
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const said = () => document.querySelector('p.problem')?.textContent;

describe('deciding a review', () => {
  afterEach(cleanup);

  it('signs what the step before found, once it is confirmed and the password is typed again', async () => {
    const { sent, onDecided } = await show();
    click('签发');
    expect(said()).toContain('请确认您已复核');
    click(/我已复核初审/, 'checkbox');
    click('签发');
    expect(said()).toContain('重新输入密码');
    type('您的登录密码', 'Jiyue-Test-2026');
    click('签发');
    await waitFor(() => {
      expect(onDecided).toHaveBeenCalled();
    });
    expect(sent).toEqual([
      {
        action: 'approve',
        step: 1,
        revisionDigest: 'a'.repeat(64),
        assessment: {
          openMode: '主动公开',
          answers: form.items.map(({ key }) => ({ item: key, answer: 'no' })),
        },
        proof: { method: 'password', secret: 'Jiyue-Test-2026' },
      },
    ]);
  });

  it('after an urgent release objects with a reason, and returns nothing', async () => {
    const { sent } = await show({ state: 'retrospective', step: 0, actions: ['approve', 'object'] });
    expect(screen.queryByRole('button', { name: '退回' })).toBeNull();
    click('补审不通过');
    expect(said()).toContain('补审不通过要写明理由');
    type('意见（不通过时必填）', '转移路线写错了');
    click('补审不通过');
    await waitFor(() => {
      expect(sent).toMatchObject([{ action: 'object', step: 0, reason: '转移路线写错了' }]);
    });
  });

  it('releases urgently with reason, finding and proof, and begins with what the author wished', async () => {
    const { sent } = await show({ step: 0, urgentHours: 24, urgentWish: '红色预警' }, []);
    type('紧急理由（必填，留存备查）', '');
    click('签发并马上发布');
    expect(said()).toContain('请写明为什么等不及审核');
    type('紧急理由（必填，留存备查）', '红色预警，须立即转移');
    click('其余都答“否”');
    click('签发并马上发布');
    expect(said()).toContain('重新输入密码');
    type('您的登录密码', 'Jiyue-Test-2026');
    click('签发并马上发布');
    await waitFor(() => {
      expect(sent).toMatchObject([
        { step: 0, reason: '红色预警，须立即转移', proof: { method: 'password' } },
      ]);
    });
  });

  it('asks the first of them every question, and what was done about what was found', async () => {
    const { sent } = await show({ step: 0 }, []);
    click('通过');
    expect(said()).toContain('涉密标志');
    const [, , treated] = screen.getAllByRole('radio', { name: '已处理' });
    expect(treated).toBeUndefined();
    fireEvent.click(screen.getAllByRole('radio', { name: '已处理' })[1] as HTMLElement);
    click('其余都答“否”');
    click('通过');
    expect(said()).toContain('请写明“个人隐私”');
    type('怎样处理的', '身份证号已隐去');
    click('通过');
    await waitFor(() => {
      expect(sent).toHaveLength(1);
    });
    expect(sent[0]?.assessment?.answers[1]).toEqual({
      item: 'privacy',
      answer: 'treated',
      remark: '身份证号已隐去',
    });
    expect(sent[0]).not.toHaveProperty('proof');
  });

  it('returns only with a reason, and then without the form', async () => {
    const { sent, onDecided } = await show();
    click('退回');
    expect(said()).toContain('理由');
    type('意见（退回时必填）', '文号写错了。');
    click('退回');
    await waitFor(() => {
      expect(onDecided).toHaveBeenCalled();
    });
    expect(sent[0]).toMatchObject({ action: 'return', reason: '文号写错了。' });
    expect(sent[0]).not.toHaveProperty('assessment');
  });

  it('goes on over a disagreement only with a reason', async () => {
    const { sent } = await show({ step: 0, isOpposed: true });
    click(/我已复核初审/, 'checkbox');
    click('通过');
    expect(said()).toContain('不同意');
    type('意见（有单位不同意，通过、退回都必填）', '已与该单位商定。');
    click('通过');
    await waitFor(() => {
      expect(sent).toMatchObject([{ action: 'approve', reason: '已与该单位商定。' }]);
    });
  });

  it('sends the work back to an earlier step in the place of whoever delegated', async () => {
    const { sent } = await show({
      actions: ['approve', 'return', 'send-back'],
      onBehalfOf: { id: '7', name: '李局长' },
    });
    expect(screen.getByText(/您代李局长办理/)).toBeTruthy();
    fireEvent.mouseDown(screen.getByLabelText('退回到'));
    fireEvent.click(screen.getByText('初审（从这一步重新审核）'));
    type('意见（退回时必填）', '请再核数字');
    click('退回');
    await waitFor(() => {
      expect(sent).toMatchObject([{ action: 'send-back', backTo: 0, onBehalfOf: '7', reason: '请再核数字' }]);
    });
  });

  it('offers no signature for what must not be open, only to keep it in the library', async () => {
    await show();
    click('不予公开', 'radio');
    expect(screen.queryByRole('button', { name: '签发' })).toBeNull();
    type('意见（退回时必填）', '涉及个人隐私');
    click('不公开，退回');
    expect(said()).toContain('法定理由');
  });

  it('draws only what the server offers', async () => {
    await show({ actions: ['return'] });
    expect(screen.queryByRole('button', { name: '签发' })).toBeNull();
  });
});

describe('where a review stands', () => {
  it('names whom it still waits for, also after an urgent release', () => {
    const standing = [
      { asked: '本单位审核员', approvedBy: ['李初审'], waitingFor: [] },
      { asked: '本单位全部签发人', approvedBy: [], waitingFor: ['赵签发'] },
    ];
    renderWithServices(<StandingList review={{ ...review, state: 'retrospective', standing }} />);
    expect(screen.getByText('还在等：赵签发')).toBeTruthy();
  });
});
