import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, Id, IdParams, Instant } from './endpoint.ts';
import { MaybeUpdateRule } from './update-rule.ts';

export * from './update-rule.ts';

/** The four ways in which a column is kept filled. */
export const keepingWays = ['mapped', 'submitted', 'linked', 'co-built'] as const;
export type KeepingWay = (typeof keepingWays)[number];
export const KeepingWay = Type.Unsafe<KeepingWay>(Type.Union(keepingWays.map((way) => Type.Literal(way))));
export const keepingWayNames: Readonly<Record<KeepingWay, string>> = {
  mapped: '栏目映射',
  submitted: '信息报送',
  linked: '网站链接',
  'co-built': '栏目共建',
};

/** What an entry must say; a channel gathers other columns and needs no more than its unit. */
export const entryParts = ['responsible', 'contact', 'rule', 'requirement', 'ways'] as const;
export type EntryPart = (typeof entryParts)[number];
export const entryPartNames: Readonly<Record<EntryPart, string>> = {
  responsible: '责任人',
  contact: '联络员',
  rule: '更新要求',
  requirement: '内容要求',
  ways: '保障方式',
};

const orNull = <T extends Parameters<typeof Type.Array>[0]>(schema: T) => Type.Union([schema, Type.Null()]);
const Named = Closed({ id: Id, name: Type.String() });

/** Whether a column waits for an update: not yet, soon, too long already, or it never held anything. */
export const updateStates = ['fresh', 'soon', 'overdue', 'empty'] as const;
export type UpdateState = (typeof updateStates)[number];
const UpdateState = Type.Unsafe<UpdateState>(Type.Union(updateStates.map((state) => Type.Literal(state))));

/** One line of the 栏目保障责任目录: who keeps a column filled, how often, with what and how. */
export const ResponsibilityEntry = Closed({
  columnId: Id,
  /** The names from the first level down to the column's own. */
  levels: Type.Array(Type.String()),
  gathers: Type.Boolean({ description: 'It shows other columns and takes nothing of its own.' }),
  closed: Type.Boolean(),
  unitId: Id,
  unitName: Type.String(),
  responsible: orNull(Named),
  contact: orNull(Named),
  rule: MaybeUpdateRule,
  requirement: Type.String(),
  ways: Type.Array(KeepingWay),
  /** The units that supply it. */
  suppliers: Type.Array(Named),
  missing: Type.Array(Type.Unsafe<EntryPart>(Type.Union(entryParts.map((part) => Type.Literal(part))))),
  /** Of today; null on an earlier day. */
  state: orNull(UpdateState),
  lastEntryAt: orNull(Instant),
  version: Type.Integer(),
});
export type ResponsibilityEntry = Static<typeof ResponsibilityEntry>;

export const Catalogue = Closed({
  siteId: Id,
  siteName: Type.String(),
  /** The day whose catalogue this is. */
  day: Day,
  /** Whether that is today, so that it may be changed. */
  current: Type.Boolean(),
  editable: Type.Boolean(),
  entries: Type.Array(ResponsibilityEntry),
});
export type Catalogue = Static<typeof Catalogue>;

const EntryFields = {
  unitId: Id,
  responsibleId: orNull(Id),
  contactId: orNull(Id),
  rule: MaybeUpdateRule,
  requirement: Type.String({ maxLength: 500 }),
  ways: Type.Array(KeepingWay, { maxItems: keepingWays.length, uniqueItems: true }),
  supplierIds: Type.Array(Id, { maxItems: 100, uniqueItems: true }),
};
/** What is not said stays. */
export const EntryChange = Type.Partial(Closed(EntryFields), { additionalProperties: false });
export type EntryChange = Static<typeof EntryChange>;

export const CatalogueChange = Closed({
  entries: Type.Array(Closed({ columnId: Id, expectedVersion: Type.Integer({ minimum: 1 }) }), {
    minItems: 1,
    maxItems: 500,
  }),
  change: EntryChange,
});
export type CatalogueChange = Static<typeof CatalogueChange>;

/** Whom and what an entry may name. */
export const CatalogueChoices = Closed({
  /** Whom a column may be given to. */
  units: Type.Array(Named),
  /** Who may supply it. */
  suppliers: Type.Array(Named),
  people: Type.Array(Closed({ id: Id, name: Type.String(), unitId: Id, unitName: Type.String() })),
});
export type CatalogueChoices = Static<typeof CatalogueChoices>;

