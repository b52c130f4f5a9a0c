import type { Session } from '../../../contracts/identity.ts';
import { useDocumentTitle } from '../../ui/page.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function SignInScreen({ onEntered }: { readonly onEntered: (session: Session) => void }) {
  useDocumentTitle('登录');
  return (
    <main className="centre sign-in">
      <div className="sign-in-card">
        <h1>
          集约<span>政府网站工作后台</span>
        </h1>
        <SignInForm onEntered={onEntered} />
        <p className="hint">
          忘记密码或被锁定，请联系本单位管理员或区数字经济发展中心。登录与操作均有审计记录。
        </p>
      </div>
    </main>
  );
}
