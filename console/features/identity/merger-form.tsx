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
  readonly name: string;
  readonly unitIds: string[];
  readonly successorId: string;
  readonly basis: string;
  readonly day: string;
}

/** Which units end, and which one takes over. */
export function MergerForm(props: PlanningProps) {
  const client = useClient();
  const [form] = Form.useForm<Fields>();
  const units = useQuery({ ...queryFor(client, identityApi.listUnits, {}), enabled: props.open });
  const plan = usePlanning<Fields>(
    ({ day, name, basis, ...fields }) =>
      client.call(identityApi.planReorganization, {
        body: { ...fields, name: name.trim(), basis: basis.trim(), startsAt: startOfDay(day) },
      }),
    props,
  );
  const options = unitOptions(units.data ?? []);
  return (
    <FormDialog<Fields>
      open={props.open}
      title="单位撤并"
      okText="提出"
      form={form}
      initialValues={{ unitIds: [], day: dayText(new Date()) }}
      act={plan}
      onClose={props.onClose}
      above={
        <p className="hint form-hint">
          提出以后先看清单：哪些信息、站点、栏目、人员会转到承接单位。确认之前什么都不变；开始办理以后不能撤销。
        </p>
      }
    >
      <Form.Item
        name="name"
        label="事项名称"
        rules={[{ required: true, min: 2, whitespace: true, message: '请填写，至少两个字' }]}
      >
        <Input maxLength={80} placeholder="如：组建区农业农村局" autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="unitIds"
        label="撤并的单位"
        extra="它们的下级单位也转到承接单位之下。"
        rules={[{ required: true, message: '请选择' }]}
      >
        <Select mode="multiple" options={options} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item
        name="successorId"
        label="承接单位"
        extra="新组建的单位请先在“单位与账号”里新增。"
        rules={[{ required: true, message: '请选择' }]}
      >
        <Select options={options} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <PlanFields />
    </FormDialog>
  );
}
