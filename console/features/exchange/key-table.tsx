import { useQueryClient } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useState } from 'react';

import { type AccessKey, exchangeApi, type KeyState, keyStateNames } from '../../../contracts/exchange.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { agoText, dayText } from '../../lib/time.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';
import { keyReachText } from './key-words.ts';

interface Props {
  readonly keys: readonly AccessKey[];
  readonly mayKeep: boolean;
  readonly onEdit: (key: AccessKey) => void;
  readonly onUsage: (key: AccessKey) => void;
}

const colours: Readonly<Record<KeyState, string>> = {
  active: 'success',
  expired: 'warning',
  revoked: 'default',
};

export function KeyTable({ keys, mayKeep, onEdit, onUsage }: Props) {
  const [revoked, setRevoked] = useState<AccessKey | null>(null);
  return (
    <>
      <table className="list-table">
        <caption className="visually-hidden">访问密钥</caption>
        <thead>
          <tr>
            <th scope="col">系统</th>
            <th scope="col">范围</th>
            <th scope="col">状态</th>
            <th scope="col">今天用量</th>
            <th scope="col">最近使用</th>
            <th scope="col">操作</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <td data-label="系统" className="cell-title">
                {key.name}
                <p className="hint">
                  {key.holder} · <code>jiyue_{key.prefix}_…</code>
                </p>
              </td>
              <td data-label="范围">{keyReachText(key)}</td>
              <td data-label="状态">
                <div>
                  <Tag color={colours[key.state]}>{keyStateNames[key.state]}</Tag>
                </div>
                <p className="hint">{endText(key)}</p>
              </td>
              <td data-label="今天用量">
                {key.usedToday.toLocaleString('zh-CN')} / {key.perDay.toLocaleString('zh-CN')}
                <p className="hint">每分钟 {key.perMinute.toLocaleString('zh-CN')} 次</p>
              </td>
              <td data-label="最近使用" className="cell-time">
                {key.lastUsedAt === null ? '从未' : agoText(key.lastUsedAt, new Date())}
              </td>
              <td data-label="操作">
                <div className="row">
                  <Button
                    size="small"
                    aria-label={`查看 ${key.name} 的用量`}
                    onClick={() => {
                      onUsage(key);
                    }}
                  >
                    用量
                  </Button>
                  {mayKeep && key.state !== 'revoked' ? (
                    <>
                      <Button
                        size="small"
                        aria-label={`修改 ${key.name}`}
                        onClick={() => {
                          onEdit(key);
                        }}
                      >
                        修改
                      </Button>
                      <Button
                        size="small"
                        danger
                        aria-label={`吊销 ${key.name}`}
                        onClick={() => {
                          setRevoked(key);
                        }}
                      >
                        吊销…
                      </Button>
                    </>
                  ) : null}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <RevocationDialog
        accessKey={revoked}
        onClose={() => {
          setRevoked(null);
        }}
      />
    </>
  );
}

function endText(key: AccessKey): string {
  if (key.revocationReason !== null) return key.revocationReason;
  return key.expiresAt === null ? '长期' : `${dayText(key.expiresAt)} 到期`;
}

interface RevocationProps {
  readonly accessKey: AccessKey | null;
  readonly onClose: () => void;
}

function RevocationDialog({ accessKey, onClose }: RevocationProps) {
  const client = useClient();
  const queries = useQueryClient();
  const revoke = useAct<{ readonly key: AccessKey; readonly reason: string }, AccessKey>({
    act: ({ key, reason }) =>
      client.call(exchangeApi.revokeKey, {
        params: { id: key.id },
        body: { expectedVersion: key.version, reason },
      }),
    done: '密钥已吊销',
    onDone: async () => {
      await forget(queries, exchangeApi.listKeys);
      onClose();
    },
  });
  return (
    <ReasonDialog
      key={accessKey?.id ?? 'none'}
      open={accessKey !== null}
      title={`吊销“${accessKey?.name ?? ''}”的密钥？`}
      okText="吊销"
      label="吊销原因"
      danger
      isPending={revoke.isPending}
      onClose={onClose}
      onReason={(reason) => {
        if (accessKey !== null) revoke.mutate({ key: accessKey, reason });
      }}
    >
      对方的下一次请求就会被拒绝，不能恢复。以前的用量记录保留。
    </ReasonDialog>
  );
}
