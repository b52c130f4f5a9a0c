import type { HomeBlock } from '../block-types.ts';
import { interpretations, news, notices, picture, policies } from './entries.examples.ts';

type BlockOf<K extends HomeBlock['kind']> = Extract<HomeBlock, { kind: K }>;

export const leadBlock: BlockOf<'lead'> = {
  kind: 'lead',
  title: '浔阳要闻',
  url: '/zwzx/xyyw/',
  stories: news.filter((story) => story.picture !== undefined),
  entries: news.filter((story) => story.picture === undefined),
};

export const noticesBlock: BlockOf<'notices'> = {
  kind: 'notices',
  title: '通知公告',
  url: '/zwgk/tzgg/',
  entries: notices,
};

export const servicesBlock: BlockOf<'services'> = {
  kind: 'services',
  title: '常用办事',
  url: '/zwfw/',
  links: [
    { name: '社会保障卡', note: '申领、补换、激活', url: '/zwfw/sbk/' },
    { name: '不动产登记', note: '查询、过户、抵押', url: '/zwfw/bdc/' },
    { name: '义务教育入学', note: '报名条件与学区', url: '/zwfw/rx/' },
    { name: '开办企业', note: '一次办、免费刻章', url: '/zwfw/qy/' },
    { name: '医保报销', note: '异地就医备案', url: '/zwfw/yb/' },
    { name: '养老服务', note: '高龄津贴、助餐', url: '/zwfw/yl/' },
  ],
};

const named = (path: string, names: readonly string[]) =>
  names.map((name, index) => ({ name, url: `${path}${index + 1}/` }));

export const serviceGroupsBlock: BlockOf<'service-groups'> = {
  kind: 'service-groups',
  title: '办事服务',
  url: '/zwfw/',
  groups: [
    {
      name: '个人办事',
      links: named('/zwfw/gr/', ['生育收养', '教育入学', '就业创业', '社会保障', '医疗卫生', '养老服务']),
    },
    {
      name: '企业办事',
      links: named('/zwfw/qy/', ['设立变更', '准营准办', '资质认证', '税费缴纳', '惠企政策', '注销退出']),
    },
  ],
};

export const columnsBlock: BlockOf<'columns'> = {
  kind: 'columns',
  blocks: [
    { title: '街道部门动态', url: '/zwzx/bmdt/', entries: news.slice(3) },
    { title: '征集与公示', url: '/zwgk/gs/', entries: notices },
  ],
};

export const tabsBlock: BlockOf<'tabs'> = {
  kind: 'tabs',
  title: '政策',
  blocks: [
    { title: '政策文件', url: '/zwgk/zcwj/', entries: policies },
    { title: '政策解读', url: '/zwgk/zcjd/', entries: interpretations },
    { title: '法律法规', url: '/zwgk/flfg/', entries: policies.slice(1) },
    { title: '空栏目', url: '/zwgk/empty/', entries: [] },
  ],
};

export const figuresBlock: BlockOf<'figures'> = {
  kind: 'figures',
  title: '数说浔阳',
  url: '/zfsj/',
  asOf: '2026-10-31',
  figures: [
    { name: '政务服务一窗通办事项', value: '1,286', unit: '项', url: '/zwfw/' },
    { name: '开放数据集', value: '214', unit: '个', url: '/zfsj/kf/' },
    { name: '本年度办结群众来信', value: '3,907', unit: '件', url: '/zmhd/' },
    { name: '来信按时办结率', value: '99.2', unit: '%' },
    { name: '现行有效行政规范性文件', value: '46', unit: '件', url: '/zwgk/zcwj/' },
  ],
};

export const barChartBlock: BlockOf<'chart'> = {
  kind: 'chart',
  title: '各街道群众来信办结量',
  form: 'bar',
  unit: '件',
  rows: [
    { name: '甘棠街道', value: 812 },
    { name: '湓浦街道', value: 745 },
    { name: '人民路街道', value: 640 },
    { name: '白水湖街道', value: 587 },
    { name: '金鸡坡街道', value: 421 },
    { name: '滨兴街道', value: 398 },
    { name: '桃李街道', value: 304 },
  ],
  source: '区数字经济发展中心（演示数据）',
};

export const lineChartBlock: BlockOf<'chart'> = {
  kind: 'chart',
  title: '每月政务服务办件量',
  form: 'line',
  unit: '万件',
  rows: [2.31, 1.42, 2.88, 2.75, 2.64, 3.02, 3.11, 2.97, 3.35, 3.2, 3.48, 3.61].map((value, index) => ({
    name: `${index + 1}月`,
    value,
  })),
  source: '区行政审批局（演示数据）',
  url: '/zfsj/bjl/',
};

