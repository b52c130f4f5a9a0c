import { Select } from 'antd';

import { hasEnded, isTermReference, referenceTo, type Vocabulary } from '../../../contracts/vocabulary.ts';
import { searchText, termTrail } from '../../lib/term-tree.ts';
import { dayText } from '../../lib/time.ts';
import { useTerms } from '../../lib/use-terms.ts';

interface Props {
  readonly id: string;
  readonly vocabulary: Vocabulary;
  readonly value: readonly string[];
  readonly many: boolean;
  readonly most?: number | undefined;
  /** A name that is in no vocabulary may stand instead. */
  readonly orText: boolean;
  readonly readOnly: boolean;
  readonly onChange: (references: readonly string[]) => void;
}

/** Terms of a vocabulary, found by name, synonym, code or the initials of their pinyin. */
export function TermPicker({ id, vocabulary, value, many, most, orText, readOnly, onChange }: Props) {
  const terms = useTerms(vocabulary);
  const byCode = new Map(terms.map((term) => [term.code, term]));
  const day = dayText(new Date());
  const options = terms.flatMap((term) => {
    const reference = referenceTo(vocabulary, term.code);
    const ended = hasEnded(term, day);
    if (ended && !value.includes(reference)) return [];
    const label = termTrail(byCode, term);
    return [{ value: reference, label: ended ? `${label}（已停用）` : label, found: searchText(term) }];
  });
  const known = new Set<string>(options.map((option) => option.value));
  const strangers = value.flatMap((one) =>
    known.has(one) ? [] : [{ value: one, label: isTermReference(one) ? '…' : one, found: one }],
  );
  return (
    <Select
      id={id}
      {...(many || orText ? { mode: orText ? ('tags' as const) : ('multiple' as const) } : {})}
      disabled={readOnly}
      allowClear
      showSearch={{
        filterOption: (words, option) =>
          option !== undefined && option.found.includes(words.trim().toLowerCase()),
      }}
      {...(many ? (most === undefined ? {} : { maxCount: most }) : {})}
      placeholder={orText ? '输入名称、拼音首字母查找，或写全称' : '输入名称、代码或拼音首字母查找'}
      notFoundContent="词表里没有"
      value={many || orText ? [...value] : (value[0] ?? null)}
      options={[...strangers, ...options]}
      onChange={(chosen: string | readonly string[] | null | undefined) => {
        const all = [chosen ?? []].flat();
        // Of one value the last that was chosen.
        onChange(many ? all : all.slice(-1));
      }}
    />
  );
}
