import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';

export const relocationErrorCodes = [
  'relocation.operator-required',
  'relocation.project-not-found',
  'relocation.project-changed',
  'relocation.project-running',
  'relocation.project-incomplete',
  'relocation.host-invalid',
  'relocation.selector-invalid',
  'relocation.pattern-invalid',
  'relocation.date-form-invalid',
  'relocation.column-foreign',
  'relocation.copy-missing',
  'relocation.copy-unreadable',
  'relocation.copy-too-large',
  'relocation.folder-not-found',
  'relocation.page-not-found',
  'relocation.page-unreadable',
] as const;

const Selectors = Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { maxItems: 20 });
const Patterns = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 20 });

/** How the pages of one old site are read. Selectors are tried in order; the first that finds something counts. */
export const SiteRules = Closed({
  articleAddresses: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
    maxItems: 20,
    description:
      'Paths of articles; `*` stands for a part of a name, `**` for anything. Empty: judged by the page.',
  }),
  skippedAddresses: Patterns,
  title: Selectors,
  titleEndings: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
    maxItems: 10,
    description: 'What every title ends with and nobody means: the name of the site.',
  }),
  date: Selectors,
  dateForms: Type.Array(Type.String({ minLength: 6, maxLength: 40 }), {
    maxItems: 5,
    description: 'Such as DD/MM/YYYY; tried before the usual forms.',
  }),
  source: Selectors,
  sourceLabels: Type.Array(Type.String({ minLength: 1, maxLength: 20 }), { maxItems: 10 }),
  body: Selectors,
  dropped: Type.Array(Type.String({ minLength: 1, maxLength: 300 }), {
    maxItems: 20,
    description: 'What stands in the body and is none of it.',
  }),
  columnFrom: Type.Union([Type.Literal('path'), Type.Literal('breadcrumb')]),
  breadcrumb: Selectors,
  attachmentExtensions: Type.Array(Type.String({ pattern: '^[a-z0-9]{1,8}$' }), { maxItems: 40 }),
});
export type SiteRules = Static<typeof SiteRules>;

export const startingRules: SiteRules = {
  articleAddresses: [],
  skippedAddresses: [],
  title: ['meta[name="ArticleTitle" i]', 'h1', 'title'],
  titleEndings: [],
  date: ['meta[name="PubDate" i]'],
  dateForms: [],
  source: ['meta[name="ContentSource" i]'],
  sourceLabels: ['来源', '信息来源', '发布机构', '发布单位', '稿源'],
  body: ['.TRS_Editor', '#zoom', '.article-content', '#content', 'article'],
  dropped: ['script', 'style', '.share', '.bdsharebuttonbox'],
  columnFrom: 'path',
  breadcrumb: ['.breadcrumb', '.crumbs', '.location', '.position'],
  attachmentExtensions: [
    'pdf',
    'doc',
    'docx',
    'xls',
    'xlsx',
    'ppt',
    'pptx',
    'wps',
    'et',
    'ofd',
    'csv',
    'zip',
    'rar',
    '7z',
  ],
};

export const relocationGoals = ['sample', 'check', 'import'] as const;
export const relocationPhases = ['new', 'walking', 'importing', 'redirecting', 'done'] as const;
export const relocationStates = ['idle', 'running', 'paused'] as const;
export const pageKinds = ['article', 'list', 'other', 'file'] as const;
export type RelocationGoal = (typeof relocationGoals)[number];
export type RelocationPhase = (typeof relocationPhases)[number];
export type RelocationState = (typeof relocationStates)[number];
export type PageKind = (typeof pageKinds)[number];

/** What can be wrong with a page of an old site, in words for the operator. */
export const pageProblems = {
  'fetch-failed': '没有取到这个页面',
  'not-there': '原站没有这个页面（已失效的链接）',
  'too-large': '页面或文件太大',
  'robots-refused': '原站的 robots.txt 不允许采集',
  'host-foreign': '跳转到了别的网站',
  'host-private': '域名指向内网地址，未访问',
  'page-unreadable': '页面结构过于庞大或损坏，无法读取',
  'title-missing': '没有找到标题',
  'title-too-long': '标题超过200个字',
  'body-missing': '没有找到正文',
  'date-missing': '没有找到日期',
  'column-unmapped': '原栏目没有对应的新栏目',
  'file-refused': '文件类型不被接受',
  'content-refused': '内容不符合要求',
  'changed-here': '原页面有变化，但新站上已经修改过，未覆盖',
  'redirect-refused': '旧网址不能设为跳转',
  'target-missing': '新页面还没有生成，跳转没有设成',
} as const;
export type PageProblem = keyof typeof pageProblems;

