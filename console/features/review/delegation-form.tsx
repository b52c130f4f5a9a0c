import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';

import { type Delegation, type NewDelegation, reviewApi } from '../../../contracts/review.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Somebody of the own unit, from when to when, and why. */
export function DelegationForm({ open, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<NewDelegation>();
  const colleagues = useQuery({ ...queryFor(client, reviewApi.listColleagues, {}), enabled: open });
  const delegate = useAct<NewDelegation, Delegation>({
    act: ({ reason, ...wish }) =>
      client.call(reviewApi.delegateDuty, { body: { ...wish, reason: reason.trim() } }),
    done: '已委托',
    onDone: async () => {
      await forget(queries, reviewApi.listDelegations, reviewApi.getWorkbench);
      onClose();
    },
  });
  const today = dayText(new Date());
  const required = [{ required: true, message: '请填写' }];
  return (
    <FormDialog<NewDelegation>
      open={open}
      title="委托他人代办"
      okText="委托"
      form={form}
      initialValues={{ startsOn: today, endsOn: today, reason: '' }}
      act={delegate}
      onClose={onClose}
      above={
        <p className="hint form-hint">
          受托人在这些日子代您审核、签发，记录中写明两人。受托人是稿件作者或已审过同一稿件的，不能代办；也不能再转托他人。
        </p>
      }
    >
      <Form.Item name="delegateId" label="受托人" rules={[{ required: true, message: '请选择受托人' }]}>
        <Select
          placeholder="本单位人员"
          loading={colleagues.isPending}
          options={(colleagues.data ?? []).map(({ id, realName }) => ({ value: id, label: realName }))}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <div className="field-row">
        <Form.Item name="startsOn" label="从" rules={required}>
          <Input type="date" min={today} />
        </Form.Item>
        <Form.Item name="endsOn" label="到" rules={required}>
          <Input type="date" min={today} />
        </Form.Item>
      </div>
      <Form.Item
        name="reason"
        label="原因"
        rules={[{ required: true, whitespace: true, min: 2, message: '请填写，至少两个字' }]}
      >
        <Input maxLength={200} placeholder="如：赴省厅培训" />
      </Form.Item>
    </FormDialog>
  );
}
