import type { CorrectionAnswerProps } from '../form-types.ts';
import {
  type FormPage,
  renderCorrectionForm,
  renderCorrectionStatus,
  renderFeedbackForm,
  renderFeedbackThanks,
} from './forms.tsx';

const page = { path: '/zwgk/tzgg/202611/t20261122_42.html', name: '关于调整城区公交线路的公告' };

const open: CorrectionAnswerProps = {
  code: '7K3M-P0XZ-9QWD',
  page: { name: page.name, url: page.path },
  kind: 'typo',
  description: '第二段“公交线路”写成了“公交路线”。',
  reportedOn: '2026-11-26',
  unitName: '浔阳区交通运输局',
  state: 'open',
  dueOn: '2026-12-01',
  reply: null,
  answeredAt: null,
};

export const formExamples = {
  'a correction, opened from a page': renderCorrectionForm({ values: {}, page }),
  'a correction with everything wrong': renderCorrectionForm({
    values: { page: '/nichts', kind: '', description: '错', quote: '原文 <b>', contact: '12345' },
    problems: {
      page: '本网站没有这个页面，请检查网址',
      kind: '请选择错误类型',
      description: '请写得再具体一些，至少 5 个字',
      quote: '最多 200 个字，现在是 201 个',
      contact: '请填写 11 位手机号、固定电话或电子邮箱，也可以不填',
      leave_empty: '请不要填写标有“请留空”的一栏',
    },
  }),
  'a correction that cannot be sent now': renderCorrectionForm({
    values: { description: '第二段有错别字。' },
    page,
    notice: '现在暂时不能在线提交。您填写的内容都在，请稍后再试，或者用下面的电话联系我们。',
  }),
  'a correction that was received': renderCorrectionStatus({ code: open.code, answer: open, sent: true }),
  'a correction that was answered': renderCorrectionStatus({
    code: open.code,
    answer: {
      ...open,
      state: 'answered',
      reply: '您好，已经改正。\n谢谢您的提醒。',
      answeredAt: '2026-11-27 09:30',
    },
  }),
  'a code that nobody gave out': renderCorrectionStatus({ code: '1234', problem: '没有找到，请检查查询码' }),
  'asking for a code': renderCorrectionStatus({ code: '' }),
  'a rating that is too long': renderFeedbackForm({
    values: { page: page.path, useful: 'no', reason: 'unclear', remark: '很长的话' },
    problems: { remark: '最多 500 个字，现在是 501 个' },
  }),
  'thanks for a rating': renderFeedbackThanks(page.path),
} satisfies Readonly<Record<string, FormPage>>;
