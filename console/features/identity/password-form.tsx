import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form } from 'antd';

import { identityApi } from '../../../contracts/identity.ts';
import { sentenceOf } from '../../lib/api-error.ts';
import { useClient } from '../../lib/services.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';

interface Fields {
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly again: string;
}

interface Props {
  readonly submitLabel: string;
  readonly onChanged: () => void;
}

/** Changes the own password; the policy is explained before, not after, it refuses. */
export function PasswordForm({ submitLabel, onChanged }: Props) {
  const client = useClient();
  const [form] = Form.useForm<Fields>();
  const change = useMutation({
    mutationFn: ({ currentPassword, newPassword }: Fields) =>
      client.call(identityApi.changePassword, { body: { currentPassword, newPassword } }),
    onSuccess: () => {
      form.resetFields();
      onChanged();
    },
  });
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(values) => {
        change.mutate(values);
      }}
    >
      <Alert
        type="info"
        className="form-alert"
        title="密码要求"
        description={
          <ul className="plain-list">
            <li>至少 10 个字符，同时含有大写字母、小写字母、数字和符号中的三类；</li>
            <li>不含登录名，不用常见密码；</li>
            <li>不能与最近用过的密码相同。</li>
          </ul>
        }
      />
      {change.isError ? (
        <Alert type="error" showIcon role="alert" title={sentenceOf(change.error)} className="form-alert" />
      ) : null}
      <Form.Item
        name="currentPassword"
        label="当前密码"
        rules={[{ required: true, message: '请输入当前密码' }]}
      >
        <PasswordInput autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="newPassword" label="新密码" rules={[{ required: true, message: '请输入新密码' }]}>
        <PasswordInput autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label="再次输入新密码"
        dependencies={['newPassword']}
        rules={[
          { required: true, message: '请再次输入新密码' },
          ({ getFieldValue }) => ({
            validator: (_, value: string) =>
              value === '' || value === getFieldValue('newPassword')
                ? Promise.resolve()
                : Promise.reject(new Error('两次输入的新密码不一致')),
          }),
        ]}
      >
        <PasswordInput autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {submitLabel}
      </Button>
    </Form>
  );
}
