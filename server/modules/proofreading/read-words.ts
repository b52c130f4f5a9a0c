import { Readable } from 'node:stream';

import { Compile } from 'typebox/compile';

import { severities, severityNames, type Severity } from '../../../contracts/proofreading.ts';
import { mostRules, type WordRule, WordRule as WordRuleSchema } from '../../../contracts/rule-set.ts';
import { delimitedRows, delimiterOf } from '../../platform/documents/delimited-text.ts';
import { AppError } from '../../platform/errors.ts';
import { normalizeTerm } from './normal-text.ts';

const wordCheck = Compile(WordRuleSchema);
type Column = '词语' | '建议' | '例外' | '说明' | '级别';

function refuse(line: number, message: string): never {
  throw new AppError('invalid', 'proofreading.import-invalid', `第 ${String(line)} 行：${message}`, {
    details: { line },
  });
}

/** The words of a file; the first line that says nothing of use refuses it as a whole. */
export async function readWords(text: string, format: 'txt' | 'csv'): Promise<readonly WordRule[]> {
  // What stood there before somebody read another encoding as UTF-8 is lost: such words would find nothing.
  const broken = text.indexOf('\ufffd');
  if (broken >= 0) {
    refuse(text.slice(0, broken).split('\n').length, '文字编码不是 UTF-8，请把文件另存为 UTF-8 后再导入。');
  }
  const words = format === 'txt' ? readLines(text) : await readTable(text);
  if (words.length === 0) refuse(1, '文件里没有词语。');
  if (words.length > mostRules.word) refuse(mostRules.word + 1, '词语太多，请分成几套。');
  return words;
}

const plain = (word: string): WordRule => ({ word, prefer: null, exceptions: [], note: '', severity: null });

function readLines(text: string): readonly WordRule[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line, index) => (line.trim() === '' ? [] : [checked(index + 1, plain(line.trim()))]));
}

async function readTable(text: string): Promise<readonly WordRule[]> {
  const words: WordRule[] = [];
  let places: ReadonlyMap<string, number> | undefined;
  for await (const { line, cells } of delimitedRows(Readable.from([text]), delimiterOf(text))) {
    if (places === undefined) {
      places = new Map(cells.map((name, at) => [name.trim(), at]));
      if (!places.has('词语')) refuse(line, '第一行要有“词语”一列。');
      continue;
    }
    const held = places;
    const cell = (name: Column): string => cells[held.get(name) ?? -1]?.trim() ?? '';
    if (cell('词语') === '') continue;
    words.push(
      checked(line, {
        word: cell('词语'),
        prefer: cell('建议') || null,
        exceptions: [
          ...new Set(
            cell('例外')
              .split(/[；;|]/)
              .map((one) => one.trim()),
          ),
        ].filter(Boolean),
        note: cell('说明'),
        severity: severityOf(line, cell('级别')),
      }),
    );
  }
  return words;
}

function severityOf(line: number, name: string): Severity | null {
  if (name === '') return null;
  const severity = severities.find((one) => severityNames[one] === name);
  const names = severities.map((one) => severityNames[one]).join('、');
  return severity ?? refuse(line, `级别只能是${names}，或者留空。`);
}

function checked(line: number, rule: WordRule): WordRule {
  if (!wordCheck.Check(rule)) refuse(line, '词语、建议、例外或说明太长。');
  if (normalizeTerm(rule.word) === '') refuse(line, `“${rule.word}”里没有可以查找的文字。`);
  return rule;
}
