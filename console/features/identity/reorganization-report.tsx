import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';

import { identityApi } from '../../../contracts/identity.ts';
import type { Reorganization, ReorganizationPreview } from '../../../contracts/reorganization.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { Loaded } from '../../ui/states.tsx';
import { isUnderWay } from './reorganization-words.ts';

interface Props {
  readonly plan: Reorganization;
}

/** What moves, has moved and stayed; in a renaming, what shows the new name. */
export function ReorganizationReport({ plan }: Props) {
  const client = useClient();
  const isRenaming = plan.kind === 'renaming';
  const preview = useQuery({
    ...queryFor(client, identityApi.previewReorganization, { params: { id: plan.id } }),
    enabled: plan.state !== 'cancelled',
    refetchInterval: isUnderWay(plan) ? 5_000 : false,
  });
  if (plan.state === 'cancelled') return null;
  return (
    <Card title={titleOf(plan)}>
      <Loaded query={preview}>
        {({ holdings }) => {
          const rows = rowsOf(plan, holdings);
          const busy = holdings.filter((one) => one.busy > 0);
          return (
            <>
              {plan.state === 'confirmed' && busy.length > 0 ? (
                <p role="status">
                  正在进行的{busy.map(({ name, busy: count }) => `${name} ${String(count)} 项`).join('、')}
                  结束以后才开始办理。
                </p>
              ) : null}
              {rows.length === 0 ? (
                <p className="hint">没有需要{isRenaming ? '更新' : '转移'}的内容。</p>
              ) : (
                <table className="list-table">
                  <caption className="visually-hidden">{titleOf(plan)}</caption>
                  <thead>
                    <tr>
                      <th scope="col">内容</th>
                      <th scope="col">{isRenaming ? '涉及' : '还在原单位'}</th>
                      <th scope="col">{isRenaming ? '已更新' : '已转到承接单位'}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map(({ key, name, left, moved }) => (
                      <tr key={key}>
                        <td data-label="内容">{name}</td>
                        <td data-label={isRenaming ? '涉及' : '还在原单位'}>{left}</td>
                        <td data-label={isRenaming ? '已更新' : '已转到承接单位'}>{moved}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
              <p className="hint">{noteOf(plan)}</p>
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}

interface Row {
  readonly key: string;
  readonly name: string;
  readonly left: number;
  readonly moved: number;
}

function rowsOf(plan: Reorganization, holdings: ReorganizationPreview['holdings']): readonly Row[] {
  const moved = new Map(plan.moved.map(({ holding, count }) => [holding, count]));
  return holdings
    .map(({ holding, name, count }) => ({ key: holding, name, left: count, moved: moved.get(holding) ?? 0 }))
    .filter((row) => row.left > 0 || row.moved > 0);
}

function titleOf({ kind, state }: Reorganization): string {
  if (state === 'running') return '进度';
  if (state === 'done') return '办理结果';
  return kind === 'merger' ? '将要转移的内容' : '将要更新的内容';
}

function noteOf({ kind, state }: Reorganization): string {
  if (kind === 'renaming') return '以前发布的信息保留当时的单位名称，页面注明更名；按新旧名称都能查到。';
  if (state === 'done') return '留在原单位的是承接单位已有的同名文件，承接单位的人员可以使用。';
  return '网址、信息索取号、发布机构和责任记录都不变；历史统计可以按原单位，也可以按承接单位。';
}
