import { CloseCircleFilled, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';

import type { Unit } from '../../../contracts/identity.ts';
import { type ResourceType, stageNames, stages } from '../../../contracts/library.ts';
import { compact } from '../../lib/search-text.ts';
import { unitOptions } from '../../lib/unit-tree.ts';
import { Icon } from '../../ui/icon.tsx';
import { isFiltered, type ListState } from './list-state.ts';

interface Props {
  readonly state: ListState;
  readonly units: readonly Unit[];
  readonly types: readonly ResourceType[];
  readonly onChange: (state: ListState) => void;
}

export function ResourceFilters({ state, units, types, onChange }: Props) {
  const change = (part: { readonly [K in keyof ListState]?: ListState[K] | undefined }): void => {
    onChange(compact<ListState>({ ...state, ...part }));
  };
  return (
    <form
      role="search"
      aria-label="筛选信息资源"
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <WordsFilter
        words={state.q ?? ''}
        onChange={(q) => {
          change({ q: q === '' ? undefined : q });
        }}
      />
      <label>
        状态
        <Select
          allowClear
          placeholder="全部"
          value={state.stage ?? null}
          options={stages.map((value) => ({ value, label: stageNames[value] }))}
          onChange={(value) => {
            change({ stage: value });
          }}
        />
      </label>
      <label>
        类型
        <Select
          allowClear
          placeholder="全部"
          value={state.type ?? null}
          showSearch={{ optionFilterProp: 'label' }}
          options={types.map(({ key, name }) => ({ value: key, label: name }))}
          onChange={(value) => {
            change({ type: value });
          }}
        />
      </label>
      {units.length > 1 ? (
        <label>
          单位
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="全部"
            value={state.unitId ?? null}
            popupMatchSelectWidth={false}
            options={unitOptions(units).map(({ value, label }) => ({ value, label }))}
            onChange={(value) => {
              change({ unitId: value });
            }}
          />
        </label>
      ) : null}
      <label>
        修改日期从
        <Input
          type="date"
          value={state.from ?? ''}
          max={state.to}
          onChange={(event) => {
            change({ from: event.target.value || undefined });
          }}
        />
      </label>
      <label>
        到
        <Input
          type="date"
          value={state.to ?? ''}
          min={state.from}
          onChange={(event) => {
            change({ to: event.target.value || undefined });
          }}
        />
      </label>
      {isFiltered(state) ? (
        <Button
          type="link"
          onClick={() => {
            onChange(compact<ListState>({ sort: state.sort, order: state.order }));
          }}
        >
          清除条件
        </Button>
      ) : null}
    </form>
  );
}

interface WordsProps {
  readonly words: string;
  readonly onChange: (words: string) => void;
}

/** Searches when the typing pauses, not at every letter of an input method. */
function WordsFilter({ words, onChange }: WordsProps) {
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
      标题、文号或索取号
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
