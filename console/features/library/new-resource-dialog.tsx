import { useQuery } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Radio, Select } from 'antd';

import type { Unit } from '../../../contracts/identity.ts';
import { libraryApi, type ResourceTypeKey } from '../../../contracts/library.ts';
import { initialContent } from '../../lib/content.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { unitOptions } from '../../lib/unit-tree.ts';
import { useAct } from '../../ui/use-act.ts';

interface Fields {
  readonly type: ResourceTypeKey;
  readonly title: string;
  readonly unitId: string;
}

interface Props {
  readonly open: boolean;
  readonly units: readonly Unit[];
  readonly onClose: () => void;
  readonly onCreated: (id: string) => void;
}

export function NewResourceDialog({ open, units, onClose, onCreated }: Props) {
  const client = useClient();
  const session = useSession();
  const [form] = Form.useForm<Fields>();
  const types = useQuery({
    ...queryFor(client, libraryApi.listResourceTypes, {}),
    enabled: open,
    staleTime: 300_000,
  });
  const create = useAct<Fields, { id: string }>({
    act: (fields) => {
      const type = types.data?.find(({ key }) => key === fields.type);
      if (type === undefined) throw new Error(`the type ${fields.type} is not described`);
      const content = { ...initialContent(type, fields.title.trim()), source: session.unitName };
      return client.call(libraryApi.createResource, {
        body: { unitId: fields.unitId, type: fields.type, content },
      });
    },
    onDone: ({ id }) => {
      onCreated(id);
    },
  });
  return (
    <Modal
      open={open}
      title="新建信息资源"
      okText="开始起草"
      destroyOnHidden
      confirmLoading={create.isPending}
      okButtonProps={{ disabled: types.data === undefined }}
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
    >
      {types.isError ? <Alert type="error" showIcon title="没有取到类型说明，请关闭后重试。" /> : null}
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ type: 'article', title: '', unitId: session.unitId }}
        onFinish={(fields) => {
          create.mutate(fields);
        }}
      >
        <Form.Item name="type" label="类型">
          <Radio.Group options={(types.data ?? []).map(({ key, name }) => ({ value: key, label: name }))} />
        </Form.Item>
        <Form.Item
          name="title"
          label="标题"
          rules={[{ required: true, whitespace: true, message: '请先写标题，以后可以改' }]}
        >
          <Input maxLength={200} showCount />
        </Form.Item>
        {units.length > 1 ? (
          <Form.Item name="unitId" label="所属单位" extra="信息索取号按这个单位编排，以后不能更改。">
            <Select options={unitOptions(units)} showSearch={{ optionFilterProp: 'label' }} />
          </Form.Item>
        ) : (
          <Form.Item name="unitId" hidden>
            <Input />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
