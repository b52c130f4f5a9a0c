import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { type Reuse, type ReuseSide, sitesApi } from '../../../contracts/sites.ts';
import { pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { EndReuse } from './end-reuse.tsx';

const nothing: Readonly<Record<ReuseSide, { readonly title: string; readonly hint: string }>> = {
  made: { title: '本单位的栏目还没有引用过', hint: '在“可引用的信息”里勾选，再选栏目。' },
  given: { title: '本单位的信息还没有被引用过', hint: '其他单位引用后，用在哪里、谁引用的，都列在这里。' },
};

/** What is shown of whom, and what was until when; the newest first. */
export function ReuseList({ side }: { readonly side: ReuseSide }) {
  const client = useClient();
  const list = useInfiniteQuery(pagesFor(client, sitesApi.listReuses, { query: { side } }));
  return (
    <Loaded query={list} rows={6}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <EmptyState {...nothing[side]} />;
        return (
          <>
            <ul className="card-list">
              {items.map((reuse) => (
                <ReuseRow key={reuse.id} reuse={reuse} side={side} />
              ))}
            </ul>
            <LoadMore query={list} />
          </>
        );
      }}
    </Loaded>
  );
}

function ReuseRow({ reuse, side }: { readonly reuse: Reuse; readonly side: ReuseSide }) {
  const title = reuse.title ?? '原单位已撤下的信息';
  return (
    <li>
      <div>
        {reuse.url === null || reuse.title === null ? (
          <span className="row-title">{title}</span>
        ) : (
          <a href={reuse.url} target="_blank" rel="noreferrer" className="row-title">
            {title}
          </a>
        )}
        <p>
          来源：{reuse.unitName}；用在 {reuse.siteName} / {reuse.columnName}
        </p>
        <p className="hint">
          {reuse.columnUnitName} {reuse.madeByName} 引用于 {minuteText(reuse.madeAt)}
          {side === 'given' ? (
            <>
              {' · '}
              <Link to="/resources/$id" params={{ id: reuse.resourceId }}>
                查看这条信息
              </Link>
            </>
          ) : null}
        </p>
        {reuse.endedAt === null ? null : (
          <p className="hint">
            {reuse.endedByName} 于 {minuteText(reuse.endedAt)} 结束：{reuse.endReason}
          </p>
        )}
      </div>
      {reuse.endedAt === null ? (
        <div className="row">{reuse.endable ? <EndReuse reuseId={reuse.id} title={title} /> : null}</div>
      ) : (
        <span className="badge">已结束</span>
      )}
    </li>
  );
}
