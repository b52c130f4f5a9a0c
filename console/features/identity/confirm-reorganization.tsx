import { useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input } from 'antd';

import { identityApi } from '../../../contracts/identity.ts';
import type { Reorganization } from '../../../contracts/reorganization.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';
import { deedText, nameToRepeat, repeatedNames } from './reorganization-words.ts';

interface Props {
  readonly open: boolean;
  readonly plan: Reorganization;
  readonly onClose: () => void;
}

interface Fields {
  readonly name: string;
}

/** What cannot be undone is confirmed by typing the name that stands at its end. */
export function ConfirmReorganization({ open, plan, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const wanted = nameToRepeat(plan);
  const confirm = useAct<Fields, Reorganization>({
    act: () =>
      client.call(identityApi.confirmReorganization, {
        params: { id: plan.id },
        body: { expectedVersion: plan.version },
      }),
    done: '已确认',
    onDone: async () => {
      await forget(queries, identityApi.listReorganizations, identityApi.getReorganization);
      onClose();
    },
  });
  return (
    <FormDialog<Fields>
      open={open}
      title="确认机构改革"
      okText="确认"
      form={form}
      initialValues={{}}
      act={confirm}
      onClose={onClose}
      above={
        <Alert
          type="warning"
          showIcon
          className="form-alert"
          title={`${deedText(plan)}，${dayText(plan.startsAt)}起生效`}
          description="开始办理以后不能撤销。请对照文件核实单位、名称和日期。"
        />
      }
    >
      <Form.Item
        name="name"
        label={`请输入${repeatedNames[plan.kind]}名称`}
        extra={wanted}
        rules={[
          {
            validator: (_, value: unknown) =>
              value === wanted ? Promise.resolve() : Promise.reject(new Error('与名称不一致')),
          },
        ]}
      >
        <Input autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}
