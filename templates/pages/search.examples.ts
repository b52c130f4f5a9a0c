import type { SearchHit, SearchResults, Segment } from '../search-types.ts';

function marked(text: string): readonly Segment[] {
  return text
    .split(/(\[[^\]]*\])/)
    .filter((part) => part !== '')
    .map((part) =>
      part.startsWith('[') ? { text: part.slice(1, -1), hit: true } : { text: part, hit: false },
    );
}

function hit(title: string, snippet: string, more: Partial<SearchHit> = {}): SearchHit {
  return {
    title: marked(title),
    snippet: marked(snippet),
    url: `/zwgk/zcwj/202610/t20261028_${title.length}.html`,
    kindName: '政策文件',
    day: '2026-10-28',
    siteName: '浔阳区人民政府',
    unitName: '浔阳区住房和城乡建设局',
    ...more,
  };
}

const found: SearchResults = {
  query: { q: '加装电梯 补贴', scope: 'all' },
  total: 37,
  hits: [
    hit(
      '浔阳区既有住宅[加装电梯][补贴]实施细则',
      '……对既有住宅[加装电梯]项目，按每台 20 万元给予[补贴]；七层以上的，每增加一层[补贴] 1 万元……',
      { documentNumber: '浔建发〔2026〕31号', validity: 'valid' },
    ),
    hit(
      '一图读懂：[加装电梯][补贴]怎么领、领多少',
      '……业主可委托一人到街道窗口申请[加装电梯][补贴]，材料齐全的当场受理……',
      {
        kindName: '政策解读',
        day: '2026-11-01',
      },
    ),
    hit('浔阳区老旧小区改造[补贴]办法', '……本办法所称[补贴]，包括[加装电梯]、屋面防水和外墙保温……', {
      day: '2019-03-05',
      validity: 'abolished',
    }),
    hit('甘棠街道第 12 台[加装电梯]投入使用', '……居民张阿姨说：“有了[电梯]，下楼买菜方便多了。”……', {
      kindName: '新闻动态',
      siteName: '甘棠街道办事处',
      unitName: '甘棠街道办事处',
      day: '2026-09-12',
      url: 'https://gantang.xunyang-demo.gov.cn/gzdt/202609/t20260912_77.html',
    }),
  ],
  kinds: [
    { value: '', name: '全部', count: 37 },
    { value: 'policy', name: '政策文件', count: 12 },
    { value: 'interpretation', name: '政策解读', count: 6 },
    { value: 'article', name: '新闻动态', count: 19 },
  ],
  years: [2026, 2025, 2024, 2023],
  page: 1,
  hasNext: true,
};

export const searchExamples = {
  'results of several kinds': found,
  'the second page of a narrowed question': {
    ...found,
    query: { q: '加装电梯 补贴', scope: 'site', kind: 'policy', year: 2026 },
    totalIsFloor: true,
    page: 2,
    hasNext: false,
  },
  'nothing found': {
    ...found,
    query: { q: '电悌补帖', scope: 'site', kind: 'policy' },
    total: 0,
    hits: [],
    kinds: [],
    hasNext: false,
    suggestions: ['电梯补贴', '加装电梯'],
  },
  'nothing asked yet': {
    query: { q: '', scope: 'site' },
    hits: [],
    kinds: [],
    years: [2026, 2025],
    page: 1,
    hasNext: false,
  },
  'search out of order': {
    query: { q: '电梯', scope: 'site' },
    hits: [],
    kinds: [],
    years: [],
    page: 1,
    hasNext: false,
    problem: '搜索暂时无法使用，请稍后再试。已发布的页面不受影响，您可以从站点地图查找。',
  },
} satisfies Readonly<Record<string, SearchResults>>;
