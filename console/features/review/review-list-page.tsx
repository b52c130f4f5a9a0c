import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';

import { isRunning, reviewApi, type ReviewSummary } from '../../../contracts/review.ts';
import { pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { agoText } from '../../lib/time.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { ResponsibilityExport } from './responsibility-export.tsx';
import { reviewStateNames, reviewStates, type ReviewsShown } from './review-states.ts';

interface Props {
  readonly shown: ReviewsShown;
  readonly onShow: (shown: ReviewsShown) => void;
}

const labelOf = (shown: ReviewsShown): string => (shown === 'mine' ? '等我审核' : reviewStateNames[shown]);

export function ReviewListPage({ shown, onShow }: Props) {
  const client = useClient();
  const query = shown === 'mine' ? { mine: true } : { state: shown };
  const list = useInfiniteQuery(pagesFor(client, reviewApi.listReviews, { query }));
  return (
    <Page title="审核" actions={<ResponsibilityExport />}>
      <Segmented<ReviewsShown>
        aria-label="显示哪些审核"
        value={shown}
        onChange={onShow}
        options={reviewStates.map((value) => ({ value, label: labelOf(value) }))}
      />
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return shown === 'mine' ? (
              <EmptyState title="没有等您审核的稿件" hint="轮到您审核、签发的稿件会出现在这里和工作台上。" />
            ) : (
              <EmptyState title={`没有${reviewStateNames[shown]}的稿件`} />
            );
          }
          return (
            <>
              <ul className="card-list">
                {items.map((item) => (
                  <ReviewRow key={item.id} item={item} />
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

function ReviewRow({ item }: { readonly item: ReviewSummary }) {
  const now = new Date();
  return (
    <li>
      <div>
        <Link to="/reviews/$id" params={{ id: item.id }} className="row-title">
          {item.title}
        </Link>
        <p className="hint">
          {item.unitName} · {item.submittedByName} 提交 · {agoText(item.submittedAt, now)}
        </p>
      </div>
      <StepTrack item={item} />
    </li>
  );
}

/** 初审 → 复审 → 签发, with where it stands. */
export function StepTrack({ item }: { readonly item: Pick<ReviewSummary, 'steps' | 'step' | 'state'> }) {
  return (
    <ol className="step-track" aria-label="审核步骤">
      {item.steps.map((step, index) => {
        const isDone = item.state === 'signed' || item.state === 'confirmed' || index < item.step;
        const isCurrent = isRunning(item.state) && index === item.step;
        return (
          <li
            key={step.key}
            className={isDone ? 'step-done' : isCurrent ? 'step-current' : ''}
            aria-current={isCurrent ? 'step' : undefined}
          >
            {step.name}
            <span className="visually-hidden">{isDone ? '（已通过）' : isCurrent ? '（当前）' : ''}</span>
          </li>
        );
      })}
      {item.state === 'open' ? null : (
        <li className={`step-${item.state}`}>{reviewStateNames[item.state]}</li>
      )}
    </ol>
  );
}
