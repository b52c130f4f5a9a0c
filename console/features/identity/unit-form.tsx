import { useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, InputNumber } from 'antd';

import { identityApi, type Unit, type UnitKind } from '../../../contracts/identity.ts';
import type { IndexNumberTemplate } from '../../../contracts/index-number.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { IndexNumberField, ParentField, UnitCodeFields, UnitNameFields } from './unit-fields.tsx';

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
  readonly indexNumberTemplate?: IndexNumberTemplate;
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
      <ParentField units={units.filter(({ id }) => id !== unit?.id)} />
      <UnitNameFields />
      {unit === null ? <UnitCodeFields /> : <IndexNumberField unit={unit} />}
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
