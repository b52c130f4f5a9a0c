import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';

import { type Address, type Column, type Site, sitesApi } from '../../../contracts/sites.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { columnTrail } from './column-tree.ts';

interface Props {
  readonly resourceId: string;
  readonly editable: boolean;
}

/** The columns of a resource; the first is the main one and decides the address. */
export function PlacementPicker({ resourceId, editable }: Props) {
  const client = useClient();
  const address = useQuery(queryFor(client, sitesApi.getPlacements, { params: { id: resourceId } }));
  const columns = useQuery({
    ...queryFor(client, sitesApi.listColumns, { query: { writable: true } }),
    enabled: editable,
    staleTime: 60_000,
  });
  const sites = useQuery({
    ...queryFor(client, sitesApi.listSites, {}),
    enabled: editable,
    staleTime: 60_000,
  });
  return (
    <Loaded query={address} rows={2}>
      {(loaded) => (
        <>
          {editable ? (
            <Picker
              key={loaded.placements.map(({ columnId }) => columnId).join()}
              resourceId={resourceId}
              address={loaded}
              columns={columns.data ?? []}
              sites={sites.data ?? []}
            />
          ) : (
            <PlacementNames address={loaded} />
          )}
          {loaded.url === null ? null : (
            <p className="hint">
              网址{' '}
              <a href={loaded.url} target="_blank" rel="noreferrer">
                {loaded.url}
              </a>
            </p>
          )}
        </>
      )}
    </Loaded>
  );
}

function PlacementNames({ address }: { readonly address: Address }) {
  if (address.placements.length === 0) return <p className="hint">还没有选择栏目。</p>;
  return (
    <ul className="plain-list">
      {address.placements.map(({ id, siteName, columnName, isMain }) => (
        <li key={id}>
          {siteName} / {columnName}
          {isMain ? <span className="badge">主栏目</span> : null}
        </li>
      ))}
    </ul>
  );
}

interface PickerProps {
  readonly resourceId: string;
  readonly address: Address;
  readonly columns: readonly Column[];
  readonly sites: readonly Site[];
}

function optionsOf(columns: readonly Column[], sites: readonly Site[], address: Address) {
  const siteName = (id: string): string => sites.find((site) => site.id === id)?.shortName ?? '';
  const known = columns
    .filter((column) => column.writable && !column.closed)
    .map((column) => ({
      value: column.id,
      label: `${siteName(column.siteId)} ${columnTrail(columns, column)}`.trim(),
    }));
  // Placed by somebody else in a column that this person may not use: it stays, by name.
  const others = address.placements
    .filter(({ columnId }) => !known.some(({ value }) => value === columnId))
    .map((placement) => ({
      value: placement.columnId,
      label: `${placement.siteName} ${placement.columnName}`,
    }));
  return [...known, ...others];
}

function Picker({ resourceId, address, columns, sites }: PickerProps) {
  const client = useClient();
  const queries = useQueryClient();
  const ordered = [...address.placements].sort((a, b) => Number(b.isMain) - Number(a.isMain));
  const placed = ordered.map(({ columnId }) => columnId);
  const [chosen, setChosen] = useState<readonly string[]>(placed);
  const save = useAct<readonly string[], Address>({
    act: (columnIds) =>
      client.call(sitesApi.setPlacements, {
        params: { id: resourceId },
        body: { columnIds: [...columnIds] },
      }),
    done: '栏目已设置',
    onDone: () => forget(queries, sitesApi.getPlacements),
  });
  const options = optionsOf(columns, sites, address);
  const labelOf = (id: string): string => options.find(({ value }) => value === id)?.label ?? id;
  const [main, ...others] = chosen;
  const isChanged = chosen.join() !== placed.join();
  return (
    <div className="stack">
      <label htmlFor="placement-main">
        主栏目<span className="required-mark">提交前必填</span>
      </label>
      <Select
        id="placement-main"
        showSearch={{ optionFilterProp: 'label' }}
        placeholder="选择栏目，决定网址"
        value={main ?? null}
        options={options}
        popupMatchSelectWidth={false}
        onChange={(id: string) => {
          setChosen([id, ...others.filter((other) => other !== id)]);
        }}
      />
      <label htmlFor="placement-others">同时显示在</label>
      <Select
        id="placement-others"
        mode="multiple"
        showSearch={{ optionFilterProp: 'label' }}
        placeholder="可以不选"
        disabled={main === undefined}
        value={others}
        maxCount={19}
        options={options.filter(({ value }) => value !== main)}
        popupMatchSelectWidth={false}
        onChange={(ids: string[]) => {
          if (main !== undefined) setChosen([main, ...ids]);
        }}
      />
      {isChanged ? (
        <Button
          type="primary"
          loading={save.isPending}
          onClick={() => {
            save.mutate(chosen);
          }}
        >
          {main === undefined
            ? '保存栏目'
            : `保存栏目：${labelOf(main)}${others.length > 0 ? ` 等 ${chosen.length} 个` : ''}`}
        </Button>
      ) : null}
    </div>
  );
}