const literals = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(values.map((one) => Type.Literal(one))));
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const Text = Type.String();
const HostName = Type.String({ minLength: 1, maxLength: 260 });

export const RelocationLimits = Closed({
  pages: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Pages and files in one run.' }),
  depth: Type.Integer({ minimum: 1, maximum: 100, description: 'Links from the start to a page.' }),
  pace: Type.Integer({ minimum: 0, maximum: 60_000, description: 'Milliseconds between two requests.' }),
});
export type RelocationLimits = Static<typeof RelocationLimits>;

const Mapping = Closed({
  key: Type.String({ minLength: 1, maxLength: 300 }),
  columnId: Type.Union([Id, Type.Null()], { description: 'Null: what stood there is left behind.' }),
});
export type RelocationMapping = Static<typeof Mapping>;

export const OldColumn = Closed({
  key: Text,
  name: Text,
  articles: Type.Integer(),
  columnId: nullable(Id),
  decided: Type.Boolean({ description: 'False while nobody said where it goes.' }),
});
export type OldColumn = Static<typeof OldColumn>;

export const RelocationSummary = Closed({
  id: Id,
  name: Text,
  siteId: Id,
  siteName: Text,
  unitId: Id,
  hosts: Type.Array(Text),
  source: literals(['copy', 'web'] as const),
  goal: literals(relocationGoals),
  phase: literals(relocationPhases),
  state: literals(relocationStates),
  problem: nullable(Text),
  updatedAt: Instant,
});
export type RelocationSummary = Static<typeof RelocationSummary>;

export const RelocationFigures = Closed({
  waiting: Type.Integer({ description: 'Pages and files that are known and not read yet.' }),
  read: Type.Integer({ description: 'Pages and files read in this run.' }),
  articles: Type.Integer(),
  lists: Type.Integer(),
  others: Type.Integer(),
  files: Type.Integer(),
  toImport: Type.Integer({ description: 'Articles that are new or changed and can come in.' }),
  imported: Type.Integer({ description: 'Articles that stand on the new site.' }),
  redirected: Type.Integer({ description: 'Old addresses that lead to their new page.' }),
  redirectsWaiting: Type.Integer(),
  problems: Type.Array(Closed({ code: Text, text: Text, pages: Type.Integer() })),
});
export type RelocationFigures = Static<typeof RelocationFigures>;

export const Relocation = Closed({
  ...RelocationSummary.properties,
  version: Type.Integer(),
  startAddresses: Type.Array(Text),
  rules: SiteRules,
  limits: RelocationLimits,
  defaultColumnId: nullable(Id),
  run: Type.Integer(),
  copyFiles: Type.Integer({ description: 'Files of the saved copy.' }),
  startedAt: nullable(Instant),
  endedAt: nullable(Instant),
  figures: RelocationFigures,
  columns: Type.Array(OldColumn),
});
export type Relocation = Static<typeof Relocation>;

export const NewRelocation = Closed({
  name: Type.String({ minLength: 1, maxLength: 80 }),
  siteId: Id,
  unitId: Id,
  hosts: Type.Array(HostName, { minItems: 1, maxItems: 20 }),
  source: literals(['copy', 'web'] as const),
  startAddresses: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { maxItems: 20 })),
});
export type NewRelocation = Static<typeof NewRelocation>;

export const RelocationChange = Closed({
  expectedVersion: Type.Integer({ minimum: 1 }),
  rules: Type.Optional(SiteRules),
  limits: Type.Optional(RelocationLimits),
  defaultColumnId: Type.Optional(nullable(Id)),
  mappings: Type.Optional(Type.Array(Mapping, { maxItems: 2_000 })),
});
export type RelocationChange = Static<typeof RelocationChange>;

export const OldPage = Closed({
  id: Id,
  address: Text,
  kind: nullable(literals(pageKinds)),
  title: nullable(Text),
  producedOn: nullable(Day),
  problem: nullable(Text),
  problemText: nullable(Text),
  resourceId: nullable(Id),
  target: nullable(Text),
});
export type OldPage = Static<typeof OldPage>;

