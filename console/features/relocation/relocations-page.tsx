import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';

import { relocationApi } from '../../../contracts/relocation.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { NewRelocationDialog } from './new-relocation-dialog.tsx';
import { standingText } from './relocation-words.ts';

interface Props {
  readonly onOpen: (id: string) => void;
}

/** Every old site that is brought in, or was. */
export function RelocationsPage({ onOpen }: Props) {
  const client = useClient();
  const [isNew, setNew] = useState(false);
  const projects = useQuery({ ...queryFor(client, relocationApi.listProjects, {}), refetchInterval: 5_000 });
  const begin = (
    <Button
      type="primary"
      icon={<Icon of={PlusOutlined} />}
      onClick={() => {
        setNew(true);
      }}
    >
      迁移一个旧站
    </Button>
  );
  return (
    <Page
      title="旧站迁移"
      wide
      subtitle="按规则读取旧网站的页面，把文章导入新站栏目，旧网址自动跳转到新页面。"
      actions={begin}
    >
      <Loaded query={projects}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState
              title="还没有迁移过旧站"
              hint="准备好旧站的网址，或它的一份副本（zip、tar 或服务器上的文件夹），就可以开始。"
              action={begin}
            />
          ) : (
            <table className="list-table">
              <caption className="visually-hidden">旧站迁移</caption>
              <thead>
                <tr>
                  <th scope="col">旧站</th>
                  <th scope="col">目标站点</th>
                  <th scope="col">进度</th>
                  <th scope="col">最近变化</th>
                </tr>
              </thead>
              <tbody>
                {list.map((one) => (
                  <tr key={one.id}>
                    <td data-label="旧站" className="cell-title">
                      <button
                        type="button"
                        className="link-button row-title"
                        onClick={() => {
                          onOpen(one.id);
                        }}
                      >
                        {one.name}
                      </button>
                      <span className="hint">
                        {one.hosts.join('、')}，{one.source === 'copy' ? '按副本' : '从网上采集'}
                      </span>
                    </td>
                    <td data-label="目标站点">{one.siteName}</td>
                    <td data-label="进度">{standingText(one)}</td>
                    <td data-label="最近变化">{minuteText(one.updatedAt)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
      <NewRelocationDialog
        open={isNew}
        onClose={() => {
          setNew(false);
        }}
        onMade={onOpen}
      />
    </Page>
  );
}
