import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Input, InputNumber } from 'antd';

import {
  longestDays,
  type NewFindingTask,
  proofreadingApi,
  type PublishedFinding,
  shortestDays,
} from '../../../contracts/proofreading.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly item: PublishedFinding;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The responsible unit gets a finding as a task with a last day. */
export function GiveFinding({ item, open, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<NewFindingTask>();
  const usual = useQuery({ ...queryFor(client, proofreadingApi.getFindingDays, {}), enabled: open });
  const give = useAct<NewFindingTask, PublishedFinding>({
    act: ({ days, note }) =>
      client.call(proofreadingApi.giveFinding, {
        params: { id: item.id },
        body: { note: note.trim(), ...(days === undefined ? {} : { days }) },
      }),
    done: `已交给${item.unitName}`,
    onDone: async () => {
      onClose();
      await forget(queries, proofreadingApi.listFindings, proofreadingApi.listFindingFigures);
    },
  });
  return (
    <FormDialog<NewFindingTask>
      open={open && usual.data !== undefined}
      title={`交给${item.unitName}`}
      okText="交办"
      form={form}
      initialValues={{ note: '', ...(usual.data && { days: usual.data[item.finding.severity] }) }}
      act={give}
      onClose={onClose}
    >
      <Form.Item
        name="days"
        label={`期限（工作日，${String(shortestDays)} 到 ${String(longestDays)}，从明天算起）`}
        rules={[{ required: true, message: '请填写期限' }]}
      >
        <InputNumber min={shortestDays} max={longestDays} precision={0} />
      </Form.Item>
      <Form.Item name="note" label="要求">
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={300} />
      </Form.Item>
    </FormDialog>
  );
}
