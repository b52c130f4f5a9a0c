import { Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';

import type { Unit } from '../../../contracts/identity.ts';
import { assetKindNames, assetKinds } from '../../../contracts/library.ts';
import { compact } from '../../lib/search-text.ts';
import { unitOptions } from '../../lib/unit-tree.ts';
import { type AssetFilter, type AssetShow, assetShows, isAssetFiltered } from './asset-filter.ts';

interface Props {
  readonly filter: AssetFilter;
  readonly units: readonly Unit[];
  readonly onChange: (filter: AssetFilter) => void;
}

const showNames: Readonly<Record<AssetShow, string>> = {
  'no-alt': '缺图片说明',
  unused: '没有使用',
  trouble: '待检查或已隔离',
};

export function AssetFilters({ filter, units, onChange }: Props) {
  const change = (part: { readonly [K in keyof AssetFilter]?: AssetFilter[K] | undefined }): void => {
    onChange(compact<AssetFilter>({ ...filter, ...part }));
  };
  return (
    <form
      role="search"
      aria-label="筛选素材"
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <NameFilter
        name={filter.q ?? ''}
        onChange={(q) => {
          change({ q: q === '' ? undefined : q });
        }}
      />
      <label>
        种类
        <Select
          allowClear
          placeholder="全部"
          value={filter.kind ?? null}
          options={assetKinds.map((value) => ({ value, label: assetKindNames[value] }))}
          onChange={(kind) => {
            change({ kind });
          }}
        />
      </label>
      <label>
        只看
        <Select
          allowClear
          placeholder="全部"
          popupMatchSelectWidth={false}
          value={filter.show ?? null}
          options={assetShows.map((value) => ({ value, label: showNames[value] }))}
          onChange={(show) => {
            change({ show });
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
            value={filter.unitId ?? null}
            popupMatchSelectWidth={false}
            options={unitOptions(units).map(({ value, label }) => ({ value, label }))}
            onChange={(unitId) => {
              change({ unitId });
            }}
          />
        </label>
      ) : null}
      {isAssetFiltered(filter) ? (
        <Button
          type="link"
          onClick={() => {
            onChange({});
          }}
        >
          清除条件
        </Button>
      ) : null}
    </form>
  );
}

/** Searches when the typing pauses, not at every letter of an input method. */
function NameFilter({
  name,
  onChange,
}: {
  readonly name: string;
  readonly onChange: (name: string) => void;
}) {
  const [text, setText] = useState(name);
  const [shown, setShown] = useState(name);
  if (shown !== name) {
    setShown(name);
    setText(name);
  }
  useEffect(() => {
    if (text.trim() === name) return undefined;
    const timer = window.setTimeout(() => {
      onChange(text.trim());
    }, 500);
    return () => {
      window.clearTimeout(timer);
    };
  });
  return (
    <label className="filter-words">
      文件名
      <Input
        value={text}
        maxLength={100}
        allowClear
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
    </label>
  );
}
