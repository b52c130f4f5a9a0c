import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Segmented, Select } from 'antd';

import {
  correctionKindNames,
  type CorrectionKind,
  correctionKinds,
  type CorrectionState,
  correctionStateNames,
  correctionStates,
  type CorrectionSummary,
  interactionApi,
} from '../../../contracts/interaction.ts';
import { sitesApi } from '../../../contracts/sites.ts';
import { pagesFor, queryFor } from '../../lib/queries.ts';
import { compact } from '../../lib/search-text.ts';
import { useClient } from '../../lib/services.tsx';
import { agoText } from '../../lib/time.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { AnswerDays } from './answer-days.tsx';
import type { CorrectionFilter } from './correction-filter.ts';
import { DueTag } from './due-tag.tsx';

interface Props {
  readonly filter: CorrectionFilter;
  readonly onChange: (filter: CorrectionFilter) => void;
}

type Shown = CorrectionState | 'all';
const shownNames: Readonly<Record<Shown, string>> = { ...correctionStateNames, open: '待答复', all: '全部' };

/** What citizens found wrong, and how far it is. */
export function CorrectionListPage({ filter, onChange }: Props) {
  const client = useClient();
  const shown = filter.state ?? 'open';
  const query = compact({
    state: shown === 'all' ? undefined : shown,
    kind: filter.kind,
    siteId: filter.site,
  });
  const list = useInfiniteQuery(pagesFor(client, interactionApi.listCorrections, { query }));
  const change = (part: {
    readonly [K in keyof CorrectionFilter]?: CorrectionFilter[K] | undefined;
  }): void => {
    onChange(
      compact<CorrectionFilter>({ state: filter.state, kind: filter.kind, site: filter.site, ...part }),
    );
  };
  return (
    <Page
      title="纠错"
      subtitle="群众在网页上反映的错误。办结后，群众凭查询码看到答复。"
      actions={<AnswerDays />}
    >
      <div className="filters">
        <Segmented<Shown>
          aria-label="显示哪些纠错"
          value={shown}
          onChange={(state) => {
            change({ state: state === 'open' ? undefined : state });
          }}
          options={[...correctionStates, 'all' as const].map((value) => ({
            value,
            label: shownNames[value],
          }))}
        />
        <label htmlFor="correction-kind">
          错误类型
          <Select<CorrectionKind>
            id="correction-kind"
            value={filter.kind ?? null}
            allowClear
            placeholder="全部"
            options={correctionKinds.map((value) => ({ value, label: correctionKindNames[value] }))}
            onChange={(kind: CorrectionKind | undefined) => {
              change({ kind });
            }}
          />
        </label>
        <SiteChoice
          site={filter.site}
          onChange={(site) => {
            change({ site });
          }}
        />
      </div>
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          const count = pages[0]?.count;
          if (items.length === 0) {
            return shown === 'open' ? (
              <EmptyState
                title="没有等待答复的纠错"
                hint="群众在您单位的网页上反映错误后，会出现在这里和工作台上。"
              />
            ) : (
              <EmptyState title="没有符合条件的纠错" />
            );
          }
          return (
            <>
              {count === undefined ? null : (
                <p className="hint" role="status">
                  共 {count.value}
                  {count.capped ? ' 条以上' : ' 条'}
                </p>
              )}
              <ul className="card-list">
                {items.map((item) => (
                  <CorrectionRow key={item.id} item={item} />
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

function SiteChoice({
  site,
  onChange,
}: {
  readonly site: string | undefined;
  readonly onChange: (site: string | undefined) => void;
}) {
  const client = useClient();
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), staleTime: 300_000 });
  if (sites.data === undefined || sites.data.length < 2) return null;
  return (
    <label htmlFor="correction-site">
      网站
      <Select<string>
        id="correction-site"
        value={site ?? null}
        allowClear
        placeholder="全部"
        popupMatchSelectWidth={false}
        options={sites.data.map(({ id, shortName }) => ({ value: id, label: shortName }))}
        onChange={(chosen: string | undefined) => {
          onChange(chosen);
        }}
      />
    </label>
  );
}

function CorrectionRow({ item }: { readonly item: CorrectionSummary }) {
  const now = new Date();
  return (
    <li>
      <div>
        <Link to="/corrections/$id" params={{ id: item.id }} className="row-title">
          {item.pageName}
        </Link>
        <p>
          {correctionKindNames[item.kind]}：{item.description.slice(0, 80)}
          {item.description.length > 80 ? '……' : ''}
        </p>
        <p className="hint">
          {item.siteName} · {item.unitName} · {agoText(item.reportedAt, now)}
          {item.times > 1 ? ` · 同样内容 ${String(item.times)} 次` : ''}
          {item.contact === null ? '' : ` · 联系方式 ${item.contact}`}
        </p>
      </div>
      <DueTag item={item} />
    </li>
  );
}
