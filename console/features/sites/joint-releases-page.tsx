import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { type JointReleaseSummary, jointReleaseStateNames, sitesApi } from '../../../contracts/sites.ts';
import { pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';

/** What is planned to go out together, and what did. */
export function JointReleasesPage() {
  const client = useClient();
  const list = useInfiniteQuery(pagesFor(client, sitesApi.listJointReleases, { query: {} }));
  return (
    <Page
      title="联合发布"
      subtitle="政策和它的解读一同组织、一同审签、一同发布：全部签发后在同一时刻上线，缺一篇都不发。"
      actions={<Link to="/resources">信息资源</Link>}
    >
      <Loaded query={list} rows={6}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <EmptyState
                title="还没有联合发布的计划"
                hint="打开政策文件，在“发布与责任”里点“与解读一同发布”。"
              />
            );
          }
          return (
            <>
              <ul className="card-list">
                {items.map((release) => (
                  <ReleaseRow key={release.id} release={release} />
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

/** What it waits for, or what became of it. */
export function standingOf(release: JointReleaseSummary): string {
  const { state, members, ready, releaseAt, endedAt, endReason, endedByName } = release;
  if (state === 'released') return `${minuteText(endedAt ?? '')} 同时发布 ${String(members)} 篇`;
  if (state === 'cancelled') return `${endedByName ?? ''}取消：${endReason ?? ''}`;
  const signed = `共 ${String(members)} 篇，已签发 ${String(ready)} 篇`;
  if (releaseAt === null) return `${signed}；全部签发后立即发布`;
  return `${signed}；定于 ${minuteText(releaseAt)} 发布`;
}

export function ReleaseBadge({ release }: { readonly release: JointReleaseSummary }) {
  if (release.isOverdue) return <span className="badge badge-late">时间已到，等待签发</span>;
  return <span className="badge">{jointReleaseStateNames[release.state]}</span>;
}

function ReleaseRow({ release }: { readonly release: JointReleaseSummary }) {
  return (
    <li>
      <div>
        <Link to="/releases/$id" params={{ id: release.id }} className="row-title">
          {release.name}
        </Link>
        <p>{standingOf(release)}</p>
        <p className="hint">
          {release.unitName} {release.madeByName} 建于 {minuteText(release.madeAt)}
        </p>
      </div>
      <ReleaseBadge release={release} />
    </li>
  );
}
