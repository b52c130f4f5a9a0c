import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Radio } from 'antd';

import { type Webhook, webhookApi } from '../../../contracts/webhook.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { instantOfLocalInput } from '../../lib/time.ts';
import { useAct } from '../../ui/use-act.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';

interface Props {
  readonly open: boolean;
  readonly webhook: Webhook;
  readonly onClose: () => void;
}

interface Fields {
  readonly what: 'dead' | 'since' | 'after';
  readonly since?: string;
  readonly after?: string;
}

function wishOf({ what, since, after }: Fields) {
  if (what === 'dead') return { deadLetters: true as const };
  if (what === 'after') return { after: (after ?? '').trim() };
  return { since: instantOfLocalInput(since ?? '') ?? '' };
}

/** All dead letters, or everything from a time or a place in the feed on. */
export function ReplayDialog({ open, webhook, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const what = Form.useWatch('what', form);
  const replay = useAct<Fields>({
    act: (fields) =>
      client.call(webhookApi.replayWebhook, { params: { id: webhook.id }, body: wishOf(fields) }),
    done: '已安排重新推送',
    onDone: async () => {
      await forget(queries, webhookApi.readWebhook, webhookApi.listWebhookMessages);
      onClose();
    },
  });
  return (
    <FormDialog<Fields>
      open={open}
      title={`向“${webhook.name}”重新推送`}
      okText="重新推送"
      form={form}
      initialValues={{ what: webhook.dead > 0 ? 'dead' : 'since' }}
      act={replay}
      onClose={onClose}
      below={
        <>
          {' '}
          <p className="hint">
            内容相同的推送，webhook-id 也相同，对方据此识别重复。已看不到的信息不会再推送。
          </p>
        </>
      }
    >
      <Form.Item name="what" label="重新推送哪些">
        <Radio.Group
          options={[
            { value: 'dead', label: '全部死信' },
            { value: 'since', label: '某个时间以来的' },
            { value: 'after', label: '变更序列某处以后的' },
          ]}
        />
      </Form.Item>
      {what === 'since' ? (
        <Form.Item name="since" label="从什么时间起" rules={[{ required: true, message: '请选择时间' }]}>
          <Input type="datetime-local" />
        </Form.Item>
      ) : null}
      {what === 'after' ? (
        <Form.Item
          name="after"
          label="游标"
          extra="对方最后处理好的那次推送里的 cursor。"
          rules={[{ required: true, whitespace: true, message: '请填写游标' }]}
        >
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
      ) : null}
    </FormDialog>
  );
}
