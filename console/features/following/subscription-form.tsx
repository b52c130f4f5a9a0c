import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, InputNumber, Radio, Select } from 'antd';
import { useState } from 'react';

import {
  followingApi,
  type FollowMode,
  followModeNames,
  followModes,
  type PlatformOffer,
  type Subscription,
} from '../../../contracts/following.ts';
import { identityApi } from '../../../contracts/identity.ts';
import { sitesApi } from '../../../contracts/sites.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { unitOptions } from '../../lib/unit-tree.ts';
import { useAct } from '../../ui/use-act.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { RuleFields, type RuleFieldValue } from './rule-fields.tsx';

interface Fields {
  readonly address: string;
  readonly key: string;
  readonly name: string;
  readonly sourceTypes?: string[];
  readonly sourceUnitIds?: string[];
  readonly sourceColumnIds?: string[];
  readonly unitId: string;
  readonly columnId: string;
  readonly rules?: RuleFieldValue[];
  readonly mode: FollowMode;
  readonly mostItems: number;
}

const orAll = (list: string[] | undefined): string[] | null =>
  list === undefined || list.length === 0 ? null : list;

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Address and key first: what the other platform offers decides what can be chosen. */
export function SubscriptionForm({ open, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const [offer, setOffer] = useState<PlatformOffer | null>(null);
  const close = (): void => {
    setOffer(null);
    onClose();
  };
  const check = useAct<Pick<Fields, 'address' | 'key'>, PlatformOffer>({
    act: (body) => client.call(followingApi.checkPlatform, { body }),
    onDone: (found) => {
      setOffer(found);
      form.setFieldValue('name', found.name.slice(0, 60));
    },
  });
  const save = useAct<Fields, Subscription>({
    act: (fields) =>
      client.call(followingApi.createSubscription, {
        body: {
          ...fields,
          name: fields.name.trim(),
          sourceTypes: orAll(fields.sourceTypes),
          sourceUnitIds: orAll(fields.sourceUnitIds),
          sourceColumnIds: orAll(fields.sourceColumnIds),
          rules: (fields.rules ?? []).map((rule) => ({
            ...rule,
            sourceName: offer?.columns.find((column) => column.id === rule.sourceColumnId)?.name ?? '',
          })),
        },
      }),
    done: '订阅已新增，开始同步',
    onDone: async () => {
      await forget(queries, followingApi.listSubscriptions);
      close();
    },
  });
  return (
    <FormDialog<Fields>
      open={open}
      title="新增订阅"
      okText="开始同步"
      isReady={offer !== null}
      form={form}
      initialValues={{ mode: 'pending', mostItems: 100_000 }}
      act={save}
      onClose={close}
    >
      <Form.Item
        name="address"
        label="对方数据共享地址"
        rules={[{ required: true, type: 'url', message: '请填写以 http:// 或 https:// 开头的地址' }]}
      >
        <Input maxLength={300} autoComplete="off" placeholder="https://exchange.example.gov.cn" />
      </Form.Item>
      <Form.Item
        name="key"
        label="访问密钥"
        extra="由对方平台提供，加密保存，以后不再显示。"
        rules={[{ required: true, min: 10, message: '请填写对方给的密钥' }]}
      >
        <Input.Password maxLength={200} autoComplete="off" />
      </Form.Item>
      <Button
        loading={check.isPending}
        onClick={() => {
          void form.validateFields(['address', 'key']).then(({ address, key }: Fields) => {
            check.mutate({ address, key });
          });
        }}
      >
        检查地址和密钥
      </Button>
      {offer === null ? null : <TermFields offer={offer} />}
    </FormDialog>
  );
}

function TermFields({ offer }: { readonly offer: PlatformOffer }) {
  const client = useClient();
  const units = useQuery(queryFor(client, identityApi.listUnits, {}));
  const columns = useQuery(queryFor(client, sitesApi.listColumns, { query: {} }));
  const sites = useQuery(queryFor(client, sitesApi.listSites, {}));
  const siteNames = new Map((sites.data ?? []).map((site) => [site.id, site.shortName]));
  const ourColumns = (columns.data ?? [])
    .filter((column) => column.kind !== 'channel')
    .map(({ id, siteId, name }) => ({ value: id, label: `${siteNames.get(siteId) ?? ''} / ${name}` }));
  const theirColumns = offer.columns.map(({ id, site, name }) => ({ value: id, label: `${site} / ${name}` }));
  const searchable = { showSearch: { optionFilterProp: 'label' } } as const;
  return (
    <>
      <Alert
        type="success"
        showIcon
        className="form-alert"
        style={{ marginTop: 16 }}
        title={`${offer.name}：${String(offer.types.length)} 种信息类型，${String(offer.units.length)} 个单位，${String(offer.columns.length)} 个栏目`}
      />
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
      <Form.Item name="unitId" label="接收单位" rules={[{ required: true, message: '请选择接收单位' }]}>
        <Select options={unitOptions(units.data ?? [])} loading={units.isPending} {...searchable} />
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
