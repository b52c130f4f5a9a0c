import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';

import { type AccessKey, exchangeApi, type NewKey } from '../../../contracts/exchange.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { SecretDialog } from '../../ui/secret-dialog.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { KeyForm } from './key-form.tsx';
import { KeyTable } from './key-table.tsx';
import { UsageDrawer } from './usage-drawer.tsx';

interface Props {
  /** The ways to the other screens of 数据共享. */
  readonly sections: ReactNode;
}

/** The keys with which other systems read what is published. */
export function KeysPage({ sections }: Props) {
  const client = useClient();
  const { roles } = useSession();
  const keys = useQuery(queryFor(client, exchangeApi.listKeys, {}));
  const [form, setForm] = useState<{ readonly accessKey: AccessKey | null } | null>(null);
  const [made, setMade] = useState<NewKey | null>(null);
  const [watched, setWatched] = useState<AccessKey | null>(null);
  const mayKeep = roles.includes('operator');
  const addKey = (
    <Button
      type="primary"
      icon={<Icon of={PlusOutlined} />}
      onClick={() => {
        setForm({ accessKey: null });
      }}
    >
      新增密钥
    </Button>
  );
  return (
    <Page
      wide
      title="数据共享"
      subtitle="其他系统凭访问密钥查询已公开的信息、同步变更、用 OAI-PMH 收割。一个系统一个密钥，只给它需要的范围。"
      actions={mayKeep ? addKey : undefined}
    >
      {sections}
      <Loaded query={keys}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState
              title="还没有访问密钥"
              hint="有系统要读取本平台已公开的信息时，在这里为它建一个密钥。"
            />
          ) : (
            <KeyTable
              keys={list}
              mayKeep={mayKeep}
              onEdit={(accessKey) => {
                setForm({ accessKey });
              }}
              onUsage={setWatched}
            />
          )
        }
      </Loaded>
      <KeyForm
        open={form !== null}
        accessKey={form?.accessKey ?? null}
        onClose={() => {
          setForm(null);
        }}
        onMade={setMade}
      />
      <SecretDialog
        title={`“${made?.key.name ?? ''}”的访问密钥`}
        secret={made?.secret ?? null}
        onClose={() => {
          setMade(null);
        }}
      >
        对方在请求头里带上它：<code>Authorization: Bearer 密钥</code>
        。只支持用户名和密码的收割工具，把它填作密码。
      </SecretDialog>
      <UsageDrawer
        accessKey={watched}
        onClose={() => {
          setWatched(null);
        }}
      />
    </Page>
  );
}
