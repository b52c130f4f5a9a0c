import type { Stage } from '../../../contracts/library.ts';
import { AppError } from '../../platform/errors.ts';

/** What can happen to a resource. */
export type Deed =
  | 'save'
  | 'submit'
  | 'return'
  | 'recall'
  | 'sign'
  | 'release'
  | 'withdraw'
  | 'expire'
  | 'discard'
  | 'restore'
  | 'schedule'
  | 'place';

/**
 * Which deeds each stage allows. An edit of something live keeps it live: stage says where the newest
 * revision stands, the pointer to the live revision says what citizens see. Columns are chosen (`place`) where
 * text may be written: what reviewers look at includes where it will stand.
 */
export const deedsOf: Readonly<Record<Stage, readonly Deed[]>> = {
  draft: ['save', 'submit', 'discard', 'schedule', 'place', 'withdraw'],
  'in-review': ['return', 'recall', 'sign', 'withdraw'],
  returned: ['save', 'submit', 'discard', 'schedule', 'place', 'withdraw'],
  scheduled: ['release', 'withdraw', 'schedule'],
  live: ['save', 'submit', 'withdraw', 'expire', 'schedule', 'place'],
  withdrawn: ['save', 'submit', 'schedule', 'place'],
  expired: ['save', 'submit', 'schedule', 'place'],
  discarded: ['restore'],
};

const deedNames: Readonly<Record<Deed, string>> = {
  save: '修改',
  submit: '提交审核',
  return: '退回',
  recall: '撤回审核',
  sign: '签发',
  release: '发布',
  withdraw: '撤回',
  expire: '到期下线',
  discard: '删除',
  restore: '恢复',
  schedule: '定时',
  place: '更换栏目',
};

const refusalOf: Partial<Record<Stage, string>> = {
  'in-review': '稿件正在审核，请先撤回审核再操作。',
  scheduled: '稿件已签发待发布，请先撤回再操作。',
  discarded: '稿件已删除，请先恢复。',
};

export interface ResourceState {
  readonly stage: Stage;
  readonly hasLiveRevision: boolean;
  /** It was public once: its index number and its address are known to the world. */
  readonly wasPublished: boolean;
}

export function stateOf(row: {
  readonly stage: Stage;
  readonly liveRevisionId: string | null;
  readonly firstPublishedAt: Date | null;
}): ResourceState {
  return {
    stage: row.stage,
    hasLiveRevision: row.liveRevisionId !== null,
    wasPublished: row.firstPublishedAt !== null,
  };
}

export function allowsDeed(state: ResourceState, deed: Deed): boolean {
  if (deed === 'withdraw') return state.hasLiveRevision || state.stage === 'scheduled';
  if (deed === 'discard' && state.wasPublished) return false;
  return deedsOf[state.stage].includes(deed);
}

export function requireDeed(state: ResourceState, deed: Deed): void {
  if (allowsDeed(state, deed)) return;
  const message = refusalOf[state.stage] ?? `当前状态不能${deedNames[deed]}。`;
  throw new AppError('conflict', 'library.stage-forbids', message, { details: { stage: state.stage, deed } });
}

/** A release lies ahead, an expiry after it. Both may be null: at once, and for ever. */
export function requireSchedule(releaseAt: Date | null, expireAt: Date | null, now: Date): void {
  const begins = releaseAt !== null && releaseAt > now ? releaseAt : now;
  if (expireAt !== null && expireAt <= begins) {
    throw new AppError('invalid', 'library.schedule-invalid', '到期时间必须晚于发布时间。');
  }
  const tenYears = now.getTime() + 10 * 366 * 86_400_000;
  if (releaseAt !== null && releaseAt.getTime() > tenYears) {
    throw new AppError('invalid', 'library.schedule-invalid', '发布时间不能晚于十年后。');
  }
}

/** Stage of a resource whose work on the newest revision was taken back from review. */
export function stageAfterRecall(state: ResourceState): Stage {
  if (state.hasLiveRevision) return 'live';
  return state.wasPublished ? 'withdrawn' : 'draft';
}
