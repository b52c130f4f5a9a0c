import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';

import { libraryApi } from '../../../contracts/library.ts';
import { type Listing, sitesApi } from '../../../contracts/sites.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly columnId: string;
  readonly listing: Listing;
}

/** Whoever answers for a column takes out what another unit wrote into it, and says why. */
export function RemoveEntry({ columnId, listing }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { resourceId, title } = listing;
  const remove = useAct<string, null>({
    act: (reason) =>
      client.call(sitesApi.removeEntry, { params: { id: columnId, resourceId }, body: { reason } }),
    done: '已撤下，网站随即更新',
    onDone: () => {
      setAsking(false);
      return forget(queries, sitesApi.listListings, libraryApi.listUses, sitesApi.getCatalogue);
    },
  });
  return (
    <>
      <Button
        size="small"
        danger
        aria-label={`撤下：${title}`}
        onClick={() => {
          setAsking(true);
        }}
      >
        撤下
      </Button>
      <ReasonDialog
        key={String(asking)}
        open={asking}
        title={`撤下：${title}`}
        okText="撤下"
        label="原因"
        danger
        isPending={remove.isPending}
        onReason={(reason) => {
          remove.mutate(reason);
        }}
        onClose={() => {
          setAsking(false);
        }}
      >
        这条信息立即从本栏目撤下，原单位会在工作台看到原因。它若只用在本栏目，就从网站撤回。
      </ReasonDialog>
    </>
  );
}
