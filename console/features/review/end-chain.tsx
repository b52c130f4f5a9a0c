import { useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';

import { type ReviewChain, reviewApi } from '../../../contracts/review.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';
import { rangeText } from './chain-fields.ts';

interface Fields {
  readonly effectiveOn: string;
  readonly note: string;
}

interface Props {
  readonly chain: ReviewChain | null;
  readonly onClose: () => void;
}

/** A chain that is used no more from a day on. */
export function EndChain({ chain, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const end = useAct<Fields, ReviewChain>({
    act: ({ effectiveOn, note }) =>
      client.call(reviewApi.endChain, {
        params: { id: chain?.id ?? '0' },
        body: { expectedVersion: chain?.version ?? 1, effectiveOn, note: note.trim() },
      }),
    done: '已停用',
    onDone: async () => {
      await forget(queries, reviewApi.listChains, reviewApi.chooseChain);
      onClose();
    },
  });
  return (
    <FormDialog<Fields>
      open={chain !== null}
      title={`停用审核流程：${chain === null ? '' : rangeText(chain)}`}
      okText="停用"
      form={form}
      initialValues={{ effectiveOn: dayText(new Date()), note: '' }}
      act={end}
      onClose={onClose}
      above={<p className="hint form-hint">停用以后送审的稿件，按范围更大的流程审核；没有时按三审制。</p>}
    >
      <Form.Item name="effectiveOn" label="从哪天起" rules={[{ required: true, message: '请选择日期' }]}>
        <Input type="date" min={dayText(new Date())} />
      </Form.Item>
      <Form.Item
        name="note"
        label="停用原因"
        rules={[{ required: true, whitespace: true, min: 2, message: '请填写，至少两个字' }]}
      >
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}
