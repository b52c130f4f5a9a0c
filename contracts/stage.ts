import { Type } from 'typebox';

/** Where the newest revision of a resource stands. */
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
