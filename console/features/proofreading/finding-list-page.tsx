import { useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { proofreadingApi, type RuleCount } from '../../../contracts/proofreading.ts';
import { pagesFor, queryFor } from '../../lib/queries.ts';
import { compact } from '../../lib/search-text.ts';
import { useClient } from '../../lib/services.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { FindingDaysButton } from './finding-days-button.tsx';
import { FindingFigures } from './finding-figures.tsx';
import type { FilterChange, FindingFilter } from './finding-filter.ts';
import { FindingFilters } from './finding-filters.tsx';
import { FindingRow } from './finding-row.tsx';

interface Props {
  readonly filter: FindingFilter;
  /** Operators and supervisors see what became of the tasks of every unit. */
  readonly watches: boolean;
  readonly onChange: (filter: FindingFilter) => void;
}

const none: readonly RuleCount[] = [];

/** 校核发现: what is found in published texts, and what becomes of it. */
export function FindingListPage({ filter, watches, onChange }: Props) {
  const client = useClient();
  const {
    state,
    severity,
    rule,
    unit: unitId,
    site: siteId,
    column: columnId,
    resource: resourceId,
  } = filter;
  const place = compact({ state, unitId, siteId, columnId });
  const query = { ...place, ...compact({ severity, rule, resourceId }) };
  const list = useInfiniteQuery(pagesFor(client, proofreadingApi.listFindings, { query }));
  const counts = useQuery(queryFor(client, proofreadingApi.countFindings, { query: place }));
  const change: FilterChange = (part) => {
    onChange(compact<FindingFilter>({ ...filter, ...part }));
  };
  return (
    <Page
      wide
      title="校核发现"
      subtitle="已发布信息每天夜里校核一遍。改正并重新发布后，发现自行消除；不是问题的，说明理由。"
      actions={<FindingDaysButton />}
    >
      {watches ? (
        <FindingFigures
          onUnit={(chosen) => {
            onChange({ unit: chosen });
          }}
        />
      ) : null}
      <FindingFilters
        filter={filter}
        counts={counts.data ?? none}
        change={change}
        onClear={() => {
          onChange(compact<FindingFilter>({ state }));
        }}
      />
      <RuleCounts counts={counts.data ?? none} chosen={rule} change={change} />
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          const total = pages[0]?.total;
          if (items.length === 0) return <NoFindings filter={filter} />;
          return (
            <>
              {total === undefined ? null : (
                <p className="hint" role="status">
                  共 {total.value}
                  {total.capped ? ' 处以上' : ' 处'}
                </p>
              )}
              <ul className="finding-list published-findings">
                {items.map((item) => (
                  <FindingRow key={item.id} item={item} />
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

function NoFindings({ filter }: { readonly filter: FindingFilter }) {
  if (Object.keys(filter).length === 0) {
    return (
      <EmptyState
        title="没有待处理的校核发现"
        hint="夜里在已发布的信息里发现的问题会出现在这里；禁止提交的会同时成为工作台上的任务。"
      />
    );
  }
  return <EmptyState title="没有符合条件的校核发现" />;
}

interface CountsProps {
  readonly counts: readonly RuleCount[];
  readonly chosen: string | undefined;
  readonly change: FilterChange;
}

/** So many stand in the row; the others are in the filter. */
const mostShown = 12;

/** How many findings each rule has; one click shows them. */
function RuleCounts({ counts, chosen, change }: CountsProps) {
  if (counts.length === 0) return null;
  return (
    <ul className="rule-counts" aria-label="各规则的发现">
      {counts.slice(0, mostShown).map(({ rule, ruleName, count }) => (
        <li key={rule}>
          <button
            type="button"
            aria-pressed={rule === chosen}
            onClick={() => {
              change({ rule: rule === chosen ? undefined : rule });
            }}
          >
            {ruleName}
            <span className="count">
              {count.value}
              {count.capped ? '+' : ''}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
