import { Type } from 'typebox';

/** Where a resource is in its life. */
export const stages = [
  'draft',
  'in-review',
  'returned',
  'scheduled',
  'live',
  'withdrawn',
  'expired',
  'discarded',
] as const;
export const Stage = Type.Unsafe<Stage>(Type.Union(stages.map((stage) => Type.Literal(stage))));
export type Stage = (typeof stages)[number];
/** What is neither on the sites nor in the bin. */
export const pendingStages: readonly Stage[] = stages.filter(
  (stage) => stage !== 'live' && stage !== 'discarded',
);
export const stageNames: Readonly<Record<Stage, string>> = {
  draft: '草稿',
  'in-review': '审核中',
  returned: '已退回',
  scheduled: '待发布',
  live: '已发布',
  withdrawn: '已撤回',
  expired: '已到期',
  discarded: '已删除',
};
