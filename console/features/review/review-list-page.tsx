import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Checkbox, Segmented } from 'antd';
import { type ReactNode, useState } from 'react';

import {
  type DeadlineFilter,
  deadlineNames,
  isRunning,
  reviewApi,
  type ReviewSummary,
} from '../../../contracts/review.ts';
import { forget, pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { agoText } from '../../lib/time.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { BatchBar } from './batch-bar.tsx';
import { DeadlineTag } from './deadline-tag.tsx';
import { ResponsibilityExport } from './responsibility-export.tsx';
import { reviewStateNames, reviewStates, type ReviewsShown } from './review-states.ts';

interface Wanted {
  readonly shown: ReviewsShown;
  /** Only those whose step is nearly or already overdue. */
  readonly deadline: DeadlineFilter | null;
}

interface Props extends Wanted {
  readonly onShow: (wanted: Wanted) => void;
}

const labelOf = (shown: ReviewsShown): string => (shown === 'mine' ? '等我审核' : reviewStateNames[shown]);
const deadlines = ['all', 'soon', 'overdue'] as const;
const deadlineLabel = (one: (typeof deadlines)[number]): string =>
  one === 'all' ? '不限期限' : deadlineNames[one];

export function ReviewListPage({ shown, deadline, onShow }: Props) {
  const client = useClient();
  const hasDeadlines = shown === 'mine' || shown === 'open';
  const query = {
    ...(shown === 'mine' ? { mine: true } : { state: shown }),
    ...(deadline === null || !hasDeadlines ? {} : { deadline }),
  };
  const list = useInfiniteQuery(pagesFor(client, reviewApi.listReviews, { query }));
  return (
    <Page title="审核" actions={<ResponsibilityExport />}>
      <div className="filter-line">
        <Segmented<ReviewsShown>
          aria-label="显示哪些审核"
          value={shown}
          onChange={(value) => {
            onShow({ shown: value, deadline });
          }}
          options={reviewStates.map((value) => ({ value, label: labelOf(value) }))}
        />
        {hasDeadlines ? (
          <Segmented<(typeof deadlines)[number]>
            aria-label="办理期限"
            value={deadline ?? 'all'}
            onChange={(value) => {
              onShow({ shown, deadline: value === 'all' ? null : value });
            }}
            options={deadlines.map((value) => ({ value, label: deadlineLabel(value) }))}
          />
        ) : null}
      </div>
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return <NothingThere shown={shown} deadline={hasDeadlines ? deadline : null} />;
          return (
            <>
              {shown === 'mine' ? <ChoiceList items={items} /> : <ReviewList items={items} />}
              <LoadMore query={list} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function NothingThere({ shown, deadline }: Wanted) {
  if (deadline !== null) return <EmptyState title={`没有${deadlineNames[deadline]}的稿件`} />;
  return shown === 'mine' ? (
    <EmptyState title="没有等您审核的稿件" hint="轮到您审核、签发的稿件会出现在这里和工作台上。" />
  ) : (
    <EmptyState title={`没有${reviewStateNames[shown]}的稿件`} />
  );
}

function ReviewList({ items }: { readonly items: readonly ReviewSummary[] }) {
  return (
    <ul className="card-list">
      {items.map((item) => (
        <li key={item.id}>
          <ReviewRow item={item} />
        </li>
      ))}
    </ul>
  );
}

/** What waits for me: of what I have read, several can be approved together. */
function ChoiceList({ items }: { readonly items: readonly ReviewSummary[] }) {
  const queries = useQueryClient();
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string>>(new Set());
  const readable = items.filter(({ isOpened }) => isOpened);
  return (
    <>
      <BatchBar
        chosen={readable.filter(({ id }) => chosenIds.has(id))}
        readable={readable}
        onChoose={(ids) => {
          setChosenIds(new Set(ids));
        }}
        onDecided={() =>
          void forget(queries, reviewApi.listReviews, reviewApi.getReview, reviewApi.getWorkbench)
        }
      />
      <ul className="card-list">
        {items.map((item) => (
          <li key={item.id}>
            <ReviewRow
              item={item}
              note={item.isOpened ? '已阅' : '未阅'}
              choice={
                <Checkbox
                  aria-label={`选择：${item.title}`}
                  disabled={!item.isOpened}
                  checked={item.isOpened && chosenIds.has(item.id)}
                  onChange={({ target }) => {
                    const others = [...chosenIds].filter((id) => id !== item.id);
                    setChosenIds(new Set(target.checked ? [...others, item.id] : others));
                  }}
                />
              }
            />
          </li>
        ))}
      </ul>
    </>
  );
}

interface RowProps {
  readonly item: ReviewSummary;
  readonly note?: string;
  readonly choice?: ReactNode;
}

function ReviewRow({ item, note, choice }: RowProps) {
  const now = new Date();
  return (
    <>
      <div className="choice-line row-main">
        {choice}
        <div>
          <Link to="/reviews/$id" params={{ id: item.id }} className="row-title">
            {item.title}
          </Link>
          <p className="hint">
            {note === undefined ? '' : `${note} · `}
            {item.unitName} · {item.submittedByName} 提交 · {agoText(item.submittedAt, now)}
          </p>
          <DeadlineTag deadline={item.deadline} />
        </div>
      </div>
      <StepTrack item={item} />
    </>
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
