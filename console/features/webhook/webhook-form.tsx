import { useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';

import {
  type Webhook,
  webhookApi,
  type WebhookTerms,
  type WebhookWithSecret,
} from '../../../contracts/webhook.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { NameFields, reachFields, ReachFields, reachOf, type ReachOf } from '../../ui/reach-fields.tsx';
import { useAct } from '../../ui/use-act.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';

interface Props {
  readonly open: boolean;
  /** The one to change; null to add one. */
  readonly webhook: Webhook | null;
  readonly onClose: () => void;
  readonly onMade: (made: WebhookWithSecret) => void;
}

interface Fields extends ReachOf {
  readonly name: string;
  readonly holder: string;
  readonly url: string;
}

const termsOf = (fields: Fields): WebhookTerms => ({
  name: fields.name.trim(),
  holder: fields.holder.trim(),
  url: fields.url.trim(),
  ...reachOf(fields),
});

const newTerms: WebhookTerms = { name: '', holder: '', url: '', unitIds: null, columnIds: null, types: null };

export function WebhookForm({ open, webhook, onClose, onMade }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const { name, holder, url, ...reach } = webhook ?? newTerms;
  const save = useAct<Fields, WebhookWithSecret | Webhook>({
    act: (fields) =>
      webhook === null
        ? client.call(webhookApi.createWebhook, { body: termsOf(fields) })
        : client.call(webhookApi.changeWebhook, {
            params: { id: webhook.id },
            body: { expectedVersion: webhook.version, ...termsOf(fields) },
          }),
    done: webhook === null ? '推送地址已新增' : '推送地址已修改，下一次推送起生效',
    onDone: async (answer) => {
      if ('secret' in answer) onMade(answer);
      await forget(queries, webhookApi.listWebhooks, webhookApi.readWebhook);
      onClose();
    },
  });
  return (
    <FormDialog<Fields>
      open={open}
      title={webhook === null ? '新增推送地址' : `修改推送地址：${webhook.name}`}
      form={form}
      initialValues={{ name, holder, url, ...reachFields(reach) }}
      act={save}
      onClose={onClose}
    >
      <NameFields of="推送给哪个系统" />
      <Form.Item
        name="url"
        label="推送地址"
        extra="对方接收推送的网址。每次发布、更新、撤下都向它发一个带签名的请求。"
        rules={[{ required: true, whitespace: true, message: '请填写对方接收推送的网址' }]}
      >
        <Input maxLength={2_000} autoComplete="off" inputMode="url" placeholder="https://" />
      </Form.Item>
      <ReachFields open={open} />
    </FormDialog>
  );
}
