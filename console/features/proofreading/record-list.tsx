import { useQueryClient } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { type ReactNode, useState } from 'react';

import { forget } from '../../lib/queries.ts';
import { dayText } from '../../lib/time.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';

/** Something that was ruled, and how it came to its end. */
export interface OnRecord {
  readonly id: string;
  readonly reason: string;
  readonly madeAt: string;
  readonly madeByName: string;
  readonly endedAt: string | null;
  readonly endedByName: string | null;
  readonly endReason: string | null;
}

interface Props<T extends OnRecord> {
  readonly items: readonly T[];
  readonly mayKeep: boolean;
  readonly titleOf: (item: T) => string;
  readonly headOf: (item: T) => ReactNode;
  readonly detailOf: (item: T) => string;
  /** What follows from the end. */
  readonly afterEnd: (item: T) => string;
  readonly onEnd: (item: T, reason: string) => Promise<unknown>;
  /** What is asked for again afterwards. */
  readonly endpoint: { readonly path: string };
}

/** What was ruled, the newest first; it is ended with a reason and stays on record. */
export function RecordList<T extends OnRecord>(props: Props<T>) {
  const { items, mayKeep, titleOf, endpoint } = props;
  const queries = useQueryClient();
  const [ending, setEnding] = useState<T | null>(null);
  const end = useAct<{ readonly item: T; readonly reason: string }>({
    act: ({ item, reason }) => props.onEnd(item, reason),
    done: '已终止',
    onDone: async () => {
      setEnding(null);
      await forget(queries, endpoint);
    },
  });
  return (
    <>
      <ul className="card-list record-list">
        {items.map((item) => (
          <li key={item.id}>
            <div>
              <div className="record-head">
                {props.headOf(item)}
                {item.endedAt === null ? null : <Tag>已终止</Tag>}
              </div>
              <p>{item.reason}</p>
              <p className="hint">
                {props.detailOf(item)}
                {item.madeByName} {dayText(item.madeAt)}登记
              </p>
              {item.endedAt === null ? null : (
                <p className="hint">
                  {item.endedByName} {dayText(item.endedAt)}终止：{item.endReason}
                </p>
              )}
            </div>
            {item.endedAt === null && mayKeep ? (
              <Button
                aria-label={`终止：${titleOf(item)}`}
                onClick={() => {
                  setEnding(item);
                }}
              >
                终止
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ReasonDialog
        key={ending?.id ?? 'none'}
        open={ending !== null}
        title={ending === null ? '' : `终止：${titleOf(ending)}`}
        okText="终止"
        label="终止原因"
        danger
        isPending={end.isPending}
        onReason={(reason) => {
          if (ending !== null) end.mutate({ item: ending, reason });
        }}
        onClose={() => {
          setEnding(null);
        }}
      >
        {ending === null ? '' : props.afterEnd(ending)}
      </ReasonDialog>
    </>
  );
}
