import { Button } from 'antd';

import type { Unit } from '../../../contracts/identity.ts';
import { assetKindNames, assetKinds } from '../../../contracts/library.ts';
import { compact } from '../../lib/search-text.ts';
import { ChoiceFilter, FilterForm, UnitFilter, WordsFilter } from '../../ui/filters.tsx';
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
    <FilterForm label="筛选素材">
      <WordsFilter
        label="文件名"
        words={filter.q ?? ''}
        onChange={(q) => {
          change({ q: q === '' ? undefined : q });
        }}
      />
      <ChoiceFilter
        label="种类"
        value={filter.kind}
        options={assetKinds.map((value) => ({ value, label: assetKindNames[value] }))}
        onChange={(chosen) => {
          change({ kind: chosen });
        }}
      />
      <ChoiceFilter
        label="只看"
        value={filter.show}
        options={assetShows.map((value) => ({ value, label: showNames[value] }))}
        onChange={(chosen) => {
          change({ show: chosen });
        }}
      />
      <UnitFilter
        units={units}
        unitId={filter.unitId}
        onChange={(unitId) => {
          change({ unitId });
        }}
      />
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
    </FilterForm>
  );
}
