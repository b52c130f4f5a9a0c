import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Radio } from 'antd';

import { type HostRuling, type HostRulingTerms, linkCheckApi } from '../../../contracts/link-check.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** What is put on record of a host: who agreed, when and why. */
export function HostRulingForm({ open, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<HostRulingTerms>();
  const rule = useAct<HostRulingTerms, HostRuling>({
    act: ({ host, reason, agreedBy, ...rest }) =>
      client.call(linkCheckApi.ruleHost, {
        body: { ...rest, host: host.trim(), reason: reason.trim(), agreedBy: agreedBy.trim() },
      }),
    done: '已登记',
    onDone: async () => {
      onClose();
      await forget(queries, linkCheckApi.listHostRulings);
    },
  });
  const needed = (message: string) => [{ required: true, min: 2, whitespace: true, message }];
  return (
    <FormDialog<HostRulingTerms>
      open={open}
      title="登记网址"
      okText="登记"
      form={form}
      initialValues={{ standing: 'approved', agreedOn: dayText(new Date()) }}
      act={rule}
      onClose={onClose}
    >
      <Form.Item
        name="host"
        label="网址"
        extra="网站的域名或任一页面的地址，例如 www.example.com。"
        rules={[{ required: true, min: 3, whitespace: true, message: '请填写网址' }]}
      >
        <Input maxLength={253} autoComplete="off" />
      </Form.Item>
      <Form.Item name="standing" label="结论">
        <Radio.Group
          options={[
            { value: 'approved', label: '准许链接' },
            { value: 'blocked', label: '禁止链接' },
          ]}
        />
      </Form.Item>
      <Form.Item name="reason" label="理由" rules={needed('请写明理由')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={300} />
      </Form.Item>
      <Form.Item name="agreedBy" label="同意人" extra="责任单位和同意的人。" rules={needed('请写明由谁同意')}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="agreedOn" label="同意日期" rules={[{ required: true, message: '请填写同意日期' }]}>
        <Input type="date" />
      </Form.Item>
    </FormDialog>
  );
}
