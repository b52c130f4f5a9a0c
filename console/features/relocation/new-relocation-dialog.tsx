import { useQuery } from '@tanstack/react-query';
import { Form, Input, Modal, Radio, Select } from 'antd';

import { type Relocation, relocationApi } from '../../../contracts/relocation.ts';
import { sitesApi } from '../../../contracts/sites.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { UnitField } from '../../ui/unit-field.tsx';
import { useAct } from '../../ui/use-act.ts';
import { linesOf } from './relocation-words.ts';

interface Fields {
  readonly name: string;
  readonly siteId: string;
  readonly unitId: string;
  readonly hosts: string;
  readonly source: 'copy' | 'web';
  readonly start?: string;
}

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onMade: (id: string) => void;
}

export function NewRelocationDialog({ open, onClose, onMade }: Props) {
  const client = useClient();
  const [form] = Form.useForm<Fields>();
  const source = Form.useWatch('source', form);
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), enabled: open });
  const create = useAct<Fields, Relocation>({
    act: ({ name, siteId, unitId, hosts, source: from, start }) =>
      client.call(relocationApi.createProject, {
        body: {
          name: name.trim(),
          siteId,
          unitId,
          hosts: linesOf(hosts),
          source: from,
          ...(from === 'web' && start !== undefined ? { startAddresses: linesOf(start) } : {}),
        },
      }),
    onDone: ({ id }) => {
      onClose();
      onMade(id);
    },
  });
  return (
    <Modal
      open={open}
      title="迁移一个旧站"
      okText="下一步"
      cancelText="取消"
      confirmLoading={create.isPending}
      destroyOnHidden
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={{ source: 'copy' }}
        onFinish={(fields) => {
          create.mutate(fields);
        }}
      >
        <Form.Item
          name="name"
          label="名称"
          rules={[{ required: true, whitespace: true, message: '请起一个名称' }]}
        >
          <Input maxLength={80} placeholder="如：区教育局旧网站" />
        </Form.Item>
        <Form.Item
          name="hosts"
          label="旧站域名"
          extra="每行一个，第一个是主域名。只读取这些域名下的页面。"
          rules={[{ required: true, whitespace: true, message: '请填写旧站域名' }]}
        >
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} placeholder="www.example.gov.cn" />
        </Form.Item>
        <Form.Item name="source" label="页面从哪里来">
          <Radio.Group
            options={[
              { value: 'copy', label: '旧站的副本' },
              { value: 'web', label: '从网上采集' },
            ]}
          />
        </Form.Item>
        {source === 'web' ? (
          <Form.Item name="start" label="起始网址" extra="每行一个；不填就从主域名的首页开始。">
            <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} placeholder="https://www.example.gov.cn/" />
          </Form.Item>
        ) : null}
        <Form.Item name="siteId" label="目标站点" rules={[{ required: true, message: '请选择目标站点' }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={(sites.data ?? []).map((site) => ({ value: site.id, label: site.name }))}
          />
        </Form.Item>
        <UnitField label="所属单位" extra="导入的文章归这个单位，由它日后修改。" />
      </Form>
    </Modal>
  );
}
