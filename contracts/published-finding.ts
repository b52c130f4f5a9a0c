import { type Static, Type } from 'typebox';

import { Closed, Count, Day, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';
import { Finding, Severity } from './finding.ts';

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const findingStates = ['open', 'closed', 'ignored'] as const;
export type FindingState = (typeof findingStates)[number];
export const FindingState = Type.Unsafe<FindingState>(
  Type.Union(findingStates.map((state) => Type.Literal(state))),
);
export const findingStateNames: Readonly<Record<FindingState, string>> = {
  open: '待处理',
  closed: '已消除',
  ignored: '已说明理由',
};

/** A finding that the responsible unit has to deal with by a day. */
export const FindingTask = Closed({
  /** The last day; null when the working days of its year are not in the calendar. */
  dueOn: nullable(Day),
  overdue: Type.Boolean(),
  /** In working days. */
  days: Type.Integer(),
  /** Null: by the nightly run itself. */
  givenByName: nullable(Type.String()),
  note: Type.String(),
  givenAt: Instant,
});
export type FindingTask = Static<typeof FindingTask>;

const Reason = Type.String({ minLength: 2, maxLength: 300, pattern: '\\S.*\\S' });

/** A finding in what is published. */
export const PublishedFinding = Closed({
  id: Id,
  resourceId: Id,
  title: Type.String(),
  unitId: Id,
  unitName: Type.String(),
  finding: Finding,
  /** 标题, 正文, the name of a field, the name with which a file is attached. */
  partName: Type.String(),
  state: FindingState,
  openedAt: Instant,
  closedAt: nullable(Instant),
  ignoreReason: nullable(Type.String()),
  ignoredByName: nullable(Type.String()),
  ignoredAt: nullable(Instant),
  /** Why the reason was taken back the last time. */
  reopenReason: nullable(Type.String()),
  reopenedByName: nullable(Type.String()),
  /** Null: nobody was given it. */
  task: nullable(FindingTask),
  mayIgnore: Type.Boolean(),
  mayReopen: Type.Boolean(),
  mayGive: Type.Boolean(),
});
export type PublishedFinding = Static<typeof PublishedFinding>;

/** A rule by its key; words of a set all together by the number of the set. */
const RuleFilter = Type.String({ minLength: 1, maxLength: 120 });
const place = {
  state: Type.Optional(FindingState),
  unitId: Type.Optional(Id),
  siteId: Type.Optional(Id),
  columnId: Type.Optional(Id),
};

export const RuleCount = Closed({
  rule: Type.String(),
  ruleName: Type.String(),
  severity: Severity,
  count: Count,
});
export type RuleCount = Static<typeof RuleCount>;

export const shortestDays = 1;
export const longestDays = 60;
const WorkingDays = Type.Integer({ minimum: shortestDays, maximum: longestDays });

/** Within how many working days a finding is to be dealt with. What blocks becomes a task by itself. */
export const FindingDays = Closed({ blocks: WorkingDays, 'needs-reason': WorkingDays, note: WorkingDays });
export type FindingDays = Static<typeof FindingDays>;
export const usualFindingDays: FindingDays = { blocks: 3, 'needs-reason': 10, note: 20 };

export const NewFindingTask = Closed({
  /** Absent: as usual for its severity. */
  days: Type.Optional(WorkingDays),
  note: Type.String({ maxLength: 300 }),
});
export type NewFindingTask = Static<typeof NewFindingTask>;

export const figuresOfDays = 90;

/** What became of the tasks of a unit: those that wait, and those that ended in the last ninety days. */
export const UnitTaskFigures = Closed({
  unitId: Id,
  unitName: Type.String(),
  open: Type.Integer(),
  overdue: Type.Integer(),
  endedInTime: Type.Integer(),
  endedLate: Type.Integer(),
});
export type UnitTaskFigures = Static<typeof UnitTaskFigures>;

/** 校核发现: what is found in published texts, and what becomes of it. */
export const publishedFindingApi = {
  listFindings: defineEndpoint({
    method: 'GET',
    path: '/api/proofreading/findings',
    summary: 'What the checks find in published texts, in scope, newest first.',
    access: 'signed-in',
    query: Closed({
      ...pagingQuery,
      ...place,
      resourceId: Type.Optional(Id),
      severity: Type.Optional(Severity),
      rule: Type.Optional(RuleFilter),
    }),
    response: Closed({
      items: Type.Array(PublishedFinding),
      nextCursor: nullable(Type.String()),
      total: Count,
    }),
  }),
  countFindings: defineEndpoint({
    method: 'GET',
    path: '/api/proofreading/findings/by-rule',
    summary: 'How many findings each rule has in scope, the words of a set together, at most 200 rules.',
    access: 'signed-in',
    query: Closed(place),
    response: Type.Array(RuleCount, { maxItems: 200 }),
  }),
  ignoreFinding: defineEndpoint({
    method: 'POST',
    path: '/api/proofreading/findings/:id/ignore',
    summary: 'Say why a finding in a published text of the own unit is none.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ reason: Reason }),
    response: PublishedFinding,
  }),
  reopenFinding: defineEndpoint({
    method: 'POST',
    path: '/api/proofreading/findings/:id/reopen',
    summary: 'Take back the reason why a finding of the own unit is none.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ reason: Reason }),
    response: PublishedFinding,
  }),
  giveFinding: defineEndpoint({
    method: 'POST',
    path: '/api/proofreading/findings/:id/task',
    summary: 'Give a finding to the responsible unit as a task with a last day. Operators only.',
    access: 'signed-in',
    params: IdParams,
    body: NewFindingTask,
    response: PublishedFinding,
    status: 201,
  }),
  listFindingFigures: defineEndpoint({
    method: 'GET',
    path: '/api/proofreading/task-figures',
    summary:
      'Tasks of each unit in scope: open, overdue, ended in time and late in the last ninety days; most overdue first.',
    access: 'signed-in',
    response: Type.Array(UnitTaskFigures),
  }),
  getFindingDays: defineEndpoint({
    method: 'GET',
    path: '/api/proofreading/finding-days',
    summary: 'Within how many working days findings are to be dealt with, by severity.',
    access: 'signed-in',
    response: FindingDays,
  }),
  changeFindingDays: defineEndpoint({
    method: 'PUT',
    path: '/api/proofreading/finding-days',
    summary: 'Change the time limits of findings that become tasks from now on. Operators only.',
    access: 'signed-in',
    body: FindingDays,
    response: FindingDays,
  }),
} as const;
