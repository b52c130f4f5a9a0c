import { type Term, termCode, type TermState } from '../../../contracts/vocabulary.ts';
import { isDay } from '../../../contracts/day.ts';

/** The columns of a vocabulary as a table, as it is written and as it is read. */
export const termColumns = [
  '代码',
  '名称',
  '同义词',
  '上级代码',
  '启用日期',
  '停用日期',
  '替代代码',
] as const;
const betweenSynonyms = '；';

export function cellsOf(term: Term): readonly string[] {
  return [
    term.code,
    term.label,
    term.synonyms.join(betweenSynonyms),
    term.parent ?? '',
    term.validFrom ?? '',
    term.validUntil ?? '',
    term.replacedBy ?? '',
  ];
}

export interface NamedState {
  readonly code: string;
  readonly state: TermState;
}

/** What a row says, or why it says nothing. */
export type ReadRow = NamedState | { readonly problem: string };

/** Which cell of a row is which column; a problem when a needed one is missing. */
export function columnPlaces(header: readonly string[]): ReadonlyMap<string, number> | undefined {
  const places = new Map(header.map((name, at) => [name.trim(), at]));
  return places.has('代码') && places.has('名称') ? places : undefined;
}

const code = new RegExp(termCode);
const orNull = (text: string): string | null => (text === '' ? null : text);

export function readRow(places: ReadonlyMap<string, number>, cells: readonly string[]): ReadRow {
  const cell = (name: (typeof termColumns)[number]): string => cells[places.get(name) ?? -1]?.trim() ?? '';
  const state = {
    label: cell('名称'),
    synonyms: cell('同义词')
      .split(/[；;|]/)
      .map((word) => word.trim())
      .filter((word) => word !== ''),
    parent: orNull(cell('上级代码')),
    validFrom: orNull(cell('启用日期')),
    validUntil: orNull(cell('停用日期')),
    replacedBy: orNull(cell('替代代码')),
  };
  const problem = rowProblem(cell('代码'), state);
  return problem === undefined ? { code: cell('代码'), state } : { problem };
}

const longestName = 60;
const mostSynonyms = 30;

function rowProblem(given: string, state: TermState): string | undefined {
  if (!code.test(given)) return '代码只能用字母、数字和连字符，最多 40 个。';
  if (state.label === '') return '没有名称。';
  if ([state.label, ...state.synonyms].some((name) => name.length > longestName || /[\r\n]/.test(name))) {
    return `名称和同义词要在一行内，最多 ${String(longestName)} 个字。`;
  }
  if (state.synonyms.length > mostSynonyms) return `同义词最多 ${String(mostSynonyms)} 个。`;
  const wrong = [state.validFrom, state.validUntil].find((day) => day !== null && !isDay(day));
  return wrong === undefined ? undefined : `“${wrong ?? ''}”不是日期，应写成 2026-01-31。`;
}
