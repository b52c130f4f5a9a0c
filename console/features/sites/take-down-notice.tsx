import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';

import { reviewApi } from '../../../contracts/review.ts';
import { sitesApi, type TakeDown } from '../../../contracts/sites.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';

/** Above a resource that is taken down by order, or was and waits for an answer: why, and what the unit says to it. */
export function TakeDownNotice({ resourceId }: { readonly resourceId: string }) {
  const client = useClient();
  const queries = useQueryClient();
  const [answering, setAnswering] = useState(false);
  const list = useQuery(queryFor(client, sitesApi.listTakeDowns, { query: { resourceId, limit: 1 } }));
  const reply = useAct<{ readonly id: string; readonly reply: string }, TakeDown>({
    act: ({ id, reply: words }) =>
      client.call(sitesApi.replyToTakeDown, { params: { id }, body: { reply: words } }),
    done: '已答复',
    onDone: () => forget(queries, sitesApi.listTakeDowns, reviewApi.getWorkbench),
  });
  const takeDown = list.data?.items[0];
  if (takeDown === undefined || !(takeDown.holds || takeDown.answerable)) return null;
  const { answeredAt, answeredByName, answerable, id, reason, takenDownAt, takenDownByName } = takeDown;
  const answer =
    answeredAt === null
      ? ''
      : `${answeredByName ?? ''} ${minuteText(answeredAt)} 答复：${takeDown.reply ?? ''}`;
  return (
    <>
      <Alert
        type={answeredAt === null ? 'error' : 'info'}
        showIcon
        className="form-alert"
        title={`${minuteText(takenDownAt)} 由${takenDownByName}下架：${reason}`}
        description={answer === '' ? '改正后重新提交审核，签发后才能再发布。' : answer}
        action={
          answerable ? (
            <Button
              onClick={() => {
                setAnswering(true);
              }}
            >
              答复
            </Button>
          ) : null
        }
      />
      <ReasonDialog
        key={String(answering)}
        open={answering}
        title="答复下架"
        okText="答复"
        label="怎样处理"
        isPending={reply.isPending}
        onReason={(words) => {
          reply.mutate(
            { id, reply: words },
            {
              onSuccess: () => {
                setAnswering(false);
              },
            },
          );
        }}
        onClose={() => {
          setAnswering(false);
        }}
      >
        说明本单位知道了下架的原因，以及怎样改正。
      </ReasonDialog>
    </>
  );
}
