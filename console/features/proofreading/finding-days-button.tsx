import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, InputNumber } from 'antd';
import { useState } from 'react';

import {
  type FindingDays,
  longestDays,
  proofreadingApi,
  severities,
  severityNames,
  shortestDays,
  usualFindingDays,
} from '../../../contracts/proofreading.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';

/** Within how many working days findings are to be dealt with; operators change it. */
export function FindingDaysButton() {
  const client = useClient();
  const queries = useQueryClient();
  const { roles } = useSession();
  const days = useQuery(queryFor(client, proofreadingApi.getFindingDays, {}));
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<FindingDays>();
  const change = useAct<FindingDays, FindingDays>({
    act: (body) => client.call(proofreadingApi.changeFindingDays, { body }),
    done: '处理时限已调整',
    onDone: async () => {
      setOpen(false);
      await forget(queries, proofreadingApi.getFindingDays);
    },
  });
  if (days.data === undefined) return null;
  const text = `处理时限：禁止提交的 ${String(days.data.blocks)} 个工作日`;
  if (!roles.includes('operator')) return <span className="hint">{text}</span>;
  return (
    <>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        {text}
      </Button>
      <FormDialog<FindingDays>
        open={open}
        title="处理时限"
        form={form}
        initialValues={days.data}
        act={change}
        onClose={() => {
          setOpen(false);
        }}
        above={
          <p className="hint form-hint">
            “禁止提交”的发现夜里自动成为任务；其余的交办时以此为默认期限。只对今后的任务有效。
          </p>
        }
      >
        {severities.map((severity) => (
          <Form.Item
            key={severity}
            name={severity}
            label={`${severityNames[severity]}（工作日，默认 ${String(usualFindingDays[severity])}）`}
            rules={[{ required: true, message: '请填写天数' }]}
          >
            <InputNumber min={shortestDays} max={longestDays} precision={0} />
          </Form.Item>
        ))}
      </FormDialog>
    </>
  );
}
