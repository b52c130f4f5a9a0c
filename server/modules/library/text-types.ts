import { resourceTypeNames } from '../../../contracts/library.ts';
import {
  type BuiltInDescription,
  called,
  fieldsUnder,
  needed,
  neededAndShown,
  type SharedFields,
  shown,
} from './define-fields.ts';

const overview = fieldsUnder('overview');
const overviewFields = [
  overview.choice(
    'subject',
    '主题',
    ['区情综述', '自然地理', '历史沿革', '行政区划', '人口民族', '经济发展', '文化旅游', '城市名片'],
    neededAndShown,
  ),
  overview.line('asOf', '内容截至', 40, { help: '例如“2025年末”。' }),
  overview.line('origin', '数据来源', 100),
];

// 办事指南的要素（rules §7.3）; the eight that are counted are asked for before it is handed in (R22).
const guide = fieldsUnder('service-guide');
const guideFields = [
  guide.choices(
    'audience',
    '服务对象',
    ['自然人', '企业法人', '事业法人', '社会组织法人', '其他组织'],
    needed,
  ),
  guide.choice('kind', '办件类型', ['即办件', '承诺件'], neededAndShown),
  guide.text('basis', '设定依据', 4_000, needed),
  guide.text('conditions', '受理条件', 4_000, needed),
  guide.text('materials', '申请材料', 8_000, {
    ...needed,
    help: '每行一种：名称、份数、形式、来源。不写“其他材料”“有关证明”一类的话。',
  }),
  guide.text('steps', '办理流程', 4_000, needed),
  guide.line('legalLimit', '法定办结时限', 60, needed),
  guide.line('promisedLimit', '承诺办结时限', 60, shown),
  guide.text('charges', '收费标准和依据', 2_000, { ...needed, help: '不收费的写“不收费”。' }),
  guide.choice(
    'depth',
    '网上办理深度',
    ['Ⅰ级（信息公开）', 'Ⅱ级（网上收件）', 'Ⅲ级（网上预审或受理）', 'Ⅳ级（全程网办）'],
    shown,
  ),
  guide.number('visits', '到办事现场次数', { minimum: 0, maximum: 9 }),
  guide.link('onlineAt', '网上办理地址'),
  guide.line('place', '办理地点', 200, needed),
  guide.line('hours', '办理时间', 200, needed),
  guide.line('askAt', '咨询方式', 200, needed),
  guide.line('complainAt', '监督投诉方式', 200, needed),
  guide.line('result', '审批结果名称', 100),
];

// The subjects of the national platform of public data.
const subjects =
  '信用服务、医疗卫生、社保就业、公共安全、城建住房、交通运输、教育文化、科技创新、资源能源、生态环境、工业农业、商贸流通、财税金融、市场监管、社会救助、法律服务、生活服务、气象服务、地理空间、机构团体、其他'.split(
    '、',
  );

const dataset = fieldsUnder('dataset');
const datasetFields = [
  dataset.line('provider', '提供单位', 100, neededAndShown),
  dataset.choice('subject', '主题分类', subjects, needed),
  dataset.choice('openness', '开放条件', ['无条件开放', '有条件开放'], neededAndShown),
  dataset.choice(
    'frequency',
    '更新频率',
    ['实时', '每日', '每周', '每月', '每季度', '每半年', '每年', '不定期'],
    neededAndShown,
  ),
  dataset.day('updatedOn', '数据更新日期', needed),
  dataset.choices('formats', '数据格式', ['CSV', 'XLSX', 'JSON', 'XML', 'RDF', '接口'], needed),
  dataset.number('records', '数据量（条）', { minimum: 0 }),
  dataset.text('items', '数据项', 4_000, { ...needed, help: '每行一项：名称、类型、说明。' }),
  dataset.link('api', '接口地址'),
  dataset.line('licence', '使用许可', 200),
  dataset.line('contact', '联系方式', 200),
];

const question = fieldsUnder('question-answer');
const questionFields = [
  question.text('question', '问题', 1_000, needed),
  question.line('subject', '主题', 60, shown),
  question.line('answeredBy', '解答单位', 100, neededAndShown),
  question.day('answeredOn', '解答日期'),
  question.text('basis', '政策依据', 1_000),
];

const rumour = fieldsUnder('rumour-refutation');
const rumourFields = [
  rumour.text('claim', '网传内容', 1_000, needed),
  rumour.choice('verdict', '查证结论', ['不实', '部分不实', '断章取义', '旧闻新炒'], neededAndShown),
  rumour.line('spreadOn', '传播渠道', 100),
  rumour.line('verifiedBy', '查证单位', 100, neededAndShown),
  rumour.day('verifiedOn', '查证日期', needed),
  rumour.text('sources', '依据', 1_000, { help: '查证用的文件、数据或核实单位，每行一项。' }),
  {
    key: 'refutes',
    name: '澄清的信息',
    kind: 'resources',
    maxItems: 5,
    requiredAt: 'never',
    group: 'main',
    help: '谣言曲解的是本平台上的哪条信息；两边的页面会互相链接。',
  } as const,
];

const emergency = fieldsUnder('emergency');
const emergencyFields = [
  emergency.choice('kind', '事件类别', ['自然灾害', '事故灾难', '公共卫生事件', '社会安全事件', '其他'], {
    ...neededAndShown,
  }),
  emergency.choice(
    'level',
    '响应或预警级别',
    ['Ⅰ级（红色）', 'Ⅱ级（橙色）', 'Ⅲ级（黄色）', 'Ⅳ级（蓝色）', '未分级'],
    neededAndShown,
  ),
  emergency.line('area', '影响范围', 200, needed),
  emergency.line('since', '起始时间', 60),
  emergency.line('until', '解除时间', 60),
  emergency.text('measures', '防范应对措施', 4_000, { ...needed, help: '每行一条，先说最要紧的。' }),
  emergency.line('hotline', '求助电话', 100, needed),
];

/** What follows an emergency, each with a time of its own. */
const progressFields = [
  {
    key: 'progressOf',
    name: '报告的突发事件',
    kind: 'resources',
    resourceType: 'emergency',
    maxItems: 1,
    requiredAt: 'never',
    group: 'more',
    help: '续报事件进展时选首报；首报的页面按时间列出全部续报。',
  } as const,
];

/** Types whose pages are texts under the facts of the type. */
export function textTypes(shared: SharedFields): readonly BuiltInDescription[] {
  const { title, body, attachments, common, disclosure } = shared;
  const made = (
    key: BuiltInDescription['key'],
    own: BuiltInDescription['fields'],
    text: typeof body,
    name = title.name,
  ): BuiltInDescription => ({
    key,
    name: resourceTypeNames[key],
    template: 'article',
    fields: [called(title, name), ...own, text, attachments, ...common, ...disclosure],
  });
  const besides = (name: string) => called(body, name, { requiredAt: 'never' });
  return [
    made('overview', overviewFields, body),
    made('service-guide', guideFields, besides('补充说明'), '事项名称'),
    made('dataset', datasetFields, besides('数据说明'), '数据集名称'),
    made('question-answer', questionFields, called(body, '解答')),
    made('rumour-refutation', rumourFields, called(body, '事实真相')),
    made('emergency', [...emergencyFields, ...progressFields], besides('详细情况')),
  ];
}