export const FoundPage = Closed({
  page: OldPage,
  /** The saved page without anything that acts or loads. */
  original: Text,
  kind: literals(['article', 'list', 'other'] as const),
  title: nullable(Text),
  date: nullable(Day),
  source: nullable(Text),
  columnKey: nullable(Text),
  columnName: nullable(Text),
  body: Type.Array(Text, { description: 'The beginning of the body, a paragraph each.' }),
  bodyCharacters: Type.Integer(),
  attachments: Type.Array(Closed({ address: Text, name: Text })),
  pictures: Type.Integer(),
  missing: Type.Array(literals(['title', 'date', 'source', 'body', 'column'] as const)),
  /** Which rule found it. */
  by: Closed({ title: nullable(Text), date: nullable(Text), source: nullable(Text), body: nullable(Text) }),
});
export type FoundPage = Static<typeof FoundPage>;

const PageIds = Type.Array(Id, { minItems: 1, maxItems: 8 });

export const relocationApi = {
  listProjects: defineEndpoint({
    method: 'GET',
    path: '/api/relocations',
    summary: 'Old sites that are brought in, newest first; for operators.',
    access: 'signed-in',
    response: Type.Array(RelocationSummary),
  }),
  createProject: defineEndpoint({
    method: 'POST',
    path: '/api/relocations',
    summary: 'Begin to bring in an old site.',
    access: 'signed-in',
    body: NewRelocation,
    response: Relocation,
    status: 201,
  }),
  getProject: defineEndpoint({
    method: 'GET',
    path: '/api/relocations/:id',
    summary: 'One old site: rules, columns, how far it is, and what went wrong.',
    access: 'signed-in',
    params: IdParams,
    response: Relocation,
  }),
  changeProject: defineEndpoint({
    method: 'PUT',
    path: '/api/relocations/:id',
    summary: 'Change rules, limits, or where old columns go; not while it runs.',
    access: 'signed-in',
    params: IdParams,
    body: RelocationChange,
    response: Relocation,
  }),
  uploadCopy: defineEndpoint({
    method: 'POST',
    path: '/api/relocations/:id/copy',
    summary:
      'Upload a saved copy (multipart/form-data: field file; zip, tar or tar.gz). What it holds is added.',
    access: 'signed-in',
    params: IdParams,
    upload: true,
    response: Closed({ files: Type.Integer(), skipped: Type.Integer() }),
  }),
  listFolders: defineEndpoint({
    method: 'GET',
    path: '/api/relocation-folders',
    summary: 'Folders with saved copies that lie on the server.',
    access: 'signed-in',
    response: Type.Array(Text),
  }),
  takeFolder: defineEndpoint({
    method: 'POST',
    path: '/api/relocations/:id/folder',
    summary: 'Take a folder on the server as the saved copy.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ folder: Type.String({ minLength: 1, maxLength: 120 }) }),
    response: Closed({ files: Type.Integer(), skipped: Type.Integer() }),
  }),
  startRun: defineEndpoint({
    method: 'POST',
    path: '/api/relocations/:id/runs',
    summary: 'Read some pages, read all without bringing anything in, or bring in what is new.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ goal: literals(relocationGoals) }),
    response: Relocation,
    status: 202,
  }),
  setPaused: defineEndpoint({
    method: 'PUT',
    path: '/api/relocations/:id/pause',
    summary: 'Make a run wait, or let it go on.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ paused: Type.Boolean() }),
    response: Relocation,
  }),
  listPages: defineEndpoint({
    method: 'GET',
    path: '/api/relocations/:id/pages',
    summary: 'Pages of the old site in the order in which they were found.',
    access: 'signed-in',
    params: IdParams,
    query: Closed({
      kind: Type.Optional(literals(pageKinds)),
      problem: Type.Optional(
        Type.String({ pattern: '^[a-z-]{1,40}$', description: '`any` for all problems.' }),
      ),
      cursor: pagingQuery.cursor,
      limit: pagingQuery.limit,
    }),
    response: Closed({ items: Type.Array(OldPage), nextCursor: nullable(Text) }),
  }),
  suggestRules: defineEndpoint({
    method: 'POST',
    path: '/api/relocations/:id/suggestion',
    summary: 'Rules that fit these sample pages, to begin with.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ pageIds: PageIds }),
    response: Closed({ rules: SiteRules }),
  }),
  tryRules: defineEndpoint({
    method: 'POST',
    path: '/api/relocations/:id/trials',
    summary: 'What rules find on sample pages; nothing is kept.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ rules: SiteRules, pageIds: PageIds }),
    response: Type.Array(FoundPage),
  }),
} as const;
