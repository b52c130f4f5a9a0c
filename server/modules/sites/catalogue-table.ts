import { Value } from 'typebox/value';

import {
  type EntryChange,
  type KeepingWay,
  keepingWayNames,
  keepingWays,
  type ResponsibilityEntry,
  ruleFrom,
  ruleText,
  UpdateRule,
} from '../../../contracts/sites.ts';
import { areOfBranch, type KnownKeepers } from './keeper.rules.ts';

/** The columns after the levels, as the regulation's 附件1 has them. */
export const entryColumns = [
  '责任单位',
  '责任人',
  '联络员',
  '更新要求',
  '内容要求',
  '保障方式',
  '供稿单位',
] as const;
export type EntryColumn = (typeof entryColumns)[number];

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const fewestLevels = 3;

/** `一级栏目`, `二级栏目` …: at least three, as many as the tree is deep. */
export function levelColumns(entries: readonly Pick<ResponsibilityEntry, 'levels'>[]): readonly string[] {
  const deepest = entries.reduce((most, { levels }) => Math.max(most, levels.length), fewestLevels);
  return Array.from({ length: deepest }, (_, at) => `${numerals[at] ?? String(at + 1)}级栏目`);
}

export const separator = '、';

export type EntryCells = Readonly<Record<EntryColumn, string>>;

/** What an entry is in a table. */
export function cellsOf(
  entry: Pick<
    ResponsibilityEntry,
    'unitName' | 'responsible' | 'contact' | 'rule' | 'requirement' | 'ways' | 'suppliers'
  >,
  personText: (id: string) => string,
): EntryCells {
  const person = (one: ResponsibilityEntry['responsible']): string =>
    one === null ? '' : personText(one.id);
  return {
    责任单位: entry.unitName,
    责任人: person(entry.responsible),
    联络员: person(entry.contact),
    更新要求: ruleText(entry.rule),
    内容要求: entry.requirement,
    保障方式: entry.ways.map((way) => keepingWayNames[way]).join(separator),
    供稿单位: entry.suppliers.map(({ name }) => name).join(separator),
  };
}

/** Two people of one name are told apart by their logins. */
export const personText = (name: string, login: string, isCommon: boolean): string =>
  isCommon ? `${name}（${login}）` : name;

/** A text as it comes back from a workbook: without what XML cannot hold, lines ended alike, nothing around it. */
export const plainText = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll(/\r\n?/g, '\n')
    .trim();

export interface NamedUnit {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  readonly parentId: string | null;
  readonly closed: boolean;
}
export interface NamedPerson {
  readonly id: string;
  readonly login: string;
  readonly realName: string;
  readonly unitId: string;
}

/** What texts of a table can mean. */
export interface Names {
  readonly units: readonly NamedUnit[];
  readonly unitsById: KnownKeepers['units'];
  readonly people: readonly NamedPerson[];
}

/** A text that means nothing here, in words for people. */
export class UnknownText extends Error {}

function unitsCalled({ units }: Names, text: string): readonly NamedUnit[] {
  const open = units.filter((unit) => !unit.closed);
  const byName = open.filter((unit) => unit.name === text);
  return byName.length > 0 ? byName : open.filter((unit) => unit.shortName === text);
}

function unitNamed(names: Names, text: string): string {
  const [only, ...others] = unitsCalled(names, text);
  if (only && others.length === 0) return only.id;
  throw new UnknownText(only ? `有多个单位叫“${text}”` : `没有叫“${text}”的单位`);
}

/** Names that hold the separator themselves are found too: the longest that is one. */
function unitsNamed(names: Names, text: string): string[] {
  const pieces = text === '' ? [] : text.split(separator);
  const ids: string[] = [];
  for (let at = 0; at < pieces.length;) {
    const joined = (end: number): string => pieces.slice(at, end).join(separator).trim();
    let end = pieces.length;
    while (end > at + 1 && unitsCalled(names, joined(end)).length === 0) end -= 1;
    ids.push(unitNamed(names, joined(end)));
    at = end;
  }
  return [...new Set(ids)];
}

function personNamed({ people, unitsById }: Names, text: string, unitId: string): string | null {
  if (text === '') return null;
  const [, name = text, login] = /^(.+)（([^（）]+)）$/.exec(text) ?? [];
  const found = people.filter(
    (person) =>
      person.realName === name &&
      (login === undefined || person.login === login) &&
      areOfBranch(unitsById, person.unitId, unitId),
  );
  const [only] = found;
  if (only && found.length === 1) return only.id;
  const hint = only ? `责任单位有多位“${name}”，请写成“姓名（登录名）”` : `责任单位没有“${text}”的在用账号`;
  throw new UnknownText(hint);
}

function ruleNamed(text: string): UpdateRule | null {
  const rule = ruleFrom(text);
  if (rule === null || Value.Check(UpdateRule, rule)) return rule;
  throw new UnknownText(`更新要求“${text}”写法不对，例如“14天内更新”“6个月内更新”，或者100字以内的说明`);
}

const mostRequirement = 500;
function requirementNamed(text: string): string {
  if (text.length <= mostRequirement) return text;
  throw new UnknownText(`内容要求超过${String(mostRequirement)}字`);
}

/** By its whole name or, as the regulation also has it, without its first word: 映射, 报送. */
function wayNamed(name: string): KeepingWay {
  const way = keepingWays.find((one) => [keepingWayNames[one], keepingWayNames[one].slice(2)].includes(name));
  if (way !== undefined) return way;
  const known = keepingWays.map((one) => keepingWayNames[one]).join(separator);
  throw new UnknownText(`没有“${name}”这种保障方式，只有${known}`);
}

function waysNamed(text: string): KeepingWay[] {
  const names = text === '' ? [] : text.split(separator);
  return [...new Set(names.map((name) => wayNamed(name.trim())))];
}

/** What changes when an entry is to say what a row of a table says; a column that the table lacks stays. */
export function changeFrom(
  names: Names,
  current: EntryCells & { readonly unitId: string },
  wanted: Partial<EntryCells>,
): { readonly change: EntryChange; readonly fields: EntryColumn[]; readonly problems: string[] } {
  const fields = entryColumns.filter((column) => {
    const text = wanted[column];
    return text !== undefined && plainText(text) !== plainText(current[column]);
  });
  const problems: string[] = [];
  const change: EntryChange = {};
  let unitId = current.unitId;
  const texts = (column: EntryColumn): string => plainText(wanted[column] ?? '');
  const takes: Readonly<Record<EntryColumn, () => void>> = {
    责任单位: () => {
      unitId = unitNamed(names, texts('责任单位'));
      change.unitId = unitId;
    },
    责任人: () => {
      change.responsibleId = personNamed(names, texts('责任人'), unitId);
    },
    联络员: () => {
      change.contactId = personNamed(names, texts('联络员'), unitId);
    },
    更新要求: () => {
      change.rule = ruleNamed(texts('更新要求'));
    },
    内容要求: () => {
      change.requirement = requirementNamed(texts('内容要求'));
    },
    保障方式: () => {
      change.ways = waysNamed(texts('保障方式'));
    },
    供稿单位: () => {
      change.supplierIds = unitsNamed(names, texts('供稿单位'));
    },
  };
  for (const field of fields) {
    try {
      takes[field]();
    } catch (error) {
      if (!(error instanceof UnknownText)) throw error;
      problems.push(error.message);
    }
  }
  return { change, fields, problems };
}
