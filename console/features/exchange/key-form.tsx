import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Input, InputNumber, Modal, Select } from 'antd';

import { type AccessKey, exchangeApi, type KeyTerms, type NewKey } from '../../../contracts/exchange.ts';
import { identityApi, type Unit } from '../../../contracts/identity.ts';
import { type ResourceTypeKey, resourceTypeNames, resourceTypes } from '../../../contracts/resource-type.ts';
import { type Column, type Site, sitesApi } from '../../../contracts/sites.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText, endOfDay } from '../../lib/time.ts';
import { unitOptions } from '../../lib/unit-tree.ts';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly open: boolean;
  /** The key to change; null to add one. */
  readonly accessKey: AccessKey | null;
  readonly onClose: () => void;
  readonly onMade: (made: NewKey) => void;
}

interface Fields {
  readonly name: string;
  readonly holder: string;
  readonly unitIds: string[];
  readonly columnIds: string[];
  readonly types: ResourceTypeKey[];
  readonly fullText: boolean;
  readonly perMinute: number;
  readonly perDay: number;
  readonly expiresOn: string;
}

const orAll = <T,>(list: T[]): T[] | null => (list.length === 0 ? null : list);

function termsOf(fields: Fields): KeyTerms {
  return {
    name: fields.name.trim(),
    holder: fields.holder.trim(),
    unitIds: orAll(fields.unitIds),
    columnIds: orAll(fields.columnIds),
    types: orAll(fields.types),
    fullText: fields.fullText,
    perMinute: fields.perMinute,
    perDay: fields.perDay,
    expiresAt: fields.expiresOn === '' ? null : endOfDay(fields.expiresOn),
  };
}

const newTerms: KeyTerms = {
  name: '',
  holder: '',
  unitIds: null,
  columnIds: null,
  types: null,
  fullText: false,
  perMinute: 60,
  perDay: 10_000,
  expiresAt: null,
};

function initialOf(terms: KeyTerms): Fields {
  return {
    name: terms.name,
    holder: terms.holder,
    unitIds: terms.unitIds ?? [],
    columnIds: terms.columnIds ?? [],
    types: terms.types ?? [],
    fullText: terms.fullText,
    perMinute: terms.perMinute,
    perDay: terms.perDay,
    expiresOn: terms.expiresAt === null ? '' : dayText(terms.expiresAt),
  };
}

export function KeyForm({ open, accessKey, onClose, onMade }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const save = useAct<Fields, NewKey | AccessKey>({
    act: (fields) =>
      accessKey === null
        ? client.call(exchangeApi.createKey, { body: termsOf(fields) })
        : client.call(exchangeApi.changeKey, {
            params: { id: accessKey.id },
            body: { expectedVersion: accessKey.version, ...termsOf(fields) },
          }),
    done: accessKey === null ? '密钥已新增' : '密钥已修改，下一次请求起生效',
    onDone: async (answer) => {
      if ('secret' in answer) onMade(answer);
      await forget(queries, exchangeApi.listKeys);
      onClose();
    },
  });
  return (
    <Modal
      open={open}
      title={accessKey === null ? '新增访问密钥' : `修改密钥：${accessKey.name}`}
      okText="保存"
      destroyOnHidden
      confirmLoading={save.isPending}
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        preserve={false}
        requiredMark={false}
        initialValues={initialOf(accessKey ?? newTerms)}
        onFinish={(fields) => {
          save.mutate(fields);
        }}
      >
        <Form.Item
          name="name"
          label="系统名称"
          rules={[{ required: true, min: 2, whitespace: true, message: '请写明哪个系统使用' }]}
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
        <ReachFields open={open} />
        <Form.Item name="fullText" valuePropName="checked">
          <Checkbox>可以读取正文和下载文件（不选则只有元数据）</Checkbox>
        </Form.Item>
        <div className="row">
          <Form.Item
            name="perMinute"
            label="每分钟最多（次）"
            rules={[{ required: true, message: '请填次数' }]}
          >
            <InputNumber min={1} max={6_000} precision={0} style={{ width: 140 }} />
          </Form.Item>
          <Form.Item name="perDay" label="每天最多（次）" rules={[{ required: true, message: '请填次数' }]}>
            <InputNumber min={1} max={10_000_000} precision={0} style={{ width: 140 }} />
          </Form.Item>
        </div>
        <Form.Item name="expiresOn" label="到期日" extra="当天结束时失效；不填为长期。">
          <Input type="date" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

const noUnits: readonly Unit[] = [];

/** Which units, columns and types: nothing chosen is everything. */
function ReachFields({ open }: { readonly open: boolean }) {
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
          options={columnOptions(columns.data ?? [], sites.data ?? [])}
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

function columnOptions(columns: readonly Column[], sites: readonly Site[]) {
  const names = new Map(sites.map((site) => [site.id, site.shortName]));
  return columns
    .filter((column) => column.kind !== 'channel')
    .map((column) => ({ value: column.id, label: `${names.get(column.siteId) ?? ''} / ${column.name}` }));
}
