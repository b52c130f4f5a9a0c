import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';

import type { KeyTerms } from '../../contracts/exchange.ts';
import { identityApi, type Unit } from '../../contracts/identity.ts';
import {
  builtInTypeName,
  type ResourceTypeKey,
  resourceTypeNames,
  resourceTypes,
} from '../../contracts/resource-type.ts';
import { sitesApi } from '../../contracts/sites.ts';
import { columnOptions } from '../lib/column-options.ts';
import { queryFor } from '../lib/queries.ts';
import { useClient } from '../lib/services.tsx';
import { unitOptions } from '../lib/unit-tree.ts';

/** Which units, columns and types another system may see, as it is chosen in a form: nothing chosen is everything. */
export interface ReachOf {
  readonly unitIds: string[];
  readonly columnIds: string[];
  readonly types: ResourceTypeKey[];
}

type Reach = Pick<KeyTerms, 'unitIds' | 'columnIds' | 'types'>;

const orAll = <T,>(list: T[]): T[] | null => (list.length === 0 ? null : list);

export const reachOf = ({ unitIds, columnIds, types }: ReachOf): Reach => ({
  unitIds: orAll(unitIds),
  columnIds: orAll(columnIds),
  types: orAll(types),
});

export const reachFields = ({ unitIds, columnIds, types }: Reach): ReachOf => ({
  unitIds: unitIds ?? [],
  columnIds: columnIds ?? [],
  types: types ?? [],
});

/** How far it reaches, in a few words. */
export function reachText({ unitIds, columnIds, types }: Reach): string {
  const counted = (list: readonly string[] | null, all: string, one: string): string =>
    list === null ? all : `${String(list.length)} 个${one}`;
  return [
    counted(unitIds, '全部单位', '单位'),
    counted(columnIds, '全部栏目', '栏目'),
    types === null ? '全部类型' : types.map((type) => builtInTypeName(type) ?? type).join('、'),
  ].join(' · ');
}

/** What the other system is called, and who answers for it. */
export function NameFields({ of }: { readonly of: string }) {
  return (
    <>
      <Form.Item
        name="name"
        label="系统名称"
        rules={[{ required: true, min: 2, whitespace: true, message: `请写明${of}` }]}
      >
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="holder"
        label="使用单位和责任人"
        rules={[{ required: true, min: 2, whitespace: true, message: '请写明由谁负责' }]}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
    </>
  );
}

const noUnits: readonly Unit[] = [];

export function ReachFields({ open }: { readonly open: boolean }) {
  const client = useClient();
  const units = useQuery({ ...queryFor(client, identityApi.listUnits, {}), enabled: open });
  const columns = useQuery({ ...queryFor(client, sitesApi.listColumns, { query: {} }), enabled: open });
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), enabled: open });
  return (
    <>
      <Form.Item name="unitIds" label="单位" extra="不选为全部；选了的含它的下级单位。">
        <Select
          mode="multiple"
          allowClear
          placeholder="全部单位"
          loading={units.isPending}
          options={unitOptions(units.data ?? noUnits)}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <Form.Item name="columnIds" label="栏目" extra="不选为全部；只含所选栏目本身，不含下级栏目。">
        <Select
          mode="multiple"
          allowClear
          placeholder="全部栏目"
          loading={columns.isPending}
          options={columnOptions(
            (columns.data ?? []).filter((column) => column.kind !== 'channel'),
            sites.data ?? [],
          )}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <Form.Item name="types" label="信息类型" extra="不选为全部。">
        <Select
          mode="multiple"
          allowClear
          placeholder="全部类型"
          options={resourceTypes
            .filter((type) => type !== 'home')
            .map((type) => ({ value: type, label: resourceTypeNames[type] }))}
        />
      </Form.Item>
    </>
  );
}
