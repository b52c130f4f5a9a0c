import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';

import { reviewApi, type UrgentRelease } from '../../../contracts/review.ts';
import { pagesFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { type UrgentListShown, urgentSentence, urgentShown, urgentShownNames } from './urgent-states.ts';

interface Props {
  readonly shown: UrgentListShown;
  readonly onShow: (shown: UrgentListShown) => void;
}

/** What went out urgently, and whether its review was done in time. */
export function UrgentReleasesPage({ shown, onShow }: Props) {
  const client = useClient();
  const { roles } = useSession();
  const query = shown === 'all' ? {} : { show: shown };
  const list = useInfiniteQuery(pagesFor(client, reviewApi.listUrgentReleases, { query }));
  const counts: Readonly<Partial<Record<UrgentListShown, number>>> = list.data?.pages[0]?.counts ?? {};
  const labelOf = (one: UrgentListShown): string => {
    const count = counts[one] ?? 0;
    return count === 0 ? urgentShownNames[one] : `${urgentShownNames[one]} ${String(count)}`;
  };
  return (
    <Page
      title="紧急发布"
      subtitle="来不及审核、由授权的签发人一人签发的信息。没办的环节要在规定时间内补审，补完以前一直列在这里。"
      actions={
        roles.includes('operator') || roles.includes('supervisor') ? (
          <Link to="/urgent-rules" className="plain-link">
            授权设置
          </Link>
        ) : undefined
      }
    >
      <Segmented<UrgentListShown>
        aria-label="显示哪些紧急发布"
        value={shown}
        onChange={onShow}
        options={urgentShown.map((value) => ({ value, label: labelOf(value) }))}
      />
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <EmptyState
                title={shown === 'all' ? '没有紧急发布的信息' : `没有${urgentShownNames[shown]}的信息`}
                hint="获得授权的签发人可以在审核页面紧急发布。"
              />
            );
          }
          return (
            <>
              <UrgentTable items={items} />
              <LoadMore query={list} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function UrgentTable({ items }: { readonly items: readonly UrgentRelease[] }) {
  return (
    <table className="list-table">
      <caption className="visually-hidden">紧急发布</caption>
      <thead>
        <tr>
          <th scope="col">标题</th>
          <th scope="col">单位</th>
          <th scope="col">紧急签发</th>
          <th scope="col">补审期限</th>
          <th scope="col">补审情况</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.reviewId}>
            <td className="cell-title" data-label="标题">
              <Link to="/reviews/$id" params={{ id: item.reviewId }}>
                {item.title}
              </Link>
              <p className="hint">{item.reason}</p>
            </td>
            <td data-label="单位">{item.unitName}</td>
            <td data-label="紧急签发">
              {item.releasedByName}
              <p className="hint">{minuteText(item.releasedAt)}</p>
            </td>
            <td data-label="补审期限">
              <span className={item.overdue ? 'problem' : undefined}>{minuteText(item.dueAt)}</span>
            </td>
            <td data-label="补审情况">
              <div>
                <StateBadge item={item} />
                <p className="hint">{urgentSentence(item)}</p>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function StateBadge({ item: { state, overdue } }: { readonly item: UrgentRelease }) {
  if (state === 'confirmed') return <span className="badge">已补审</span>;
  if (state === 'objected') return <span className="badge badge-late">未通过</span>;
  return overdue ? <span className="badge badge-late">超期</span> : <span className="badge">待补审</span>;
}