export const CatalogueImportReport = Closed({
  changed: Type.Array(
    Closed({ row: Type.Integer(), levels: Type.Array(Type.String()), fields: Type.Array(Type.String()) }),
  ),
  unchanged: Type.Integer(),
  /** Columns of the site that the table says nothing of; they stay as they are. */
  absent: Type.Array(Type.Array(Type.String())),
  /** With one of these nothing is taken over. */
  problems: Type.Array(Closed({ row: Type.Integer(), message: Type.String() })),
  applied: Type.Boolean(),
});
export type CatalogueImportReport = Static<typeof CatalogueImportReport>;

const Year = Type.Integer({ minimum: 2000, maximum: 2100 });
/** How many entries came to a column on the days of a year; days without any are left out. */
export const UpdateYear = Closed({
  siteId: Id,
  siteName: Type.String(),
  year: Year,
  columns: Type.Array(
    Closed({
      columnId: Id,
      levels: Type.Array(Type.String()),
      unitId: Id,
      unitName: Type.String(),
      days: Type.Array(Closed({ day: Day, count: Type.Integer({ minimum: 1 }) })),
    }),
  ),
});
export type UpdateYear = Static<typeof UpdateYear>;

/** When those who keep columns filled, and those whose topics end, are reminded. */
export const UpdateWarning = Closed({
  soonPercent: Type.Integer({ minimum: 1, maximum: 100, description: 'Of the interval.' }),
  fortnightDays: Type.Integer({ minimum: 1, maximum: 14, description: 'Of an interval of fourteen days.' }),
  escalateDays: Type.Integer({
    minimum: 0,
    maximum: 365,
    description: 'Days after which the principal is told of an overdue column.',
  }),
  topicDays: Type.Integer({
    minimum: 1,
    maximum: 90,
    description: 'Days before its last one on which a topic ends soon.',
  }),
});
export type UpdateWarning = Static<typeof UpdateWarning>;

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const DayQuery = Closed({ day: Type.Optional(Day) });
const YearQuery = Closed({ year: Year });

export const catalogueApi = {
  getCatalogue: defineEndpoint({
    method: 'GET',
    path: '/api/sites/:id/catalogue',
    summary: 'The 栏目保障责任目录 of a site as it is, or as it was at the end of a day.',
    access: 'signed-in',
    params: IdParams,
    query: DayQuery,
    response: Catalogue,
  }),
  changeCatalogue: defineEndpoint({
    method: 'PATCH',
    path: '/api/sites/:id/catalogue',
    summary: 'Change what some entries say: the same for all of them. What they said before stays readable.',
    access: 'signed-in',
    params: IdParams,
    body: CatalogueChange,
    response: Catalogue,
  }),
  getCatalogueChoices: defineEndpoint({
    method: 'GET',
    path: '/api/sites/:id/catalogue-choices',
    summary: 'The units and people that entries of a site may name.',
    access: 'signed-in',
    params: IdParams,
    response: CatalogueChoices,
  }),
  downloadCatalogue: defineEndpoint({
    method: 'GET',
    path: '/api/sites/:id/catalogue.xlsx',
    summary: 'The catalogue as a table with a title and merged cells, set up for printing.',
    access: 'signed-in',
    params: IdParams,
    query: DayQuery,
    response: Type.Unknown(),
    produces: xlsx,
  }),
  importCatalogue: defineEndpoint({
    method: 'POST',
    path: '/api/sites/:id/catalogue-imports',
    summary: 'Take the catalogue from such a table: with `dryRun` set, only say what would change.',
    access: 'signed-in',
    params: IdParams,
    upload: true,
    response: CatalogueImportReport,
  }),
  getUpdates: defineEndpoint({
    method: 'GET',
    path: '/api/sites/:id/updates',
    summary: 'How many entries came to each column on each day of a year.',
    access: 'signed-in',
    params: IdParams,
    query: YearQuery,
    response: UpdateYear,
  }),
  downloadUpdates: defineEndpoint({
    method: 'GET',
    path: '/api/sites/:id/updates.xlsx',
    summary: 'The same as a table, a line for each column and a cell for each day.',
    access: 'signed-in',
    params: IdParams,
    query: YearQuery,
    response: Type.Unknown(),
    produces: xlsx,
  }),
  getUpdateWarning: defineEndpoint({
    method: 'GET',
    path: '/api/update-warning',
    summary: 'When columns count as soon overdue, and when principals are told.',
    access: 'signed-in',
    response: UpdateWarning,
  }),
  changeUpdateWarning: defineEndpoint({
    method: 'PUT',
    path: '/api/update-warning',
    summary: 'Say it anew. Operators only.',
    access: 'signed-in',
    body: UpdateWarning,
    response: UpdateWarning,
  }),
} as const;
