import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';

import { libraryApi } from '../../../contracts/library.ts';
import { type MappingDecision, type MappingMatch, sitesApi } from '../../../contracts/sites.ts';
import { reviewApi } from '../../../contracts/review.ts';
import { forget, pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';

/** What rules found for the own columns and nobody decided on. */
export function MatchDesk() {
  const client = useClient();
  const list = useInfiniteQuery(pagesFor(client, sitesApi.listMappingMatches, { query: {} }));
  return (
    <Loaded query={list} rows={6}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) {
          return (
            <EmptyState title="没有等待确认的映射" hint="“确认后显示”的映射规则找到的信息，会列在这里。" />
          );
        }
        return (
          <>
            <ul className="card-list">
              {items.map((match) => (
                <MatchRow key={`${match.ruleId} ${match.resourceId}`} match={match} />
              ))}
            </ul>
            <LoadMore query={list} />
          </>
        );
      }}
    </Loaded>
  );
}

function MatchRow({ match }: { readonly match: MappingMatch }) {
  const client = useClient();
  const queries = useQueryClient();
  const [declining, setDeclining] = useState(false);
  const { ruleId, resourceId, title } = match;
  const decide = useAct<Pick<MappingDecision, 'accepted' | 'reason'>, null>({
    act: (decision) =>
      client.call(sitesApi.decideMappingMatch, { body: { ruleId, resourceId, ...decision } }),
    done: '已处理',
    onDone: () => {
      setDeclining(false);
      return forget(
        queries,
        sitesApi.listMappingMatches,
        sitesApi.listListings,
        libraryApi.listUses,
        reviewApi.getWorkbench,
      );
    },
  });
  return (
    <li>
      <div>
        <a href={match.url} target="_blank" rel="noreferrer" className="row-title">
          {title}
        </a>
        <p>
          {match.unitName}的信息，规则建议显示在 {match.siteName} / {match.columnName}
        </p>
        <p className="hint">{minuteText(match.foundAt)} 找到</p>
      </div>
      <div className="row">
        <Button
          type="primary"
          size="small"
          aria-label={`显示：${title}`}
          loading={decide.isPending}
          onClick={() => {
            decide.mutate({ accepted: true });
          }}
        >
          显示
        </Button>
        <Button
          size="small"
          aria-label={`不显示：${title}`}
          onClick={() => {
            setDeclining(true);
          }}
        >
          不显示
        </Button>
        <ReasonDialog
          key={String(declining)}
          open={declining}
          title={`不显示：${title}`}
          okText="不显示"
          label="原因"
          isPending={decide.isPending}
          onReason={(reason) => {
            decide.mutate({ accepted: false, reason });
          }}
          onClose={() => {
            setDeclining(false);
          }}
        >
          这条规则以后不再建议这条信息。
        </ReasonDialog>
      </div>
    </li>
  );
}
