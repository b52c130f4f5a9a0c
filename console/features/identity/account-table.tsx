import { PlusOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown, Input } from 'antd';
import { useState } from 'react';

import { roleNames } from '../../../contracts/actor.ts';
import { type Account, identityApi, type InitialPassword, type Unit } from '../../../contracts/identity.ts';
import { signingEndpoints } from '../../../contracts/signing.ts';
import { forget, pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useAct, useDeed } from '../../ui/use-act.ts';
import { AccountForm } from './account-form.tsx';
import { InitialPasswordDialog } from './initial-password-dialog.tsx';

interface Props {
  readonly unitId: string | undefined;
  readonly words: string | undefined;
  readonly units: readonly Unit[];
  readonly onWords: (words: string) => void;
}

export function AccountTable({ unitId, words, units, onWords }: Props) {
  const client = useClient();
  const query = {
    limit: 50,
    ...(unitId === undefined ? {} : { unitId }),
    ...(words === undefined ? {} : { q: words }),
  };
  const accounts = useInfiniteQuery(pagesFor(client, identityApi.listAccounts, { query }));
  const [form, setForm] = useState<{ readonly account: Account | null } | null>(null);
  const [initial, setInitial] = useState<InitialPassword | null>(null);
  return (
    <>
      <div className="filters">
        <label>
          登录名或姓名
          <Input.Search
            key={words}
            defaultValue={words ?? ''}
            allowClear
            maxLength={40}
            onSearch={(text) => {
              onWords(text.trim());
            }}
          />
        </label>
        <Button
          type="primary"
          icon={<Icon of={PlusOutlined} />}
          onClick={() => {
            setForm({ account: null });
          }}
        >
          新增账号
        </Button>
      </div>
      <Loaded query={accounts} rows={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <EmptyState title="这里没有账号" hint="一人一号，实名；新增账号后把初始密码当面交给本人。" />
            );
          }
          return (
            <>
              <Rows
                items={items}
                onEdit={(account) => {
                  setForm({ account });
                }}
                onPassword={setInitial}
              />
              <LoadMore query={accounts} />
            </>
          );
        }}
      </Loaded>
      <AccountForm
        open={form !== null}
        account={form?.account ?? null}
        unitId={unitId}
        units={units}
        onClose={() => {
          setForm(null);
        }}
        onPassword={setInitial}
      />
      <InitialPasswordDialog
        initial={initial}
        onClose={() => {
          setInitial(null);
        }}
      />
    </>
  );
}

interface RowsProps {
  readonly items: readonly Account[];
  readonly onEdit: (account: Account) => void;
  readonly onPassword: (initial: InitialPassword) => void;
}

function Rows({ items, onEdit, onPassword }: RowsProps) {
  return (
    <table className="list-table">
      <caption className="visually-hidden">账号</caption>
      <thead>
        <tr>
          <th scope="col">姓名</th>
          <th scope="col">登录名</th>
          <th scope="col">单位</th>
          <th scope="col">角色</th>
          <th scope="col">状态</th>
          <th scope="col">最近登录</th>
          <th scope="col">操作</th>
        </tr>
      </thead>
      <tbody>
        {items.map((account) => (
          <tr key={account.id}>
            <td data-label="姓名">{account.realName}</td>
            <td data-label="登录名">{account.login}</td>
            <td data-label="单位">{account.unitName}</td>
            <td data-label="角色">{account.roles.map((role) => roleNames[role]).join('、')}</td>
            <td data-label="状态">{stateOf(account)}</td>
            <td data-label="最近登录" className="cell-time">
              {account.lastSeenAt === null ? '从未' : minuteText(account.lastSeenAt)}
            </td>
            <td data-label="操作">
              <AccountActs
                account={account}
                onEdit={() => {
                  onEdit(account);
                }}
                onPassword={onPassword}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isLocked(account: Account): boolean {
  return account.lockedUntil !== null && new Date(account.lockedUntil) > new Date();
}

function stateOf(account: Account): string {
  if (account.disabled) return '已停用';
  if (isLocked(account)) return '已锁定';
  return account.mustChangePassword ? '待改初始密码' : '正常';
}

interface ActsProps {
  readonly account: Account;
  readonly onEdit: () => void;
  readonly onPassword: (initial: InitialPassword) => void;
}

function AccountActs({ account, onEdit, onPassword }: ActsProps) {
  const client = useClient();
  const queries = useQueryClient();
  const { modal } = App.useApp();
  const params = { id: account.id };
  const onDone = (): Promise<unknown> => forget(queries, identityApi.listAccounts);
  const disable = useAct<boolean, Account>({
    act: (disabled) =>
      client.call(identityApi.changeAccount, {
        params,
        body: { expectedVersion: account.version, disabled },
      }),
    done: account.disabled ? '账号已启用' : '账号已停用',
    onDone,
  });
  const reset = useDeed<InitialPassword>({
    act: () => client.call(identityApi.resetPassword, { params }),
    onDone: (initial) => {
      onPassword(initial);
      return onDone();
    },
  });
  const dropFactor = useDeed({
    act: () => client.call(signingEndpoints.resetSecondFactor, { params }),
    done: '动态口令已停用，本人可以重新启用',
  });
  const unlock = useDeed<Account>({
    act: () => client.call(identityApi.unlockAccount, { params }),
    done: '已解锁',
    onDone,
  });
  const ask = (title: string, content: string, act: () => void): void => {
    void modal.confirm({ title, content, onOk: act });
  };
  const who = account.realName;
  const items = [
    {
      key: 'reset',
      label: '重置密码…',
      onClick: () => {
        ask(`重置 ${who} 的密码？`, '本人已登录的会话会立即失效，新的初始密码只显示一次。', () => {
          reset.mutate();
        });
      },
    },
    ...(account.roles.includes('principal')
      ? [
          {
            key: 'factor',
            label: '停用动态口令…',
            onClick: () => {
              ask(`停用 ${who} 的动态口令？`, '手机丢失时使用；以后用密码签发，本人可以重新启用。', () => {
                dropFactor.mutate();
              });
            },
          },
        ]
      : []),
    ...(isLocked(account)
      ? [
          {
            key: 'unlock',
            label: '解锁',
            onClick: () => {
              unlock.mutate();
            },
          },
        ]
      : []),
    account.disabled
      ? {
          key: 'enable',
          label: '启用',
          onClick: () => {
            disable.mutate(false);
          },
        }
      : {
          key: 'disable',
          danger: true,
          label: '停用…',
          onClick: () => {
            ask(
              `停用 ${who} 的账号？`,
              '本人会立即退出登录，不能再登录；以前的记录不变，可以再启用。',
              () => {
                disable.mutate(true);
              },
            );
          },
        },
  ];
  return (
    <div className="row">
      <Button size="small" aria-label={`修改 ${who}`} onClick={onEdit}>
        修改
      </Button>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button size="small" aria-label={`${who} 的更多操作`}>
          更多
        </Button>
      </Dropdown>
    </div>
  );
}
