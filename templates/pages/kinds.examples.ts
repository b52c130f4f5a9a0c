import type { AlbumProps, GuideProps, InstitutionProps, LeaderProps, VideoProps } from '../kind-types.ts';
import type { ColumnProps } from '../kind-types.ts';
import type { ArticleProps, ColumnHead } from '../page-types.ts';
import { portalChrome } from './chrome.examples.ts';
import type { LeavingProps } from './leaving.tsx';

const trail = [
  { name: '政务公开', url: '/zwgk/' },
  { name: '法定主动公开内容', url: '/zwgk/fdzdgknr/' },
];

function head(name: string, slug: string, type: string): ColumnHead {
  return {
    name,
    url: `/zwgk/fdzdgknr/${slug}/`,
    description: `${name}，按照政府信息公开条例主动公开。`,
    keywords: [name],
    type,
    rssUrl: `/zwgk/fdzdgknr/${slug}/rss.xml`,
  };
}

function content(title: string, column: ColumnHead): ArticleProps {
  return {
    chrome: portalChrome,
    path: `${column.url}202611/t20261121_1.html`,
    breadcrumb: [...trail, column],
    column,
    title,
    publishedAt: '2026-11-21 09:30',
    source: '浔阳区人民政府办公室',
    description: `${title}的基本情况。`,
    keywords: [title],
    bodyHtml: '<p>1976 年 3 月生，大学学历，1998 年 7 月参加工作。</p><p>历任科员、科长、副局长。</p>',
  };
}

const leaders = head('领导信息', 'ldxx', '领导信息');
const institutions = head('机构职能', 'jgzn', '机构职能');
const guides = head('政府信息公开指南', 'xxgkzn', '公开指南');
const pictures = head('图说浔阳', 'tsxy', '动态要闻');
const portrait = { url: '/files/portrait.svg', alt: '', width: 480, height: 640 };
const duties = ['主持区政府全面工作。', '负责审计、发展和改革方面工作。'];

export const leaderExamples = {
  'a leader with everything': {
    ...content('江临渊', leaders),
    post: '区委副书记、区长',
    portrait,
    duties,
    related: [{ title: '重要讲话和活动', links: [{ name: '区政府召开常务会议', url: '/zwzx/a.html' }] }],
  },
  'a leader without a portrait': { ...content('柳听澜', leaders), post: '副区长', duties: duties.slice(1) },
} satisfies Readonly<Record<string, LeaderProps>>;

const facts = [
  { name: '负责人', value: '江临渊' },
  { name: '办公地址', value: '浔阳区演示大道 1 号' },
  { name: '办公时间', value: '工作日 9:00—12:00，13:30—17:00' },
  { name: '联系电话', value: '0792-800-0101' },
  { name: '网址', value: 'https://www.xunyang-demo.gov.cn/', url: 'https://www.xunyang-demo.gov.cn/' },
];

export const institutionExamples = {
  'an institution with its departments': {
    ...content('浔阳区人民政府办公室', institutions),
    facts,
    departments: ['政务公开科：负责政府信息公开，0792-800-0111', '督查室'],
  },
  'an institution without departments': { ...content('区数字中心', institutions), facts, departments: [] },
} satisfies Readonly<Record<string, InstitutionProps>>;

export const guideExamples = {
  'a guide with its nine facts': {
    ...content('浔阳区人民政府信息公开指南', guides),
    facts: [
      {
        name: '政府信息的分类',
        value: '主动公开的信息分为机构概况、政策文件等八类。\n依申请公开的信息另列。',
      },
      { name: '编排体系', value: '按信息类别和生成日期编排。' },
      { name: '获取方式', value: '门户网站、政府公报、政务服务大厅查阅点。' },
      { name: '政府信息公开工作机构的名称', value: '区政府办政务公开科' },
      ...facts.slice(1, 4),
      { name: '传真', value: '0792-800-0102' },
      { name: '互联网联系方式', value: 'zwgk@xunyang.localhost' },
    ],
  },
} satisfies Readonly<Record<string, GuideProps>>;

export const albumExamples = {
  'an album of three pictures': {
    ...content('甘棠湖的四季', pictures),
    pictures: ['春', '夏', '秋'].map((season) => ({
      url: `/files/${season}.svg`,
      alt: `${season}天的甘棠湖，湖边有人散步`,
      width: 960,
      height: 640,
      ...(season === '夏' ? {} : { caption: `甘棠湖的${season}天（示意图）` }),
    })),
  },
} satisfies Readonly<Record<string, AlbumProps>>;

export const videoExamples = {
  'a film with its transcript': {
    ...content('一分钟看懂加装电梯', pictures),
    bodyHtml: '',
    film: { url: '/files/lift.mp4', mediaType: 'video/mp4', bytes: 2_400_000 },
    poster: portrait,
    transcript: ['画面：一栋七层的老楼。', '旁白：加装电梯，三步就能申请。'],
  },
} satisfies Readonly<Record<string, VideoProps>>;

