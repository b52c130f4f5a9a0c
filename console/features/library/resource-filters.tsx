import { Button, Input, Select } from 'antd';

import type { Unit } from '../../../contracts/identity.ts';
import { type ResourceType, searchPlaces, stageNames, stages } from '../../../contracts/library.ts';
import { compact } from '../../lib/search-text.ts';
import { ChoiceFilter, FilterForm, UnitFilter, WordsFilter } from '../../ui/filters.tsx';
import { isFiltered, type ListState } from './list-state.ts';

interface Props {
  readonly state: ListState;
  readonly units: readonly Unit[];
  readonly types: readonly ResourceType[];
  readonly onChange: (state: ListState) => void;
}

const placeNames = { text: '标题和正文', title: '仅标题和编号' } as const;

export function ResourceFilters({ state, units, types, onChange }: Props) {
  // A link or a view from before says words and no place: those were looked for in titles.
  const place = state.searchIn ?? (state.q === undefined ? 'text' : 'title');
  const change = (part: { readonly [K in keyof ListState]?: ListState[K] | undefined }): void => {
    onChange(compact<ListState>({ ...state, ...part }));
  };
  return (
    <FilterForm label="筛选信息资源">
      <label>
        查找范围
        <Select
          value={place}
          options={searchPlaces.map((value) => ({ value, label: placeNames[value] }))}
          onChange={(value) => {
            change({ searchIn: value });
          }}
        />
      </label>
      <WordsFilter
        label={place === 'text' ? '词语、文号、姓名或一句话' : '标题、文号或索取号'}
        words={state.q ?? ''}
        onChange={(q) => {
          change(q === '' ? { q: undefined } : { q, searchIn: place });
        }}
      />
      <ChoiceFilter
        label="状态"
        value={state.stage}
        options={stages.map((value) => ({ value, label: stageNames[value] }))}
        onChange={(chosen) => {
          change({ stage: chosen });
        }}
      />
      <ChoiceFilter
        label="类型"
        value={state.type}
        options={types.map(({ key, name }) => ({ value: key, label: name }))}
        searchable
        onChange={(chosen) => {
          change({ type: chosen });
        }}
      />
      <UnitFilter
        units={units}
        unitId={state.unitId}
        onChange={(unitId) => {
          change({ unitId });
        }}
      />
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
    </FilterForm>
  );
}
