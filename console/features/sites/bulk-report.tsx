import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Drawer, Progress } from 'antd';

import {
  bulkKindNames,
  type BulkItem,
  type BulkOutcome,
  type BulkReport,
  type BulkSummary,
  sitesApi,
} from '../../../contracts/sites.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { EmptyState, Loaded } from '../../ui/states.tsx';

interface Props {
  readonly open: boolean;
  /** The order that is looked at; null for the list of all. */
  readonly reportId: string | null;
  readonly onChoose: (id: string | null) => void;
  readonly onClose: () => void;
}

export function BulkReportDrawer({ open, reportId, onChoose, onClose }: Props) {
  return (
    <Drawer open={open} title="批量操作" size={760} destroyOnHidden onClose={onClose}>
      {reportId === null ? (
        <Orders onChoose={onChoose} />
      ) : (
        <>
          <button
            type="button"
            className="plain-button"
            onClick={() => {
              onChoose(null);
            }}
          >
            全部记录
          </button>
          <Report key={reportId} id={reportId} />
        </>
      )}
    </Drawer>
  );
}

function Orders({ onChoose }: { readonly onChoose: (id: string) => void }) {
  const client = useClient();
  const orders = useQuery(queryFor(client, sitesApi.listBulks, {}));
  return (
    <Loaded query={orders} rows={4}>
      {(list) =>
        list.length === 0 ? (
          <EmptyState title="还没有做过批量操作" />
        ) : (
          <ul className="plain-list use-list">
            {list.map((order) => (
              <li key={order.id}>
                <button
                  type="button"
                  className="action-link"
                  onClick={() => {
                    onChoose(order.id);
                  }}
                >
                  {bulkKindNames[order.kind]} {minuteText(order.createdAt)}
                </button>
                <span className="hint">{countsText(order)}</span>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

const outcomeNames: Readonly<Record<BulkOutcome, string>> = {
  waiting: '等待',
  done: '完成',
  refused: '未做',
  failed: '出错',
};

function countsText({ counts }: BulkSummary): string {
  return (['done', 'refused', 'failed', 'waiting'] as const)
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${outcomeNames[outcome]} ${String(counts[outcome])}`)
    .join('，');
}

const pollMilliseconds = 1_000;

function Report({ id }: { readonly id: string }) {
  const client = useClient();
  const report = useQuery({
    ...queryFor(client, sitesApi.getBulk, { params: { id } }),
    refetchInterval: ({ state }) => (state.data?.finishedAt == null ? pollMilliseconds : false),
  });
  return <Loaded query={report}>{(loaded) => <Outcome report={loaded} />}</Loaded>;
}

function Outcome({ report }: { readonly report: BulkReport }) {
  const { items, counts, finishedAt } = report;
  const share = Math.round(((items.length - counts.waiting) / items.length) * 100);
  return (
    <>
      <h2 className="field-name">
        {bulkKindNames[report.kind]} · {minuteText(report.createdAt)}
      </h2>
      {finishedAt === null ? <Progress percent={share} aria-label="进度" /> : null}
      <p role="status">{countsText(report)}</p>
      <table className="list-table list-compact">
        <caption className="visually-hidden">每一条的结果</caption>
        <thead>
          <tr>
            <th scope="col">信息</th>
            <th scope="col">结果</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={item.resourceId} item={item} isOwn={report.kind !== 'reuse'} />
          ))}
        </tbody>
      </table>
    </>
  );
}

interface RowProps {
  readonly item: BulkItem;
  /** What is another unit's cannot be opened here. */
  readonly isOwn: boolean;
}

function Row({ item: { resourceId, title, outcome, message }, isOwn }: RowProps) {
  return (
    <tr>
      <td data-label="信息" className="cell-title">
        {title === null || !isOwn ? (
          (title ?? `编号 ${resourceId}`)
        ) : (
          <Link to="/resources/$id" params={{ id: resourceId }}>
            {title}
          </Link>
        )}
      </td>
      <td data-label="结果">
        {outcomeNames[outcome]}
        {message === null ? null : <span className="hint">{message}</span>}
      </td>
    </tr>
  );
}
