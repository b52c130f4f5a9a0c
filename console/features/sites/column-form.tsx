import { useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Input, InputNumber, Select } from 'antd';

import {
  type Column,
  type ColumnDisplay,
  columnDisplayNames,
  columnDisplays,
  type ColumnKind,
  columnKindNames,
  columnKinds,
  sitesApi,
} from '../../../contracts/sites.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { UnitField } from '../../ui/unit-field.tsx';
import { columnTrail } from './column-tree.ts';

interface Props {
  readonly open: boolean;
  readonly siteId: string;
  readonly columns: readonly Column[];
  /** The column to change; absent to add one. */
  readonly column?: Column;
  readonly onClose: () => void;
}

interface Fields {
  readonly parentId?: string;
  readonly kind: ColumnKind;
  readonly name: string;
  readonly slug: string;
  readonly display: ColumnDisplay;
  readonly unitId: string;
  readonly description: string;
  readonly keywords: string;
  readonly position: number;
  readonly homePosition: number | null;
  readonly inNavigation: boolean;
  readonly hiddenWhenEmpty: boolean;
  readonly reprintSources: string[];
  readonly correctionRequired: boolean;
}

const required = [{ required: true, whitespace: true, message: '请填写' }];

export function ColumnForm({ open, siteId, columns, column, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const save = useAct<Fields, Column>({
    act: ({ parentId, kind, ...fields }) =>
      column === undefined
        ? client.call(sitesApi.createColumn, {
            body: { siteId, parentId: parentId ?? null, kind, updateRule: null, ...fields },
          })
        : client.call(sitesApi.changeColumn, {
            params: { id: column.id },
            body: { expectedVersion: column.version, ...fields },
          }),
    done: column === undefined ? '栏目已新增' : '栏目已修改',
    onDone: async () => {
      await forget(queries, sitesApi.listColumns);
      onClose();
    },
  });
  return (
    <FormDialog<Fields>
      open={open}
      title={column === undefined ? '新增栏目' : `修改栏目：${column.name}`}
      width={640}
      form={form}
      initialValues={initialOf(column)}
      act={save}
      onClose={onClose}
    >
      {column === undefined ? <NewColumnFields columns={columns} /> : null}
      <Form.Item name="name" label="栏目名称" rules={required}>
        <Input maxLength={30} />
      </Form.Item>
      <Form.Item
        name="slug"
        label="路径名"
        extra={
          column === undefined
            ? '网址的一段，只用小写字母、数字和连字符。'
            : '改动后旧网址会自动跳转到新网址。'
        }
        rules={[
          {
            required: true,
            pattern: /^[a-z0-9][a-z0-9-]{0,40}$/,
            message: '只用小写字母、数字和连字符，以字母或数字开头',
          },
        ]}
      >
        <Input maxLength={41} spellCheck={false} />
      </Form.Item>
      <UnitField label="责任单位" />
      <Form.Item
        name="description"
        label="栏目说明"
        extra="写明栏目的目的和内容，会进入网页标签。"
        rules={required}
      >
        <Input.TextArea maxLength={300} autoSize={{ minRows: 2 }} />
      </Form.Item>
      <Form.Item name="keywords" label="关键词" rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="reprintSources"
        label="允许转载的来源"
        extra="填单位名称（与稿件的信息来源一致）或网站域名（含下级域名），回车确认。不填则不限。"
      >
        <Select mode="tags" tokenSeparators={['、', '，', ',']} open={false} suffixIcon={null} />
      </Form.Item>
      <div className="columns-2">
        <Form.Item name="position" label="排序" extra="小的在前。">
          <InputNumber min={0} max={10_000} precision={0} />
        </Form.Item>
        <Form.Item name="display" label="显示方式" extra="图片列表显示题图，没有题图的只显示标题。">
          <Select
            options={columnDisplays.map((display) => ({
              value: display,
              label: columnDisplayNames[display],
            }))}
          />
        </Form.Item>
        <Form.Item name="homePosition" label="首页位置" extra="不填则不上首页。">
          <InputNumber min={0} max={100} precision={0} />
        </Form.Item>
        <div>
          <Form.Item name="inNavigation" valuePropName="checked" noStyle>
            <Checkbox>显示在导航</Checkbox>
          </Form.Item>
          <br />
          <Form.Item name="hiddenWhenEmpty" valuePropName="checked" noStyle>
            <Checkbox>没有内容时不显示</Checkbox>
          </Form.Item>
          <br />
          <Form.Item name="correctionRequired" valuePropName="checked" noStyle>
            <Checkbox>更正留痕：修改已公开的信息必须写更正说明</Checkbox>
          </Form.Item>
        </div>
      </div>
    </FormDialog>
  );
}

function NewColumnFields({ columns }: { readonly columns: readonly Column[] }) {
  return (
    <div className="columns-2">
      <Form.Item name="parentId" label="上级栏目">
        <Select
          allowClear
          placeholder="站点首层"
          showSearch={{ optionFilterProp: 'label' }}
          options={columns.map((one) => ({ value: one.id, label: columnTrail(columns, one) }))}
        />
      </Form.Item>
      <Form.Item
        name="kind"
        label="类别"
        extra="以后不能更改。"
        rules={[{ required: true, message: '请选择' }]}
      >
        <Select options={columnKinds.map((kind) => ({ value: kind, label: columnKindNames[kind] }))} />
      </Form.Item>
    </div>
  );
}

function initialOf(column: Column | undefined): Partial<Fields> {
  if (column === undefined) {
    return {
      kind: 'news',
      display: 'list',
      position: 100,
      homePosition: null,
      inNavigation: false,
      hiddenWhenEmpty: true,
      reprintSources: [],
      correctionRequired: false,
    };
  }
  const { name, slug, display, unitId, description, keywords, ...others } = column;
  const { position, homePosition, inNavigation, hiddenWhenEmpty, reprintSources, correctionRequired } =
    others;
  return {
    name,
    slug,
    display,
    unitId,
    description,
    keywords,
    position,
    homePosition,
    inNavigation,
    hiddenWhenEmpty,
    reprintSources,
    correctionRequired,
  };
}
