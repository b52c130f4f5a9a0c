import { useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Input, InputNumber, Select } from 'antd';

import { identityApi, type Unit, type UnitKind, unitKindNames } from '../../../contracts/identity.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { unitOptions } from '../../lib/unit-tree.ts';
import { useAct } from '../../ui/use-act.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';

interface Props {
  readonly open: boolean;
  /** The unit to change; null to add one. */
  readonly unit: Unit | null;
  readonly units: readonly Unit[];
  readonly onClose: () => void;
}

interface Fields {
  readonly parentId?: string | null;
  readonly name: string;
  readonly shortName: string;
  readonly organisationCode: string;
  readonly kind: UnitKind;
  readonly position: number;
  readonly closed?: boolean;
}

export function UnitForm({ open, unit, units, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const save = useAct<Fields, Unit>({
    act: ({ organisationCode, kind, closed, ...fields }) => {
      const parentId = fields.parentId ?? null;
      return unit === null
        ? client.call(identityApi.createUnit, { body: { ...fields, parentId, organisationCode, kind } })
        : client.call(identityApi.changeUnit, {
            params: { id: unit.id },
            body: { expectedVersion: unit.version, ...fields, parentId, closed: closed ?? unit.closed },
          });
    },
    done: unit === null ? '单位已新增' : '单位已修改',
    onDone: async () => {
      await forget(queries, identityApi.listUnits);
      onClose();
    },
  });
  const initial: Partial<Fields> = unit === null ? { kind: 'department', position: 100 } : { ...unit };
  return (
    <FormDialog<Fields>
      open={open}
      title={unit === null ? '新增单位' : `修改单位：${unit.shortName}`}
      form={form}
      initialValues={initial}
      act={save}
      onClose={onClose}
    >
      <Form.Item name="parentId" label="上级单位">
        <Select
          allowClear
          placeholder="没有上级"
          showSearch={{ optionFilterProp: 'label' }}
          options={unitOptions(units.filter(({ id }) => id !== unit?.id))}
        />
      </Form.Item>
      <Form.Item
        name="name"
        label="单位名称"
        rules={[{ required: true, min: 2, message: '请填写，至少两个字' }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item
        name="shortName"
        label="简称"
        rules={[{ required: true, min: 2, message: '请填写，至少两个字' }]}
      >
        <Input maxLength={20} />
      </Form.Item>
      {unit === null ? (
        <>
          <Form.Item
            name="organisationCode"
            label="机构代码"
            extra="9 位组织机构代码或 18 位统一社会信用代码，编入信息索取号，以后不能更改。"
            rules={[
              {
                required: true,
                pattern: /^([0-9A-Z]{9}|[0-9A-Z]{18})$/,
                message: '9 位或 18 位大写字母与数字',
              },
            ]}
          >
            <Input maxLength={18} spellCheck={false} />
          </Form.Item>
          <Form.Item name="kind" label="类别">
            <Select options={Object.entries(unitKindNames).map(([value, label]) => ({ value, label }))} />
          </Form.Item>
        </>
      ) : null}
      <Form.Item name="position" label="排序" extra="小的在前。">
        <InputNumber min={0} max={10_000} precision={0} />
      </Form.Item>
      {unit === null ? null : (
        <Form.Item
          name="closed"
          valuePropName="checked"
          extra="撤销后不能再以它的名义新建信息，已有信息不变。"
        >
          <Checkbox>单位已撤销</Checkbox>
        </Form.Item>
      )}
    </FormDialog>
  );
}
