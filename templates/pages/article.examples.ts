import type { ArticleProps, PolicyProps, RecordProps } from '../page-types.ts';
import { noticesColumn, noticesTrail, policyColumn, policyTrail, portalChrome } from './chrome.examples.ts';

const articleBody = [
  '<p>为方便市民出行，滨江生态步道三期工程已于 11 月 20 日通过竣工验收，现就开放有关事项公告如下。</p>',
  '<h2 id="open">一、开放时间</h2>',
  '<p>自 2026 年 11 月 21 日起全天开放。遇长江水位超过警戒线、大风和冰雪天气时，部分路段将临时封闭。</p>',
  '<figure><img src="/files/riverside.svg" alt="江边步道上的行人和芦苇" width="960" height="540" loading="lazy"/><figcaption>滨江生态步道三期（示意图）</figcaption></figure>',
  '<h2 id="stations">二、驿站与服务</h2>',
  '<p>沿线设驿站 6 处，提供饮水、充电、母婴室和急救箱，<strong>全部免费</strong>。</p>',
  '<div class="table-scroll" tabindex="0"><table><thead><tr><th>驿站</th><th>位置</th><th>服务时间</th><th>电话</th></tr></thead><tbody>',
  '<tr><td>一号驿站</td><td>庾亮南路口</td><td>06:00—22:00</td><td>0792-0000001</td></tr>',
  '<tr><td>二号驿站</td><td>湓浦公园</td><td>06:00—22:00</td><td>0792-0000002</td></tr>',
  '<tr><td>三号驿站</td><td>白水湖口</td><td>07:00—21:00</td><td>0792-0000003</td></tr></tbody></table></div>',
  '<h2 id="rules">三、注意事项</h2>',
  '<ol><li>步道内禁止机动车、电动车驶入，自行车请走骑行道。</li><li>携犬出行须束犬链，并清理粪便。</li><li>请勿下水游泳、野钓。</li></ol>',
  '<p>意见和建议可拨打 12345，或<a href="/zmhd/">在线留言</a>。</p>',
  '<p class="align-right">浔阳区城市管理局</p><p class="align-right">2026 年 11 月 20 日</p>',
].join('');

const clauses = [
  '目的',
  '适用范围',
  '职责分工',
  '统一平台',
  '栏目管理',
  '内容审核',
  '信息发布',
  '安全管理',
  '监督考核',
  '施行日期',
];

const policyBody = clauses
  .map(
    (clause, index) =>
      `<h2 id="article-${index + 1}">第${'一二三四五六七八九十'.charAt(index)}条 ${clause}</h2><p>为加强和规范政府网站管理，提升政府网上履职能力和服务水平，根据国家有关规定，结合本区实际，制定本条规定。各街道办事处、区政府各部门应当依照职责落实${clause}的各项要求，做到权责一致、公开透明、便民高效。</p><p>区政府办公室负责全区政府网站的指导、监督和协调，区数字经济发展中心负责平台的建设、运维、日常监测和绩效评估。</p>`,
  )
  .join('');

const plainArticle: ArticleProps = {
  chrome: portalChrome,
  path: '/zwgk/tzgg/202611/t20261121_4217.html',
  breadcrumb: noticesTrail,
  column: noticesColumn,
  title: '关于滨江生态步道三期开放的公告',
  publishedAt: '2026-11-21 09:30',
  source: '浔阳区城市管理局',
  editor: '李文静',
  description: '滨江生态步道三期自 2026 年 11 月 21 日起全天开放，沿线设驿站 6 处。',
  keywords: ['滨江步道', '公告', '驿站'],
  image: { url: '/files/riverside.svg', alt: '江边步道上的行人和芦苇', width: 960, height: 540 },
  bodyHtml: articleBody,
  previous: { name: '关于滨江路部分路段夜间封闭施工的通告', url: '/zwgk/tzgg/202611/t20261119_4210.html' },
  next: {
    name: '关于 2027 年城乡居民基本医疗保险参保缴费的通知',
    url: '/zwgk/tzgg/202611/t20261117_4199.html',
  },
};

