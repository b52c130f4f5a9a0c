import { Button, Empty, Result, Skeleton } from 'antd';
import type { ReactNode } from 'react';

import { ApiError, sentenceOf } from '../lib/api-error.ts';

interface ErrorStateProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** What went wrong, in the server's words, and the one thing to do. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <div role="alert">
      <Result
        status="warning"
        title={sentenceOf(error)}
        subTitle={requestId === null ? undefined : `如需帮助，请把编号 ${requestId} 告诉运维人员。`}
        extra={
          <Button type="primary" onClick={onRetry}>
            重试
          </Button>
        }
      />
    </div>
  );
}

interface EmptyStateProps {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly action?: ReactNode;
}

/** An empty place that says what belongs there. */
export function EmptyState({ title, hint, action }: EmptyStateProps) {
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <strong>{title}</strong>
          {hint === undefined ? null : <p className="hint">{hint}</p>}
        </>
      }
    >
      {action}
    </Empty>
  );
}

interface QueryLike<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

interface LoadedProps<T> {
  readonly query: QueryLike<T>;
  readonly rows?: number;
  readonly children: (value: T) => ReactNode;
}

/** Skeleton, error or the thing itself; what was loaded stays while it is loaded again. */
export function Loaded<T>({ query, rows = 6, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error !== null) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div aria-busy="true" aria-label="正在加载">
      <Skeleton active paragraph={{ rows }} />
    </div>
  );
}
