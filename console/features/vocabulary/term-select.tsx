import { Select } from 'antd';

import { hasEnded, type Term } from '../../../contracts/vocabulary.ts';
import { searchText, termTrail } from '../../lib/term-tree.ts';
import { dayText } from '../../lib/time.ts';

interface Props {
  readonly id?: string;
  readonly terms: readonly Term[];
  readonly without?: string | undefined;
  readonly placeholder: string;
  readonly value?: string | null;
  readonly onChange?: (code: string | null) => void;
}

/** One other term of the same vocabulary, by its code. */
export function TermSelect({ terms, without, placeholder, value, onChange, ...rest }: Props) {
  const byCode = new Map(terms.map((term) => [term.code, term]));
  const today = dayText(new Date());
  return (
    <Select
      {...rest}
      allowClear
      placeholder={placeholder}
      showSearch={{
        filterOption: (words, option) =>
          option !== undefined && option.found.includes(words.trim().toLowerCase()),
      }}
      value={value ?? null}
      options={terms
        .filter((term) => term.code !== without && !hasEnded(term, today))
        .map((term) => ({ value: term.code, label: termTrail(byCode, term), found: searchText(term) }))}
      onChange={(code: string | null | undefined) => {
        onChange?.(code ?? null);
      }}
    />
  );
}