export const articleExamples = {
  'a notice with a picture and a table': plainArticle,
  'everything an article can have': {
    ...plainArticle,
    subtitle: '——方便市民出行，共享一江清水',
    author: '王建国',
    updatedAt: '2026-11-22 08:05',
    attachments: [
      {
        name: '滨江生态步道三期平面图.pdf',
        url: '/files/ab12/map.pdf',
        format: 'PDF',
        bytes: 2_411_724,
        preview: 'pdf',
      },
      { name: '驿站服务清单.xlsx', url: '/files/cd34/list.xlsx', format: 'Excel 表格', bytes: 18_322 },
      {
        name: '驿站位置图.png',
        url: '/files/ef56/places.png',
        format: '图片',
        bytes: 211_724,
        preview: { width: 1200, height: 800 },
      },
    ],
    related: [
      {
        title: '相关阅读',
        links: [{ name: '一图读懂滨江步道', url: '/zwgk/zcjd/202611/t20261121_4218.html' }],
      },
      { title: '空的一组', links: [] },
    ],
    originalSite: { name: '浔阳区城市管理局', url: 'https://cgj.xunyang-demo.gov.cn/' },
  },
  'shown by reference on the site of another unit, with where it belongs': {
    ...plainArticle,
    particulars: [
      { name: '主题分类', value: '教育', classifies: true },
      { name: '涉及区域', value: '甘棠街道、湓浦街道', classifies: true },
    ],
    original: {
      name: '浔阳区教育和体育局',
      url: 'https://jtj.xunyang-demo.gov.cn/tzgg/202611/t20261121_4219.html',
      publisher: { name: '浔阳区教育和体育局', url: 'https://jtj.xunyang-demo.gov.cn/' },
    },
  },
  'facts of the type over the text': {
    ...plainArticle,
    title: '就业困难人员认定',
    image: undefined,
    particulars: [
      { name: '服务对象', value: '自然人' },
      { name: '申请材料', value: '居民身份证，原件一份；\n就业失业登记表，窗口提供。' },
      { name: '承诺办结时限', value: '5 个工作日' },
      {
        name: '网上办理地址',
        value: 'https://zwfw.xunyang-demo.gov.cn/',
        url: 'https://zwfw.xunyang-demo.gov.cn/',
      },
      {
        name: '接口地址',
        value: 'https://data.example.org/api',
        url: '/leaving.html?to=https%3A%2F%2Fdata.example.org%2Fapi',
        external: 'https://data.example.org/api',
      },
    ],
  },
  'facts and no text': {
    ...plainArticle,
    title: '低温雨雪天气防范提示',
    bodyHtml: '',
    image: undefined,
    particulars: [
      { name: '事件类别', value: '自然灾害' },
      { name: '防范应对措施', value: '减少不必要的外出；\n检查燃气和取暖设备。' },
    ],
  },
} satisfies Readonly<Record<string, ArticleProps>>;

const validPolicy: PolicyProps = {
  chrome: portalChrome,
  path: '/zwgk/zcwj/202611/t20261118_42.html',
  breadcrumb: policyTrail,
  column: policyColumn,
  title: '浔阳区人民政府办公室关于印发浔阳区政府网站管理办法的通知',
  publishedAt: '2026-11-18 16:05',
  source: '浔阳区人民政府办公室',
  editor: '李文静',
  description: '规范全区政府网站的建设、内容、安全和监督。',
  keywords: ['政府网站', '管理办法'],
  bodyHtml: policyBody,
  outline: clauses.map((clause, index) => ({
    level: 2,
    text: `第${'一二三四五六七八九十'.charAt(index)}条 ${clause}`,
    anchor: `article-${index + 1}`,
  })),
  attachments: [
    {
      name: '浔阳区政府网站管理办法.docx',
      url: '/files/ef56/rules.docx',
      format: 'Word 文档',
      bytes: 48_640,
    },
  ],
  related: [
    {
      title: '政策解读',
      links: [{ name: '问答：政府网站管理办法和您有什么关系', url: '/zwgk/zcjd/202611/t20261119_43.html' }],
    },
  ],
  disclosure: {
    category: '政府信息公开制度',
    method: '主动公开',
    generatedOn: '2026-11-16',
    period: '常年公开',
    audience: '面向全社会',
    indexNumber: '000014349/2026-00042',
    documentNumber: '浔府办发〔2026〕12号',
    writtenOn: '2026-11-15',
    issuer: '浔阳区人民政府办公室',
    validity: 'valid',
  },
};

export const policyExamples = {
  'a long document in force': validPolicy,
  'an abolished document that names its successor': {
    ...validPolicy,
    path: '/zwgk/zcwj/202104/t20210406_9.html',
    title: '浔阳区城市管理考核办法',
    outline: [],
    disclosure: { ...validPolicy.disclosure, validity: 'abolished', documentNumber: '浔府发〔2021〕7号' },
    validityChange: {
      on: '2025-07-01',
      replacedBy: {
        name: '浔阳区城市管理考核办法（2025 年修订）',
        url: '/zwgk/zcwj/202506/t20250620_30.html',
      },
    },
  },
  'only the six required fields': {
    ...validPolicy,
    disclosure: {
      category: '政府信息公开制度',
      method: '主动公开',
      generatedOn: '2026-11-16',
      period: '常年公开',
      audience: '面向全社会',
      indexNumber: '000014349/2026-00042',
    },
  },
} satisfies Readonly<Record<string, PolicyProps>>;

export const recordExamples = {
  'a procurement under the table of openness': {
    ...plainArticle,
    title: '政务网站安全检测服务采购公告',
    image: undefined,
    disclosure: {
      category: '采购信息',
      method: '主动公开',
      generatedOn: '2026-11-20',
      period: '常年公开',
      audience: '面向全社会',
      indexNumber: '000014349/2026-00217',
      issuer: '浔阳区数字经济发展中心',
    },
    particulars: [
      { name: '公告类型', value: '采购公告' },
      { name: '项目编号', value: 'XY-YS-2026-017' },
      { name: '采购人', value: '浔阳区数字经济发展中心' },
      { name: '预算金额（万元）', value: '48.00' },
      { name: '响应截止日期', value: '2026-12-05' },
    ],
  },
} satisfies Readonly<Record<string, RecordProps>>;
