import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';

import { identityApi, type Session, type SignIn } from '../../../contracts/identity.ts';
import { sentenceOf } from '../../lib/api-error.ts';
import { useClient } from '../../lib/services.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';

interface Props {
  /** Known when somebody signs in again on top of their own screen. */
  readonly login?: string;
  readonly onEntered: (session: Session) => void;
}

export function SignInForm({ login, onEntered }: Props) {
  const client = useClient();
  const signIn = useMutation({
    mutationFn: (body: SignIn) => client.call(identityApi.signIn, { body }),
    onSuccess: onEntered,
  });
  return (
    <Form<SignIn>
      layout="vertical"
      requiredMark={false}
      initialValues={{ login: login ?? '', password: '' }}
      onFinish={(values) => {
        signIn.mutate({ login: values.login.trim(), password: values.password });
      }}
    >
      {signIn.isError ? (
        <Alert type="error" showIcon role="alert" title={sentenceOf(signIn.error)} className="form-alert" />
      ) : null}
      <Form.Item name="login" label="登录名" rules={[{ required: true, message: '请输入登录名' }]}>
        <Input
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={login === undefined}
        />
      </Form.Item>
      <Form.Item name="password" label="密码" rules={[{ required: true, message: '请输入密码' }]}>
        <PasswordInput autoComplete="current-password" autoFocus={login !== undefined} />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={signIn.isPending}>
        登录
      </Button>
    </Form>
  );
}
