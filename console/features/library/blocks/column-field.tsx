import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';

import { type ShownColumn, sitesApi } from '../../../../contracts/sites.ts';
import { queryFor } from '../../../lib/queries.ts';
import { useClient } from '../../../lib/services.tsx';
import { BlockField } from './parts.tsx';

/** The columns of all sites that a block may show. Channels hold nothing themselves. */
export function useShownColumns(): readonly ShownColumn[] {
  const client = useClient();
  const columns = useQuery({ ...queryFor(client, sitesApi.listShownColumns, {}), staleTime: 300_000 });
  return (columns.data ?? []).filter((column) => column.kind !== 'channel');
}

export function nameOfColumn(columns: readonly ShownColumn[], id: string): string {
  return columns.find((column) => column.id === id)?.name ?? '';
}

function optionsFrom(columns: readonly ShownColumn[]) {
  return columns.map(({ id, name, siteName }) => ({ value: id, label: `${siteName} ${name}` }));
}

interface Props {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (id: string) => void;
  readonly optional?: boolean;
  readonly hint?: string;
}

export function ColumnField({ label, value, onChange, optional = false, hint }: Props) {
  const columns = useShownColumns();
  return (
    <BlockField label={label} {...(hint === undefined ? {} : { hint })}>
      <Select<string | null>
        showSearch={{ optionFilterProp: 'label' }}
        allowClear={optional}
        placeholder={optional ? '可以不选' : '选择栏目'}
        value={value === undefined || value === '' ? null : value}
        options={optionsFrom(columns)}
        popupMatchSelectWidth={false}
        onChange={(id) => {
          onChange(id ?? '');
        }}
      />
    </BlockField>
  );
}

interface ManyProps {
  readonly value: readonly string[];
  readonly onChange: (ids: string[]) => void;
}

export function ColumnsField({ value, onChange }: ManyProps) {
  const columns = useShownColumns();
  return (
    <BlockField label="栏目" hint="按选择的先后显示，最多 6 个；没有信息的栏目不显示。">
      <Select<string[]>
        mode="multiple"
        maxCount={6}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder="选择栏目"
        value={[...value]}
        options={optionsFrom(columns)}
        popupMatchSelectWidth={false}
        onChange={onChange}
      />
    </BlockField>
  );
}
