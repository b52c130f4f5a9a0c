import { useQuery } from '@tanstack/react-query';
import { Alert, Form, Input, InputNumber, Radio, Select } from 'antd';

import { followModeNames, followModes, type PlatformOffer } from '../../../contracts/following.ts';
import { identityApi } from '../../../contracts/identity.ts';
import { sitesApi } from '../../../contracts/sites.ts';
import { columnOptions } from '../../lib/column-options.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { unitOptions } from '../../lib/unit-tree.ts';
import { RuleFields } from './rule-fields.tsx';

interface Props {
  /** What the other platform offers, as far as it said so. */
  readonly offer: Pick<PlatformOffer, 'types' | 'units' | 'columns'>;
  /** What it said of itself; null when it could not be asked. */
  readonly platform: string | null;
  /** What came already belongs to the unit that received it. */
  readonly isUnitFixed: boolean;
}

/** What is taken of another platform, and where it goes. */
export function TermFields({ offer, platform, isUnitFixed }: Props) {
  const client = useClient();
  const units = useQuery(queryFor(client, identityApi.listUnits, {}));
  const columns = useQuery(queryFor(client, sitesApi.listColumns, { query: {} }));
  const sites = useQuery(queryFor(client, sitesApi.listSites, {}));
  const ourColumns = columnOptions(
    (columns.data ?? []).filter((column) => column.kind !== 'channel'),
    sites.data ?? [],
  );
  const theirColumns = offer.columns.map(({ id, site, name }) => ({ value: id, label: `${site} / ${name}` }));
  const searchable = { showSearch: { optionFilterProp: 'label' } } as const;
  return (
    <>
      {platform === null ? null : (
        <Alert
          type="success"
          showIcon
          className="form-alert"
          style={{ marginTop: 16 }}
          title={`${platform}：${String(offer.types.length)} 种信息类型，${String(offer.units.length)} 个单位，${String(offer.columns.length)} 个栏目`}
        />
      )}
      <Form.Item name="name" label="订阅名称" rules={[{ required: true, min: 2, message: '请填写名称' }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="sourceColumnIds" label="接收对方哪些栏目" extra="不选为全部。">
        <Select mode="multiple" allowClear placeholder="全部栏目" options={theirColumns} {...searchable} />
      </Form.Item>
      <Form.Item name="sourceUnitIds" label="对方哪些单位" extra="不选为全部；含下级单位。">
        <Select
          mode="multiple"
          allowClear
          placeholder="全部单位"
          options={offer.units.map(({ id, name }) => ({ value: id, label: name }))}
          {...searchable}
        />
      </Form.Item>
      <Form.Item
        name="sourceTypes"
        label="哪些信息类型"
        extra="不选为全部。本平台没有的类型会逐条列为“不能接收”。"
      >
        <Select
          mode="multiple"
          allowClear
          placeholder="全部类型"
          options={offer.types.map(({ key, name, known }) => ({
            value: key,
            label: known ? name : `${name}（本平台没有）`,
          }))}
        />
      </Form.Item>
      <Form.Item
        name="unitId"
        label="接收单位"
        {...(isUnitFixed ? { extra: '不能更改：已收到的信息属于它。要换单位，请结束后新建订阅。' } : {})}
        rules={[{ required: true, message: '请选择接收单位' }]}
      >
        <Select
          disabled={isUnitFixed}
          options={unitOptions(units.data ?? [])}
          loading={units.isPending}
          {...searchable}
        />
      </Form.Item>
      <Form.Item name="columnId" label="放入栏目" rules={[{ required: true, message: '请选择栏目' }]}>
        <Select options={ourColumns} loading={columns.isPending} {...searchable} />
      </Form.Item>
      <RuleFields theirs={theirColumns} ours={ourColumns} />
      <Form.Item name="mode" label="收到以后">
        <Radio.Group options={followModes.map((value) => ({ value, label: followModeNames[value] }))} />
      </Form.Item>
      <Form.Item
        name="mostItems"
        label="最多接收（条）"
        extra="超过时暂停并提示，防止对方出错时灌入大量信息。"
        rules={[{ required: true, message: '请填数量' }]}
      >
        <InputNumber min={1} max={5_000_000} precision={0} style={{ width: 160 }} />
      </Form.Item>
    </>
  );
}
