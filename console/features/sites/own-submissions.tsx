import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';

import { type Submission, sitesApi, submissionStateNames } from '../../../contracts/sites.ts';
import { forget, pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { SubmissionFacts } from './submission-facts.tsx';

/** What the own units offered, the newest first, and what became of it. */
export function OwnSubmissions() {
  const client = useClient();
  const list = useInfiniteQuery(pagesFor(client, sitesApi.listSubmissions, { query: { side: 'own' } }));
  return (
    <Loaded query={list} rows={6}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) {
          return (
            <EmptyState title="本单位还没有报送过" hint="在信息的编辑页“用在哪里”中，选门户栏目报送。" />
          );
        }
        return (
          <>
            <ul className="card-list">
              {items.map((submission) => (
                <li key={submission.id}>
                  <div>
                    <SubmissionFacts submission={submission} />
                    <Outcome submission={submission} />
                  </div>
                  <div className="row">
                    <Link to="/resources/$id" params={{ id: submission.resourceId }}>
                      查看这条信息
                    </Link>
                    <span className="badge">
                      {submission.ended ? '采用后已结束' : submissionStateNames[submission.state]}
                    </span>
                    {submission.actions.includes('withdraw') ? <Withdraw submission={submission} /> : null}
                  </div>
                </li>
              ))}
            </ul>
            <LoadMore query={list} />
          </>
        );
      }}
    </Loaded>
  );
}

function Outcome({ submission }: { readonly submission: Submission }) {
  const { decidedAt, decidedByName, reason, state } = submission;
  if (decidedAt === null) return null;
  return (
    <p className="hint">
      {`${decidedByName ?? ''} 于 ${minuteText(decidedAt)} ${submissionStateNames[state].slice(1)}`}
      {reason === null ? '' : `：${reason}`}
    </p>
  );
}

function Withdraw({ submission }: { readonly submission: Submission }) {
  const client = useClient();
  const queries = useQueryClient();
  const withdraw = useAct<string, Submission>({
    act: (id) => client.call(sitesApi.withdrawSubmission, { params: { id } }),
    done: '报送已撤回',
    onDone: () => forget(queries, sitesApi.listSubmissions),
  });
  return (
    <Button
      size="small"
      aria-label={`撤回报送：${submission.title ?? ''}`}
      loading={withdraw.isPending}
      onClick={() => {
        withdraw.mutate(submission.id);
      }}
    >
      撤回报送
    </Button>
  );
}