export const disclosureParts = [
  { name: '政府信息公开指南', url: '/zwgk/xxgkzn/', columns: [] },
  { name: '政府信息公开制度', url: '/zwgk/xxgkzd/', columns: [] },
  {
    name: '法定主动公开内容',
    url: '/zwgk/fdzdgknr/',
    columns: [
      { name: '机构职能', url: '/zwgk/fdzdgknr/jgzn/' },
      { name: '领导信息', url: '/zwgk/fdzdgknr/ldxx/' },
    ],
  },
  { name: '政府信息公开年报', url: '/zwgk/gknb/', columns: [] },
  { name: '依申请公开', url: '/zwgk/ysqgk/', columns: [] },
];

function column(of: ColumnHead): ColumnProps {
  return {
    chrome: portalChrome,
    path: of.url,
    breadcrumb: [...trail, of],
    column: of,
    entries: [],
    pager: {},
    neighboursTitle: '政府信息公开',
    disclosureParts,
  };
}

const listed = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    title: `图片新闻第 ${index + 1} 条`,
    url: `/zwzx/tpxw/${index}.html`,
    day: '2026-11-20',
    ...(index === 1 ? {} : { picture: { ...portrait, width: 640, height: 400 } }),
    pinned: index === 0,
    medium: index % 3 === 2 ? ('video' as const) : ('album' as const),
  }));

export const kindColumnExamples = {
  'leaders as cards': {
    ...column(leaders),
    body: {
      kind: 'leaders',
      leaders: ['江临渊', '舒望岭', '柳听澜'].map((name, index) => ({
        name,
        url: `${leaders.url}${index}.html`,
        post: index === 0 ? '区委副书记、区长' : '副区长',
        duties,
        ...(index === 2 ? {} : { portrait }),
      })),
    },
  },
  'a directory of institutions': {
    ...column(institutions),
    body: {
      kind: 'institutions',
      institutions: ['区政府办', '区教体局', '区民政局', '区卫健委'].map((name, index) => ({
        name,
        url: `${institutions.url}${index}.html`,
        facts,
      })),
    },
  },
  'a guide on the page of its column': {
    ...column(guides),
    body: {
      kind: 'inline',
      text: {
        name: '浔阳区人民政府信息公开指南（2026 年版）',
        url: `${guides.url}1.html`,
        publishedAt: '2026-03-10 09:00',
        facts,
        bodyHtml: '<h3 id="g-1">一、主动公开</h3><p>范围和形式。</p>',
        texts: [
          { name: '浔阳区人民政府信息公开指南（2026 年版）', url: `${guides.url}1.html` },
          { name: '浔阳区人民政府信息公开指南（2025 年版）', url: `${guides.url}0.html` },
        ],
      },
    },
  },
  'a catalogue of what the law asks to be published': {
    ...column({ ...head('法定主动公开内容', 'x', '法定主动公开内容'), url: '/zwgk/fdzdgknr/' }),
    search: { action: '/search', column: '12', policies: true },
    body: {
      kind: 'catalogue',
      rows: Array.from({ length: 4 }, (_, index) => ({
        name: `浔阳区 2026 年一般公共预算收支安排情况（${index + 1}）`,
        url: `/zwgk/fdzdgknr/czxx/${index}.html`,
        indexNumber: `MBYS00800/2026-0000${index + 1}`,
        summary: '一般公共预算收入、支出和转移支付情况。',
        producedOn: '2026-02-10',
      })),
    },
    pager: { olderUrl: '/zwgk/fdzdgknr/list-2.html', oldestUrl: '/zwgk/fdzdgknr/list-1.html' },
  },
  'pictures with titles': {
    ...column(pictures),
    disclosureParts: undefined,
    body: { kind: 'pictures', entries: listed(6) },
  },
  'a column of leaders that has none yet': { ...column(leaders), body: { kind: 'leaders', leaders: [] } },
} satisfies Readonly<Record<string, ColumnProps>>;

export const leavingExamples = {
  'another site': {
    outcome: 'outside',
    url: 'http://example.com/apply?from=xunyang',
    host: 'example.com',
    asciiHost: 'example.com',
    encrypted: false,
  },
  'a name that is written otherwise': {
    outcome: 'outside',
    url: 'https://xn--fiqs8s.example/',
    host: '中国.example',
    asciiHost: 'xn--fiqs8s.example',
    encrypted: true,
  },
  'a site of the government': {
    outcome: 'government',
    url: 'https://www.gov.cn/',
    host: 'www.gov.cn',
  },
  'what is no address': { outcome: 'refused' },
} satisfies Readonly<Record<string, LeavingProps>>;
