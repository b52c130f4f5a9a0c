import { useInfiniteQuery } from '@tanstack/react-query';

import { exportStageNames, type PackageExport, packagingApi } from '../../../contracts/packaging.ts';
import { addressOf } from '../../lib/client.ts';
import { pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { sizeText } from '../../lib/size-text.ts';
import { agoText, dayText } from '../../lib/time.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { ExportForm } from './export-form.tsx';
import type { ExportWish } from './export-wish.ts';

const everyMilliseconds = 2_000;
const isWorking = ({ stage }: PackageExport): boolean => stage === 'waiting' || stage === 'running';

/** Packages of the library: asked for here, made in the background, fetched while they are kept. */
export function ExportsPage({ wish }: { readonly wish: ExportWish }) {
  const client = useClient();
  const list = useInfiniteQuery({
    ...pagesFor(client, packagingApi.listExports, { query: {} }),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isWorking)) === true ? everyMilliseconds : false,
  });
  return (
    <Page
      title="导出数据包"
      subtitle="把全部或一部分信息资源连同版本、附件和责任记录，打成任何系统都能读的开放数据包（zip）。条件都可以留空，留空就是全部。"
    >
      <ExportForm wish={wish} onAsked={() => void list.refetch()} />
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return <EmptyState title="还没有导出过" hint="数据包在后台生成，可以离开本页，回来再下载。" />;
          return (
            <>
              <ul className="card-list import-list" aria-label="导出记录">
                {items.map((item) => (
                  <ExportRow key={item.id} item={item} />
                ))}
              </ul>
              <LoadMore query={list} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function ExportRow({ item }: { readonly item: PackageExport }) {
  return (
    <li>
      <div className="grow">
        <strong>{item.contents}</strong>
        <p>{progressText(item)}</p>
        <p className="hint">
          {item.requestedByName} · {agoText(item.requestedAt, new Date())}
          {item.digest === null ? null : (
            <>
              {' '}
              · 校验码 <code className="export-digest">{item.digest}</code>
            </>
          )}
        </p>
      </div>
      {item.stage === 'done' && item.mine ? (
        <a href={addressOf(packagingApi.downloadExport.path, { params: { id: item.id } })} download>
          下载
        </a>
      ) : null}
      <span className={`stage export-${item.stage}`}>{exportStageNames[item.stage]}</span>
    </li>
  );
}

function progressText({ stage, written, size, problem, expiresAt, mine }: PackageExport): string {
  const rows = `${written.toLocaleString('zh-CN')} 条记录和文件`;
  switch (stage) {
    case 'waiting':
      return '排队等待后台处理';
    case 'running':
      return `已写入 ${rows}`;
    case 'failed':
      return problem ?? '没有完成';
    case 'expired':
      return `${rows}，文件已按期删除`;
    case 'done': {
      const kept = expiresAt === null ? '' : `，保存到 ${dayText(expiresAt)}`;
      return `${rows}，${sizeText(size ?? 0)}${kept}${mine ? '' : '；只能由导出的人下载'}`;
    }
  }
}
