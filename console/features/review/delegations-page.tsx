import { PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm, Tag } from 'antd';
import { type ReactNode, useState } from 'react';

import { type Delegation, reviewApi } from '../../../contracts/review.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { DelegationForm } from './delegation-form.tsx';

const states: Readonly<Record<Delegation['state'], { readonly name: string; readonly color: string }>> = {
  coming: { name: '未开始', color: 'blue' },
  running: { name: '进行中', color: 'green' },
  over: { name: '已结束', color: 'default' },
  revoked: { name: '已撤销', color: 'default' },
};

/** Whom I asked to decide in my place, and who asked me. */
export function DelegationsPage() {
  const client = useClient();
  const queries = useQueryClient();
  const { roles } = useSession();
  const delegations = useQuery(queryFor(client, reviewApi.listDelegations, {}));
  const [isOpen, setOpen] = useState(false);
  const mayDelegate = roles.includes('reviewer') || roles.includes('principal');
  const revoke = useAct<string, Delegation>({
    act: (id) => client.call(reviewApi.revokeDelegation, { params: { id } }),
    done: '已撤销委托',
    onDone: () => forget(queries, reviewApi.listDelegations, reviewApi.getWorkbench),
  });
  return (
    <Page
      title="委托"
      subtitle="出差、休假时，请本单位的人代您审核、签发。"
      actions={
        mayDelegate ? (
          <Button
            type="primary"
            icon={<Icon of={PlusOutlined} />}
            onClick={() => {
              setOpen(true);
            }}
          >
            委托他人
          </Button>
        ) : undefined
      }
    >
      <Loaded query={delegations}>
        {({ given, received }) => (
          <>
            {mayDelegate ? (
              <DelegationList title="我委托他人" list={given} empty="您没有委托过他人">
                {(one) =>
                  one.state === 'running' || one.state === 'coming' ? (
                    <Popconfirm
                      title="撤销以后，受托人马上不能再代办。"
                      okText="撤销"
                      onConfirm={() => {
                        revoke.mutate(one.id);
                      }}
                    >
                      <Button
                        danger
                        loading={revoke.isPending}
                        aria-label={`撤销对${one.delegateName}的委托`}
                      >
                        撤销
                      </Button>
                    </Popconfirm>
                  ) : null
                }
              </DelegationList>
            ) : null}
            <DelegationList title="他人委托我" list={received} empty="没有人委托您代办" />
          </>
        )}
      </Loaded>
      <DelegationForm
        open={isOpen}
        onClose={() => {
          setOpen(false);
        }}
      />
    </Page>
  );
}

interface ListProps {
  readonly title: string;
  readonly list: readonly Delegation[];
  readonly empty: string;
  readonly children?: (one: Delegation) => ReactNode;
}

function DelegationList({ title, list, empty, children }: ListProps) {
  return (
    <section aria-label={title} className="delegations">
      <h2>{title}</h2>
      {list.length === 0 ? (
        <EmptyState title={empty} />
      ) : (
        <ul className="card-list">
          {list.map((one) => (
            <li key={one.id}>
              <div>
                <strong>
                  {one.accountName} → {one.delegateName}
                </strong>{' '}
                <Tag color={states[one.state].color}>{states[one.state].name}</Tag>
                <p className="hint">
                  {one.startsOn} 至 {one.endsOn} · {one.reason}
                </p>
              </div>
              {children?.(one)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
