import { App, Button, Card, Descriptions } from 'antd';

import { roleNames } from '../../../contracts/actor.ts';
import { restoreSession } from '../../lib/restore-session.ts';
import { useServices, useSession } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { Page } from '../../ui/page.tsx';
import { PasswordForm } from './password-form.tsx';
import { SecondFactorCard } from './second-factor-card.tsx';
import { SignatureImageCard } from './signature-image-card.tsx';
import { useSignOut } from './use-sign-out.tsx';

export function AccountPage() {
  const session = useSession();
  const { client, sessions } = useServices();
  const { message, modal } = App.useApp();
  const signOut = useSignOut(true);
  const signs = session.roles.includes('principal');
  return (
    <Page title="我的账号">
      <div className="columns-2">
        <Card title="个人信息">
          <Descriptions
            column={1}
            items={[
              { key: 'name', label: '姓名', children: session.realName },
              { key: 'login', label: '登录名', children: session.login },
              { key: 'unit', label: '单位', children: session.unitName },
              {
                key: 'roles',
                label: '角色',
                children: session.roles.map((role) => roleNames[role]).join('、'),
              },
              {
                key: 'idle',
                label: '会话',
                children: `${session.idleMinutes} 分钟不操作自动退出，最晚 ${minuteText(session.expiresAt)} 重新登录`,
              },
            ]}
          />
          <Button
            danger
            loading={signOut.isPending}
            onClick={() => {
              void modal.confirm({
                title: '退出所有设备？',
                content: '包括这台电脑在内，所有已登录的浏览器都要重新登录。',
                okText: '全部退出',
                onOk: () => {
                  signOut.mutate();
                },
              });
            }}
          >
            退出所有设备
          </Button>
        </Card>
        <Card title="修改密码">
          <PasswordForm
            submitLabel="修改密码"
            onChanged={() => {
              void message.success('密码已修改，其他设备上的登录已失效。');
              void restoreSession(client, sessions);
            }}
          />
        </Card>
        {signs ? (
          <>
            <SecondFactorCard />
            <SignatureImageCard />
          </>
        ) : null}
      </div>
    </Page>
  );
}
