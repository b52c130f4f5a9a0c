import { CloseCircleFilled, SearchOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';

import type { Unit } from '../../contracts/identity.ts';
import { unitOptions } from '../lib/unit-tree.ts';
import { Icon } from './icon.tsx';

interface FormProps {
  /** What is narrowed: `筛选素材`. */
  readonly label: string;
  readonly children: ReactNode;
}

/** The row of filters above a list. Each acts at once: there is nothing to send. */
export function FilterForm({ label, children }: FormProps) {
  return (
    <form
      role="search"
      aria-label={label}
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      {children}
    </form>
  );
}

interface WordsProps {
  readonly label: string;
  readonly words: string;
  readonly onChange: (words: string) => void;
}

/** Searches when the typing pauses, not at every letter of an input method. */
export function WordsFilter({ label, words, onChange }: WordsProps) {
  const [text, setText] = useState(words);
  const [shown, setShown] = useState(words);
  if (shown !== words) {
    setShown(words);
    setText(words);
  }
  useEffect(() => {
    if (text.trim() === words) return undefined;
    const timer = window.setTimeout(() => {
      onChange(text.trim());
    }, 500);
    return () => {
      window.clearTimeout(timer);
    };
  });
  return (
    <label className="filter-words">
      {label}
      <Input
        type="search"
        allowClear={{ clearIcon: <Icon of={CloseCircleFilled} /> }}
        prefix={<Icon of={SearchOutlined} />}
        maxLength={100}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onPressEnter={() => {
          onChange(text.trim());
        }}
      />
    </label>
  );
}

interface ChoiceProps<V extends string | number> {
  readonly label: string;
  readonly value: V | undefined;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  /** For long lists: what is typed narrows them. */
  readonly searchable?: boolean;
  readonly onChange: (value: V | undefined) => void;
}

/** One of several, or all. */
export function ChoiceFilter<V extends string | number>({
  label,
  value,
  options,
  searchable = false,
  onChange,
}: ChoiceProps<V>) {
  return (
    <label>
      {label}
      <Select<V | null, { value: V; label: string }>
        allowClear
        placeholder="全部"
        popupMatchSelectWidth={false}
        value={value ?? null}
        options={[...options]}
        {...(searchable ? { showSearch: { optionFilterProp: 'label' } } : {})}
        onChange={(chosen) => {
          onChange(chosen ?? undefined);
        }}
      />
    </label>
  );
}

interface UnitProps {
  readonly units: readonly Unit[];
  readonly unitId: string | undefined;
  readonly onChange: (unitId: string | undefined) => void;
}

/** Only for those who see more than one unit. */
export function UnitFilter({ units, unitId, onChange }: UnitProps) {
  if (units.length <= 1) return null;
  return (
    <ChoiceFilter
      label="单位"
      value={unitId}
      options={unitOptions(units).map(({ value, label }) => ({ value, label }))}
      searchable
      onChange={onChange}
    />
  );
}
