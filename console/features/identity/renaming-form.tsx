import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';

import { identityApi } from '../../../contracts/identity.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText, startOfDay } from '../../lib/time.ts';
import { unitOptions } from '../../lib/unit-tree.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { PlanFields } from './plan-fields.tsx';
import { type PlanningProps, usePlanning } from './use-planning.ts';

interface Fields {
  readonly unitId: string;
  readonly newName: string;
  readonly newShortName: string;
  readonly basis: string;
  readonly day: string;
}

/** Which unit is called otherwise from which day on. */
export function RenamingForm(props: PlanningProps) {
  const client = useClient();
  const [form] = Form.useForm<Fields>();
  const units = useQuery({ ...queryFor(client, identityApi.listUnits, {}), enabled: props.open });
  const plan = usePlanning<Fields>(
    ({ unitId, day, newName, newShortName, basis }) =>
      client.call(identityApi.planRenaming, {
        params: { id: unitId },
        body: {
          newName: newName.trim(),
          newShortName: newShortName.trim(),
          basis: basis.trim(),
          startsAt: startOfDay(day),
        },
      }),
    props,
  );
  const required = [{ required: true, min: 2, whitespace: true, message: '请填写，至少两个字' }];
  return (
    <FormDialog<Fields>
      open={props.open}
      title="单位更名"
      okText="提出"
      form={form}
      initialValues={{ day: dayText(new Date()) }}
      act={plan}
      onClose={props.onClose}
      above={
        <p className="hint form-hint">
          从生效日起用新名称；以前发布的信息保留当时的名称，并注明“更名为……”。机构代码一并改变的，请新增单位，再办理撤并；只是写错了字，请在“单位与账号”里修改单位。
        </p>
      }
    >
      <Form.Item name="unitId" label="单位" rules={[{ required: true, message: '请选择单位' }]}>
        <Select options={unitOptions(units.data ?? [])} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="newName" label="新名称" rules={required}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="newShortName" label="新简称" rules={required}>
        <Input maxLength={20} autoComplete="off" />
      </Form.Item>
      <PlanFields />
    </FormDialog>
  );
}
