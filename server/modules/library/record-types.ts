import { resourceTypeNames } from '../../../contracts/library.ts';
import {
  type BuiltInDescription,
  called,
  fieldsUnder,
  issuedBy,
  line,
  needed,
  neededAndShown,
  type SharedFields,
  shown,
  year,
} from './define-fields.ts';

const documentNumber = line('documentNumber', '文号', 60, {
  group: 'disclosure',
  inList: true,
  help: '有文号的写全称，例如“浔府办发〔2026〕1号”。',
});

const notice = fieldsUnder('notice');
const noticeFields = [
  notice.line('audience', '适用对象', 100),
  notice.day('until', '截止日期', { ...shown, help: '报名、申报或意见征集到哪一天为止。' }),
  notice.line('contact', '联系方式', 200),
];

const document = fieldsUnder('document');
const documentFields = [
  document.choice('kind', '资料类别', ['表格下载', '示范文本', '工作手册', '研究报告', '宣传资料', '其他'], {
    ...neededAndShown,
  }),
  document.line('edition', '版次', 60),
  document.line('writer', '编制单位', 100, needed),
  document.day('writtenOn', '编制日期'),
];

const personnel = fieldsUnder('personnel');
const personnelFields = [
  personnel.choice('kind', '类别', ['任职', '免职', '任免', '任前公示'], neededAndShown),
  personnel.line('authority', '任免机关', 100, neededAndShown),
  personnel.day('decidedOn', '决定日期', neededAndShown),
  personnel.text('people', '任免人员和职务', 4_000, { ...needed, help: '每行一人：姓名，任（免）何职务。' }),
  personnel.line('contact', '公示期意见反映方式', 200),
];

const budget = fieldsUnder('budget');
const budgetFields = [
  budget.line('year', '年度', 4, { ...neededAndShown, ...year }),
  budget.choice(
    'kind',
    '类别',
    ['政府预算', '政府决算', '部门预算', '部门决算', '“三公”经费', '预算执行', '绩效信息'],
    neededAndShown,
  ),
  budget.line('writer', '编制单位', 100, needed),
  budget.number('income', '收入合计（万元）', { minimum: 0 }),
  budget.number('spending', '支出合计（万元）', { minimum: 0 }),
  budget.number('threePublic', '“三公”经费（万元）', { minimum: 0 }),
];

const plan = fieldsUnder('plan');
const planFields = [
  plan.choice(
    'kind',
    '类别',
    ['国民经济和社会发展规划', '专项规划', '区域规划', '国土空间规划', '年度计划', '工作总结'],
    neededAndShown,
  ),
  plan.line('from', '起始年份', 4, { ...neededAndShown, ...year }),
  plan.line('until', '终止年份', 4, { ...shown, ...year }),
  plan.choice('state', '状态', ['征求意见', '已批准', '修编中', '已到期'], needed),
  plan.line('approvedBy', '批准机关', 100),
  plan.day('approvedOn', '批准日期'),
];

const statistics = fieldsUnder('statistics');
const statisticsFields = [
  statistics.choice(
    'kind',
    '类别',
    ['月度数据', '季度数据', '年度数据', '统计公报', '普查数据', '专题分析'],
    {
      ...neededAndShown,
    },
  ),
  statistics.line('period', '统计时期', 40, { ...neededAndShown, help: '例如“2026年三季度”。' }),
  statistics.text('indicators', '主要指标', 2_000, { help: '每行一项：指标，数值，单位，同比。' }),
  statistics.line('origin', '数据来源', 100, needed),
  statistics.text('scope', '统计口径说明', 1_000),
];

const procurement = fieldsUnder('procurement');
const procurementFields = [
  procurement.choice(
    'stage',
    '公告类型',
    ['采购意向', '采购公告', '更正公告', '结果公告', '终止公告', '合同公告', '验收公告'],
    neededAndShown,
  ),
  procurement.line('number', '项目编号', 80, neededAndShown),
  procurement.line('purchaser', '采购人', 100, neededAndShown),
  procurement.line('agency', '代理机构', 100),
  procurement.choice('method', '采购方式', [
    '公开招标',
    '邀请招标',
    '竞争性谈判',
    '竞争性磋商',
    '询价',
    '单一来源',
    '框架协议',
  ]),
  procurement.number('budget', '预算金额（万元）', { minimum: 0 }),
  procurement.day('deadline', '响应截止日期'),
  procurement.line('winner', '中标（成交）供应商', 200),
  procurement.number('amount', '中标（成交）金额（万元）', { minimum: 0 }),
  procurement.line('contact', '联系方式', 200, needed),
];

const recruitment = fieldsUnder('recruitment');
const recruitmentFields = [
  recruitment.choice(
    'kind',
    '招录类别',
    ['公务员', '事业单位', '国有企业', '编外用工', '公益性岗位', '其他'],
    {
      ...neededAndShown,
    },
  ),
  recruitment.choice(
    'stage',
    '环节',
    ['招聘公告', '资格审查', '笔试', '面试', '体检考察', '拟录用公示'],
    neededAndShown,
  ),
  recruitment.line('employer', '招聘单位', 100, needed),
  recruitment.number('headcount', '招聘人数', { minimum: 1, maximum: 100_000 }),
  recruitment.day('from', '报名开始'),
  recruitment.day('until', '报名截止', shown),
  recruitment.text('conditions', '报考条件', 2_000),
  recruitment.line('contact', '咨询方式', 200, needed),
];

const standard = fieldsUnder('standard');
const standardFields = [
  standard.line('number', '标准编号', 60, neededAndShown),
  standard.choice('level', '标准级别', ['国家标准', '行业标准', '地方标准', '团体标准', '工作规范'], needed),
  standard.choice('state', '状态', ['即将实施', '现行', '修订中', '废止'], neededAndShown),
  standard.day('issuedOn', '发布日期', needed),
  standard.day('effectiveOn', '实施日期'),
  standard.line('owner', '归口单位', 100),
  standard.line('replaces', '代替标准', 100),
];

/** Types whose pages are records: the table of openness, the facts of the type, then the text. */
export function recordTypes(shared: SharedFields): readonly BuiltInDescription[] {
  const { title, body, attachments, common, disclosure } = shared;
  const optionalBody = called(body, body.name, { requiredAt: 'never' });
  const ending = [...common, ...disclosure, issuedBy];
  const record = (
    key: BuiltInDescription['key'],
    fields: BuiltInDescription['fields'],
  ): BuiltInDescription => ({ key, name: resourceTypeNames[key], template: 'record', fields });
  return [
    record('notice', [title, ...noticeFields, body, attachments, ...ending, documentNumber]),
    record('document', [
      title,
      ...documentFields,
      optionalBody,
      called(attachments, attachments.name, { requiredAt: 'submission' }),
      ...ending,
    ]),
    record('personnel', [title, ...personnelFields, optionalBody, attachments, ...ending, documentNumber]),
    record('budget', [title, ...budgetFields, body, attachments, ...ending]),
    record('plan', [title, ...planFields, body, attachments, ...ending, documentNumber]),
    record('statistics', [title, ...statisticsFields, body, attachments, ...ending]),
    record('procurement', [title, ...procurementFields, body, attachments, ...ending]),
    record('recruitment', [title, ...recruitmentFields, body, attachments, ...ending]),
    record('standard', [title, ...standardFields, optionalBody, attachments, ...ending]),
  ];
}
