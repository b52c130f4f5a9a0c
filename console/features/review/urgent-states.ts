import type { UrgentRelease, UrgentShown } from '../../../contracts/review.ts';
import { minuteText } from '../../lib/time.ts';

/** What the list of urgent releases can show. */
export const urgentShown = ['waiting', 'overdue', 'confirmed', 'objected', 'all'] as const;
export type UrgentListShown = (typeof urgentShown)[number];

export const urgentShownNames: Readonly<Record<UrgentShown | 'all', string>> = {
  waiting: '待补审',
  overdue: '超期',
  confirmed: '已补审',
  objected: '未通过',
  all: '全部',
};

const settlements = { corrected: '已发布更正的版本', withdrawn: '已从网站撤下' } as const;

/** Where the retrospective review stands. */
export function urgentSentence(release: UrgentRelease): string {
  const { state, overdue, stepName, dueAt, endedAt, objection, settledAs } = release;
  if (state === 'retrospective') {
    const until = overdue ? `应在 ${minuteText(dueAt)} 前补审，已超期` : `请在 ${minuteText(dueAt)} 前补审`;
    return `${until}，等待${stepName ?? ''}。`;
  }
  const late = overdue ? '（超期）' : '';
  if (state === 'confirmed') return `${minuteText(endedAt ?? dueAt)} 补审完成${late}。`;
  const what = settledAs === null ? '请更正后重新送审签发，或者撤下' : settlements[settledAs];
  return `${objection?.byName ?? ''}补审未通过${late}：${objection?.reason ?? ''}。${what}。`;
}
