import { LogoutOutlined, MenuOutlined } from '@ant-design/icons';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Button, Drawer, Grid, Skeleton } from 'antd';
import { Suspense, useState } from 'react';

import { roleNames } from '../../contracts/actor.ts';
import { useSignOut } from '../features/identity/use-sign-out.tsx';
import { useSession } from '../lib/services.tsx';
import { Icon } from '../ui/icon.tsx';
import { destinationOf, destinationsFor } from './navigation.tsx';

function Navigation({ onGo }: { readonly onGo?: () => void }) {
  const { roles } = useSession();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const current = destinationOf(path);
  return (
    <nav aria-label="主导航" className="navigation">
      <ul>
        {destinationsFor(roles).map(({ to, label, icon }) => (
          <li key={to}>
            <Link to={to} aria-current={current === to ? 'page' : undefined} onClick={onGo}>
              {icon}
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Person() {
  const session = useSession();
  return (
    <span className="person">
      <strong>{session.realName}</strong>
      <span className="hint">
        {session.unitName} · {session.roles.map((role) => roleNames[role]).join('、')}
      </span>
    </span>
  );
}

/** Skip link, header, navigation, and the screen; the navigation becomes a drawer on narrow screens. */
export function Shell() {
  const isWide = Grid.useBreakpoint().lg === true;
  const [open, setOpen] = useState(false);
  const signOut = useSignOut();
  const close = (): void => {
    setOpen(false);
  };
  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        跳到主要内容
      </a>
      <header className="shell-header">
        {isWide ? null : (
          <Button
            type="text"
            icon={<Icon of={MenuOutlined} />}
            aria-label="打开导航"
            onClick={() => {
              setOpen(true);
            }}
          />
        )}
        <Link to="/" className="brand">
          集约<span>工作后台</span>
        </Link>
        <Person />
        <Button
          type="text"
          icon={<Icon of={LogoutOutlined} />}
          aria-label="退出登录"
          loading={signOut.isPending}
          onClick={() => {
            signOut.mutate();
          }}
        >
          <span className="wide-only">退出登录</span>
        </Button>
      </header>
      <div className="shell-body">
        {isWide ? (
          <div className="shell-side">
            <Navigation />
          </div>
        ) : (
          <Drawer
            open={open}
            placement="left"
            size={272}
            title="导航"
            onClose={close}
            styles={{ body: { padding: 0 } }}
          >
            <Navigation onGo={close} />
          </Drawer>
        )}
        <main id="main" tabIndex={-1}>
          <Suspense fallback={<ScreenSkeleton />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </div>
  );
}

function ScreenSkeleton() {
  return (
    <div className="page" aria-busy="true" aria-label="正在加载">
      <Skeleton active paragraph={{ rows: 8 }} />
    </div>
  );
}
