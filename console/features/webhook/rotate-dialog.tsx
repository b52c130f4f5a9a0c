import { useQueryClient } from '@tanstack/react-query';
import { Form, Modal, Select } from 'antd';

import { type Webhook, webhookApi, type WebhookWithSecret } from '../../../contracts/webhook.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly open: boolean;
  readonly webhook: Webhook;
  readonly onClose: () => void;
  readonly onMade: (made: WebhookWithSecret) => void;
}

interface Fields {
  readonly overlapHours: number;
}

const overlaps = [
  { value: 24, label: '1 天' },
  { value: 72, label: '3 天' },
  { value: 168, label: '7 天' },
  { value: 0, label: '立即失效（旧密钥已泄露）' },
];

export function RotateDialog({ open, webhook, onClose, onMade }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const rotate = useAct<Fields, WebhookWithSecret>({
    act: ({ overlapHours }) =>
      client.call(webhookApi.rotateWebhookSecret, {
        params: { id: webhook.id },
        body: { expectedVersion: webhook.version, overlapHours },
      }),
    onDone: async (made) => {
      onMade(made);
      await forget(queries, webhookApi.readWebhook);
      onClose();
    },
  });
  return (
    <Modal
      open={open}
      title={`更换“${webhook.name}”的签名密钥`}
      okText="更换"
      destroyOnHidden
      confirmLoading={rotate.isPending}
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
    >
      <p>换好后会显示新密钥。旧密钥失效以前，每次推送带新旧两个签名，对方可以从容更换。</p>
      <Form<Fields>
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={{ overlapHours: 24 }}
        onFinish={(fields) => {
          rotate.mutate(fields);
        }}
      >
        <Form.Item name="overlapHours" label="旧密钥继续有效">
          <Select options={overlaps} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
