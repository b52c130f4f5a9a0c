import { useQuery } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Radio, Select } from 'antd';

import { isOwnField, withFieldValue } from '../../../contracts/field-values.ts';
import type { Unit } from '../../../contracts/identity.ts';
import {
  type FieldDescription,
  libraryApi,
  type ResourceContent,
  type ResourceType,
  type ResourceTypeKey,
} from '../../../contracts/library.ts';
import { sitesApi } from '../../../contracts/sites.ts';
import { initialContent } from '../../lib/content.ts';
import { firstHome } from '../../lib/first-home.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { unitOptions } from '../../lib/unit-tree.ts';
import { useAct } from '../../ui/use-act.ts';
import { FieldControl } from './field-input.tsx';
import { SiteField } from './site-field.tsx';

interface Fields {
  readonly type: ResourceTypeKey;
  readonly title: string;
  readonly unitId: string;
  readonly siteId?: string;
  /** What the type needs before anything can be kept. */
  readonly first?: Readonly<Record<string, unknown>>;
}

interface Props {
  readonly open: boolean;
  readonly units: readonly Unit[];
  readonly onClose: () => void;
  readonly onCreated: (id: string) => void;
}

/** Without these not even a draft can be kept; the title has a place of its own here. */
function firstFields(type: ResourceType | undefined): readonly FieldDescription[] {
  return (type?.fields ?? []).filter(({ key, requiredAt }) => requiredAt === 'draft' && isOwnField(key));
}

function FirstField({ field, unitId }: { readonly field: FieldDescription; readonly unitId: string }) {
  return (
    <Form.Item
      name={['first', field.key]}
      label={field.name}
      extra={field.help}
      rules={[{ required: true, message: `请填写${field.name}` }]}
    >
      <FieldControl id={`first_${field.key}`} field={field} unitId={unitId} />
    </Form.Item>
  );
}

export function NewResourceDialog({ open, units, onClose, onCreated }: Props) {
  const client = useClient();
  const session = useSession();
  const [form] = Form.useForm<Fields>();
  const types = useQuery({
    ...queryFor(client, libraryApi.listResourceTypes, {}),
    enabled: open,
    staleTime: 60_000,
  });
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), enabled: open, staleTime: 60_000 });
  const chosen = Form.useWatch('type', form);
  // Nothing is watched before the form is there.
  const unitId = (Form.useWatch('unitId', form) as string | undefined) ?? session.unitId;
  const contentFor = (type: ResourceType, fields: Fields): Promise<ResourceContent> | ResourceContent => {
    const title = fields.title.trim();
    const site = sites.data?.find(({ id }) => id === fields.siteId);
    if (type.key === 'home' && site) return firstHome(client, site, title);
    const hasSource = type.fields.some(({ key }) => key === 'source');
    const begun = { ...initialContent(type, title), ...(hasSource ? { source: session.unitName } : {}) };
    return firstFields(type).reduce(
      (content, { key }) => withFieldValue(content, key, fields.first?.[key] ?? ''),
      begun,
    );
  };
  const create = useAct<Fields, { id: string }>({
    act: async (fields) => {
      const type = types.data?.find(({ key }) => key === fields.type);
      if (type === undefined) throw new Error(`the type ${fields.type} is not described`);
      const content = await contentFor(type, fields);
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
      width={640}
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
          <Radio.Group
            className="type-choice"
            options={(types.data ?? [])
              .filter(({ retired }) => !retired)
              .map(({ key, name }) => ({ value: key, label: name }))}
          />
        </Form.Item>
        <Form.Item
          name="title"
          label="标题"
          rules={[{ required: true, whitespace: true, message: '请先写标题，以后可以改' }]}
        >
          <Input maxLength={200} showCount />
        </Form.Item>
        {firstFields(types.data?.find(({ key }) => key === chosen)).map((field) => (
          <FirstField key={`${chosen} ${field.key}`} field={field} unitId={unitId} />
        ))}
        {chosen === 'home' ? (
          <Form.Item
            name="siteId"
            label="站点"
            extra="从现在的首页开始改；签发后替换这个站点的首页。"
            rules={[{ required: true, message: '请选择站点' }]}
          >
            <SiteField id="siteId" unitId={unitId} readOnly={false} />
          </Form.Item>
        ) : null}
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
