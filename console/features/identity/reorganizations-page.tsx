import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Space, Tag } from 'antd';
import { useState } from 'react';

import { identityApi } from '../../../contracts/identity.ts';
import type { Reorganization } from '../../../contracts/reorganization.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { MergerForm } from './merger-form.tsx';
import { RenamingForm } from './renaming-form.tsx';
import { deedText, isUnderWay, kindNames, stateNames } from './reorganization-words.ts';
import { SplitForm } from './split-form.tsx';

interface Props {
  readonly onOpen: (id: string) => void;
}

/** 机构改革: what is planned, under way and done. */
export function ReorganizationsPage({ onOpen }: Props) {
  const client = useClient();
  const { roles } = useSession();
  const [form, setForm] = useState<Reorganization['kind'] | null>(null);
  const list = useQuery({
    ...queryFor(client, identityApi.listReorganizations, {}),
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) === true ? 5_000 : false),
  });
  const close = (): void => {
    setForm(null);
  };
  const acts = roles.includes('operator') ? (
    <Space wrap>
      <Button
        icon={<Icon of={PlusOutlined} />}
        onClick={() => {
          setForm('renaming');
        }}
      >
        单位更名
      </Button>
      <Button
        icon={<Icon of={PlusOutlined} />}
        onClick={() => {
          setForm('split');
        }}
      >
        单位拆分
      </Button>
      <Button
        type="primary"
        icon={<Icon of={PlusOutlined} />}
        onClick={() => {
          setForm('merger');
        }}
      >
        单位撤并
      </Button>
    </Space>
  ) : undefined;
  return (
    <Page
      wide
      title="机构改革"
      subtitle="单位撤并、拆分与更名：由运维提出，主管或安全管理员确认，到生效日由后台办理。网址和信息索取号都不变。"
      actions={acts}
    >
      <Loaded query={list}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title="还没有机构改革" hint="单位撤并、拆分、更名时在这里提出。" />
          ) : (
            <table className="list-table">
              <caption className="visually-hidden">机构改革</caption>
              <thead>
                <tr>
                  <th scope="col">事项</th>
                  <th scope="col">类别</th>
                  <th scope="col">生效日</th>
                  <th scope="col">状态</th>
                </tr>
              </thead>
              <tbody>
                {all.map((one) => (
                  <tr key={one.id}>
                    <td data-label="事项" className="cell-title">
                      <Link to="/reorganizations/$id" params={{ id: one.id }} className="row-title">
                        {deedText(one)}
                      </Link>
                      <span className="hint">{one.basis}</span>
                    </td>
                    <td data-label="类别">{kindNames[one.kind]}</td>
                    <td data-label="生效日" className="cell-time">
                      {dayText(one.startsAt)}
                    </td>
                    <td data-label="状态">
                      <Tag>{stateNames[one.state]}</Tag>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
      <MergerForm open={form === 'merger'} onClose={close} onPlanned={onOpen} />
      <SplitForm open={form === 'split'} onClose={close} onPlanned={onOpen} />
      <RenamingForm open={form === 'renaming'} onClose={close} onPlanned={onOpen} />
    </Page>
  );
}
