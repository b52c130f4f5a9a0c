import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';

import { publishingApi, type ResourceReceipt } from '../../../contracts/publishing.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { clockText, minuteText } from '../../lib/time.ts';
import { Loaded } from '../../ui/states.tsx';

const actNames: Readonly<Record<ResourceReceipt['act'], string>> = {
  released: '发布',
  removed: '撤下',
  listed: '调整栏目',
};
/** While pages are on their way, they arrive within a second or so. */
const lookEvery = 2_000;

const isOnTheWay = (receipt: ResourceReceipt): boolean => receipt.verifiedAt === null;

function sentenceOf({ act, requestedAt, liveAt, pages, sites, waiting, failing }: ResourceReceipt): string {
  const name = actNames[act];
  if (liveAt !== null) {
    const seconds = (Date.parse(liveAt) - Date.parse(requestedAt)) / 1_000;
    const took = seconds < 60 ? `，用时 ${seconds.toFixed(1)} 秒` : '';
    return `${name}于 ${minuteText(liveAt)}:${liveAt.slice(17, 19)} 生效，${String(sites)} 个网站 ${String(pages)} 个页面${took}`;
  }
  if (failing > 0)
    return `${name}于 ${clockText(requestedAt)} 提出，${String(failing)} 个页面生成失败，正在重试`;
  return `${name}于 ${clockText(requestedAt)} 提出，还有 ${String(waiting)} 个页面正在更新`;
}

function StateTag({ receipt }: { readonly receipt: ResourceReceipt }) {
  if (!isOnTheWay(receipt)) return <Tag color="success">已核验</Tag>;
  return receipt.failing > 0 ? <Tag color="error">未完成</Tag> : <Tag color="processing">进行中</Tag>;
}

/** When what was signed off or withdrawn had reached every page, as found on the disk. */
export function ResourceReceipts({ resourceId }: { readonly resourceId: string }) {
  const client = useClient();
  const receipts = useQuery({
    ...queryFor(client, publishingApi.listReceipts, { params: { id: resourceId } }),
    refetchInterval: ({ state }) => (state.data?.some(isOnTheWay) === true ? lookEvery : false),
  });
  return (
    <Loaded query={receipts} rows={1}>
      {(list) =>
        list.length === 0 ? (
          <p className="hint">还没有发布过。</p>
        ) : (
          <ul className="receipts" aria-label="发布回执">
            {list.map((receipt) => (
              <li key={`${receipt.requestedAt} ${receipt.act}`}>
                <StateTag receipt={receipt} />
                {sentenceOf(receipt)}
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
