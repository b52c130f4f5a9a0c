import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';

import { libraryApi } from '../../../contracts/library.ts';
import { type Reuse, sitesApi } from '../../../contracts/sites.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly reuseId: string;
  /** What is no longer shown, for those who hear and do not see which row it is. */
  readonly title: string;
}

/** Either side ends a reuse, and says why: the other one reads it. */
export function EndReuse({ reuseId, title }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const end = useAct<string, Reuse>({
    act: (reason) => client.call(sitesApi.endReuse, { params: { id: reuseId }, body: { reason } }),
    done: '引用已结束，网站随即更新',
    onDone: () => {
      setAsking(false);
      return forget(queries, sitesApi.listReuses, sitesApi.listListings, libraryApi.listUses);
    },
  });
  return (
    <>
      <Button
        size="small"
        aria-label={`结束引用：${title}`}
        onClick={() => {
          setAsking(true);
        }}
      >
        结束引用
      </Button>
      <ReasonDialog
        key={String(asking)}
        open={asking}
        title={`结束引用：${title}`}
        okText="结束引用"
        label="原因"
        danger
        isPending={end.isPending}
        onReason={(reason) => {
          end.mutate(reason);
        }}
        onClose={() => {
          setAsking(false);
        }}
      >
        这条信息立即从引用它的栏目撤下，那里的网页转到原单位的网页。双方都能看到原因。
      </ReasonDialog>
    </>
  );
}
