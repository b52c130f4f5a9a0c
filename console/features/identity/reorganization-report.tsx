import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';

import { identityApi } from '../../../contracts/identity.ts';
import type { Reorganization, ReorganizationPreview } from '../../../contracts/reorganization.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { Loaded } from '../../ui/states.tsx';
import { type Figures, mergerFigures, renamingFigures, splitFigures } from './reorganization-figures.ts';
import { isUnderWay } from './reorganization-words.ts';

interface Props {
  readonly plan: Reorganization;
}

/** What moves, has moved and stayed; in a renaming, what shows the new name; in a split, for each receiver. */
export function ReorganizationReport({ plan }: Props) {
  const client = useClient();
  // What each receiver of a split will get is worked out anew each time, so it is not asked every few seconds.
  const isAsked = plan.kind === 'split' ? plan.state === 'running' : isUnderWay(plan);
  const preview = useQuery({
    ...queryFor(client, identityApi.previewReorganization, { params: { id: plan.id } }),
    enabled: plan.state !== 'cancelled',
    refetchInterval: isAsked ? 5_000 : false,
  });
  if (plan.state === 'cancelled') return null;
  return (
    <Card title={titleOf(plan)}>
      <Loaded query={preview}>
        {({ holdings }) => {
          const busy = holdings.filter((one) => one.busy > 0);
          return (
            <>
              {plan.state === 'confirmed' && busy.length > 0 ? (
                <p role="status">
                  正在进行的{busy.map(({ name, busy: count }) => `${name} ${String(count)} 项`).join('、')}
                  结束以后才开始办理。
                </p>
              ) : null}
              <FigureTable caption={titleOf(plan)} figures={figuresOf(plan, holdings)} />
              <p className="hint">{noteOf(plan)}</p>
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}

function FigureTable({ caption, figures }: { readonly caption: string; readonly figures: Figures }) {
  const { heads, rows, empty } = figures;
  if (rows.length === 0) return <p className="hint">{empty}</p>;
  return (
    <table className="list-table">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {['内容', ...heads].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, counts }) => (
          <tr key={key}>
            <td data-label="内容">{name}</td>
            {heads.map((head, at) => (
              <td key={head} data-label={head}>
                {counts[at]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function figuresOf(plan: Reorganization, holdings: ReorganizationPreview['holdings']): Figures {
  if (plan.split) return splitFigures(plan, plan.split, holdings);
  return plan.kind === 'renaming' ? renamingFigures(plan, holdings) : mergerFigures(plan, holdings);
}

function titleOf({ kind, state }: Reorganization): string {
  if (state === 'running') return '进度';
  if (state === 'done') return '办理结果';
  return kind === 'renaming' ? '将要更新的内容' : '将要转移的内容';
}

const unchanged = '网址、信息索取号、发布机构和责任记录都不变；历史统计可以按原单位，也可以按承接单位。';

function noteOf({ kind, state }: Reorganization): string {
  if (kind === 'renaming') return '以前发布的信息保留当时的单位名称，页面注明更名；按新旧名称都能查到。';
  if (kind === 'split')
    return `${unchanged}审核、纠错、网页评价和附件随它们的信息，密钥和推送地址各接收单位都能用。`;
  if (state === 'done') return '留在原单位的是承接单位已有的同名文件，承接单位的人员可以使用。';
  return unchanged;
}
