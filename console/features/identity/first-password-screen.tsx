import { Button } from 'antd';

import type { Session } from '../../../contracts/identity.ts';
import { useServices } from '../../lib/services.tsx';
import { useDocumentTitle } from '../../ui/page.tsx';
import { PasswordForm } from './password-form.tsx';
import { useSignOut } from './use-sign-out.tsx';

/** Nothing else opens before the initial password is replaced by one that only this person knows. */
export function FirstPasswordScreen({ session }: { readonly session: Session }) {
  useDocumentTitle('修改初始密码');
  const { sessions } = useServices();
  const signOut = useSignOut();
  return (
    <main className="centre sign-in">
      <div className="sign-in-card">
        <h1>修改初始密码</h1>
        <p>{session.realName}，您好。初始密码由管理员设置，请先换成只有您自己知道的密码，再开始工作。</p>
        <PasswordForm
          submitLabel="修改密码并进入"
          onChanged={() => {
            sessions.set({ kind: 'loading' });
          }}
        />
        <Button
          type="link"
          onClick={() => {
            signOut.mutate();
          }}
        >
          退出登录
        </Button>
      </div>
    </main>
  );
}
