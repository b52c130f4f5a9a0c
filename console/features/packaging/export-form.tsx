import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';

import { identityApi } from '../../../contracts/identity.ts';
import { libraryApi, type ResourceTypeKey } from '../../../contracts/library.ts';
import { type PackageExport, packagingApi } from '../../../contracts/packaging.ts';
import { sitesApi } from '../../../contracts/sites.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { unitOptions } from '../../lib/unit-tree.ts';
import { useAct } from '../../ui/use-act.ts';
import { type ExportFields, type ExportWish, selectionOf } from './export-wish.ts';

interface Props {
  readonly wish: ExportWish;
  readonly onAsked: () => void;
}

/** What a package shall hold. Every field may stay empty. */
export function ExportForm({ wish, onAsked }: Props) {
  const client = useClient();
  const rarely = { staleTime: 300_000 };
  const units = useQuery({ ...queryFor(client, identityApi.listUnits, {}), ...rarely });
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), ...rarely });
  const types = useQuery({ ...queryFor(client, libraryApi.listResourceTypes, {}), ...rarely });
  const ask = useAct<ExportFields, PackageExport>({
    act: (fields) => client.call(packagingApi.createExport, { body: selectionOf(fields) }),
    done: '已开始导出，完成后可以在下面下载',
    onDone: onAsked,
  });
  const choice = {
    mode: 'multiple',
    placeholder: '全部',
    showSearch: { optionFilterProp: 'label' },
  } as const;
  return (
    <Form<ExportFields>
      className="export-form"
      layout="vertical"
      requiredMark={false}
      aria-label="导出范围"
      initialValues={{
        unitIds: wish.unitId === undefined ? [] : [wish.unitId],
        types: wish.type === undefined ? [] : [wish.type],
      }}
      onFinish={(fields) => {
        ask.mutate(fields);
      }}
    >
      <Form.Item name="unitIds" label="单位（含下级）">
        <Select<string[]>
          {...choice}
          options={unitOptions(units.data ?? []).map(({ value, label }) => ({ value, label }))}
        />
      </Form.Item>
      <Form.Item name="siteIds" label="站点">
        <Select<string[]>
          {...choice}
          options={(sites.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="types" label="信息类型">
        <Select<ResourceTypeKey[]>
          {...choice}
          options={(types.data ?? []).map(({ key, name }) => ({ value: key, label: name }))}
        />
      </Form.Item>
      <Form.Item name="from" label="首次发布从">
        <Input type="date" />
      </Form.Item>
      <Form.Item name="to" label="到">
        <Input type="date" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={ask.isPending}>
        开始导出
      </Button>
    </Form>
  );
}
