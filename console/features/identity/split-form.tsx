import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';

import { identityApi, type Unit } from '../../../contracts/identity.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';
import { unitOptions } from '../../lib/unit-tree.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { PlanFields } from './plan-fields.tsx';
import { goesOn, type ReceiverFields, receiverOptions, type SplitFields, splitOf } from './split-fields.ts';
import { SplitReceivers } from './split-receivers.tsx';
import { SplitRules } from './split-rules.tsx';
import { type PlanningProps, usePlanning } from './use-planning.ts';

const noUnits: readonly Unit[] = [];
const emptyReceiver = { made: { kind: 'department' as const, organisationCode: '' } };

/** Which unit is divided, among whom, and by which rules. */
export function SplitForm(props: PlanningProps) {
  const client = useClient();
  const [form] = Form.useForm<SplitFields>();
  const units = useQuery({ ...queryFor(client, identityApi.listUnits, {}), enabled: props.open });
  const plan = usePlanning<SplitFields>(
    (fields) => client.call(identityApi.planSplit, { params: { id: fields.unitId }, body: splitOf(fields) }),
    props,
  );
  return (
    <FormDialog<SplitFields>
      open={props.open}
      title="单位拆分"
      okText="提出"
      width={720}
      form={form}
      initialValues={{ receivers: [emptyReceiver, emptyReceiver], rules: [], day: dayText(new Date()) }}
      act={plan}
      onClose={props.onClose}
      above={
        <p className="hint form-hint">
          提出以后先看清单：每个接收单位各得多少信息、栏目、站点和人员。确认之前什么都不变；开始办理以后不能撤销。
        </p>
      }
    >
      <SplitParts open={props.open} units={units.data ?? noUnits} />
      <PlanFields />
    </FormDialog>
  );
}

function SplitParts({ open, units }: { readonly open: boolean; readonly units: readonly Unit[] }) {
  const unitId = Form.useWatch<string | undefined>('unitId');
  const receivers = receiverOptions(
    Form.useWatch<(ReceiverFields | undefined)[] | undefined>('receivers') ?? [],
    units,
  );
  return (
    <>
      <Form.Item
        name="name"
        label="事项名称"
        rules={[{ required: true, min: 2, whitespace: true, message: '请填写，至少两个字' }]}
      >
        <Input maxLength={80} placeholder="如：分设区民政局、区退役军人事务局" autoComplete="off" />
      </Form.Item>
      <Form.Item name="unitId" label="拆分的单位" rules={[{ required: true, message: '请选择' }]}>
        <Select options={unitOptions(units)} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <h2 className="part-title">接收单位</h2>
      <SplitReceivers unitId={unitId} units={units} />
      <h2 className="part-title">划分规则</h2>
      <p className="hint">
        按顺序看，第一条符合的生效；一条规则里选了几项的，要同时符合。只选栏目或站点的，栏目和站点本身也一起转去。
      </p>
      <SplitRules open={open} unitId={unitId} receivers={receivers} />
      <Form.Item
        name="rest"
        label="原单位和其余内容"
        extra="不符合任何规则的信息、栏目、站点和没有选到的人员。"
        rules={[{ required: true, message: '请选择' }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            { value: goesOn, label: '原单位继续存在，其余内容留在原单位' },
            ...receivers.map(({ value, label }) => ({
              value,
              label: `原单位撤销，其余内容归${label}`,
            })),
          ]}
        />
      </Form.Item>
    </>
  );
}
