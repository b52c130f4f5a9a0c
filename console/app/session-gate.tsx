import { useQueryClient } from '@tanstack/react-query';
import { Button, Modal, Result, Spin } from 'antd';
import type { ReactNode } from 'react';
import { useEffect } from 'react';

import type { Session } from '../../contracts/identity.ts';
import { FirstPasswordScreen } from '../features/identity/first-password-screen.tsx';
import { SignInForm } from '../features/identity/sign-in-form.tsx';
import { SignInScreen } from '../features/identity/sign-in-screen.tsx';
import { useServices, useSessionState } from '../lib/services.tsx';
import { restoreSession } from '../lib/restore-session.ts';

/** Who may see what lies behind: nobody, only the password change, or everything. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const state = useSessionState();
  const { client, sessions } = useServices();
  const queries = useQueryClient();
  useEffect(() => {
    if (state.kind === 'loading') void restoreSession(client, sessions);
  }, [client, sessions, state.kind]);

  const enter = (session: Session): void => {
    // Someone else's screens and drafts must not stay on the page.
    if (state.kind === 'expired' && state.session.accountId !== session.accountId) {
      window.location.reload();
      return;
    }
    sessions.set({ kind: 'signed-in', session });
    void queries.invalidateQueries();
  };

  switch (state.kind) {
    case 'loading':
      return (
        <div className="centre" aria-busy="true">
          <Spin size="large" aria-label="正在加载" />
        </div>
      );
    case 'unreachable':
      return (
        <main className="centre">
          <Result
            status="warning"
            title="暂时连接不上系统"
            subTitle="请检查网络；如果正在升级，过一两分钟再试。"
            extra={
              <Button
                type="primary"
                onClick={() => {
                  sessions.set({ kind: 'loading' });
                }}
              >
                重试
              </Button>
            }
          />
        </main>
      );
    case 'signed-out':
      return <SignInScreen onEntered={enter} />;
    case 'signed-in':
    case 'expired':
      if (state.session.mustChangePassword) return <FirstPasswordScreen session={state.session} />;
      return (
        <>
          {children}
          <Modal
            open={state.kind === 'expired'}
            title="登录已过期"
            footer={null}
            closable={false}
            mask={{ closable: false }}
            keyboard={false}
            destroyOnHidden
          >
            <p>您的页面和未保存的内容都还在。请重新登录后继续。</p>
            <SignInForm login={state.session.login} onEntered={enter} />
          </Modal>
        </>
      );
  }
}