export const cardsBlock: BlockOf<'cards'> = {
  kind: 'cards',
  title: '专题专栏',
  cards: [
    {
      name: '滨江生态步道建设',
      note: '把最好的岸线还给市民',
      url: '/zt/bjbd/',
      picture: picture('riverside', '江边步道'),
    },
    {
      name: '老旧小区改造“回头看”',
      note: '听居民说，帮居民改',
      url: '/zt/ljxq/',
      picture: picture('estate', '改造后的小区庭院'),
    },
    {
      name: '校园食品安全',
      note: '检查结果逐校公开',
      url: '/zt/spaq/',
      picture: picture('school', '学校食堂'),
    },
    { name: '优化营商环境', note: '政策、服务、诉求一站到达', url: '/zt/yshj/' },
  ],
};

export const linksBlock: BlockOf<'links'> = {
  kind: 'links',
  title: '部门与街道网站',
  links: ['教育体育局', '民政局', '卫生健康委员会', '甘棠街道', '湓浦街道', '白水湖街道', '金鸡坡街道'].map(
    (name, index) => ({ name: `浔阳区${name}`, url: `https://unit${index}.xunyang-demo.gov.cn/` }),
  ),
};

export const linkGroupsBlock: BlockOf<'link-groups'> = {
  kind: 'link-groups',
  title: '政府信息公开',
  groups: [
    { name: '公开制度', links: named('/zwgk/zd/', ['公开指南', '公开制度', '公开年报', '依申请公开']) },
    {
      name: '法定内容',
      links: named('/zwgk/fd/', ['机构职能', '财政预决算', '行政执法', '规划计划', '重大项目', '政府采购']),
    },
    {
      name: '基层目录',
      links: [
        { name: '重点领域', note: '26 个试点领域标准目录', url: '/zwgk/jc/1/' },
        ...named('/zwgk/ml/', ['社会救助', '养老服务']),
      ],
    },
  ],
};

export const textBlock: BlockOf<'text'> = {
  kind: 'text',
  title: '活动说明',
  html: '<p>第三届社区邻里节由区民政局和七个街道共同举办，所有活动免费参加，无需预约。</p><ul><li>带好老年卡的老人可在各会场领取茶点。</li><li>雨天活动改在社区服务中心室内举行，<a href="/zwgk/tzgg/">以当天通知为准</a>。</li></ul>',
};

export const pictureBlock: BlockOf<'picture'> = {
  kind: 'picture',
  picture: picture('riverside', '滨江生态步道全线示意图：起点湓浦公园，终点白水湖，全长 12.6 公里'),
  caption: '滨江生态步道全线示意图',
  url: '/zt/bjbd/',
};

export const videoBlock: BlockOf<'video'> = {
  kind: 'video',
  title: '三分钟看懂加装电梯补贴',
  url: '/files/elevator.mp4',
  mediaType: 'video/mp4',
  poster: picture('estate', ''),
  transcript:
    '画面：一栋六层居民楼。\n旁白：既有住宅加装电梯，每台补贴二十万元，由业主代表向社区提出申请。\n画面：申请流程图，共四步。',
};

export const profileBlock: BlockOf<'profile'> = {
  kind: 'profile',
  title: '走进浔阳',
  url: '/zjxy/',
  text: '浔阳区位于长江南岸、鄱阳湖西侧，是一座因江而兴的老城区。这里用于演示的数字均为虚构。',
  facts: [
    { name: '面积', value: '50 平方公里' },
    { name: '常住人口', value: '38 万' },
    { name: '街道', value: '7 个' },
    { name: '社区', value: '62 个' },
  ],
};

/** One of each kind, in the order in which a portal would have them. */
export const everyBlock: readonly HomeBlock[] = [
  noticesBlock,
  leadBlock,
  serviceGroupsBlock,
  tabsBlock,
  columnsBlock,
  figuresBlock,
  cardsBlock,
  barChartBlock,
  lineChartBlock,
  servicesBlock,
  linkGroupsBlock,
  textBlock,
  pictureBlock,
  videoBlock,
  profileBlock,
  linksBlock,
];

/** The same kinds with nothing in them: of these no page shows anything. */
export const emptyBlocks: readonly HomeBlock[] = [
  { ...leadBlock, stories: [], entries: [] },
  { kind: 'columns', blocks: [{ title: '空', url: '/', entries: [] }] },
  { ...tabsBlock, blocks: [{ title: '空', url: '/', entries: [] }] },
  { ...noticesBlock, entries: [] },
  { ...linksBlock, links: [] },
  { ...linkGroupsBlock, groups: [{ name: '空', links: [] }] },
  { ...servicesBlock, links: [] },
  { ...serviceGroupsBlock, groups: [{ name: '空', links: [] }] },
  { ...figuresBlock, figures: [] },
  { ...barChartBlock, rows: [] },
  { ...cardsBlock, cards: [] },
  { kind: 'text', html: '' },
  { ...profileBlock, text: '', facts: [] },
];
