import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';

import { type Submission, sitesApi } from '../../../contracts/sites.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';
import { columnTrail } from './column-tree.ts';

interface Props {
  readonly resourceId: string;
  readonly taken: readonly string[];
}

/** 报送: offers a resource to a column of the portal that others answer for. */
export function OfferResource({ resourceId, taken }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [columnId, setColumnId] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), staleTime: 60_000 });
  const portalId = sites.data?.find((site) => site.isPortal)?.id;
  const columns = useQuery({
    ...queryFor(client, sitesApi.listColumns, { query: portalId === undefined ? {} : { siteId: portalId } }),
    enabled: portalId !== undefined,
    staleTime: 60_000,
  });
  const offer = useAct<string, Submission>({
    act: (id) =>
      client.call(sitesApi.offerResource, {
        body: { resourceId, columnId: id, ...(note.trim() === '' ? {} : { note: note.trim() }) },
      }),
    done: '已报送，采用或退回都会告诉您',
    onDone: () => {
      setColumnId(null);
      setNote('');
      return forget(queries, sitesApi.listSubmissions);
    },
  });
  const all = columns.data ?? [];
  const options = all
    .filter((one) => !one.writable && !one.closed && one.kind !== 'channel' && !taken.includes(one.id))
    .map((one) => ({ value: one.id, label: columnTrail(all, one) }));
  if (options.length === 0) return null;
  return (
    <div className="stack">
      <div className="row">
        <Select
          aria-label="报送到的门户栏目"
          className="row-wide"
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="报送到门户的栏目"
          value={columnId}
          options={options}
          popupMatchSelectWidth={false}
          onChange={setColumnId}
        />
        <Button
          disabled={columnId === null}
          loading={offer.isPending}
          onClick={() => {
            if (columnId !== null) offer.mutate(columnId);
          }}
        >
          报送
        </Button>
      </div>
      {columnId === null ? null : (
        <Input
          aria-label="给栏目编辑的说明"
          placeholder="给栏目编辑的说明，可以不填"
          maxLength={200}
          value={note}
          onChange={(event) => {
            setNote(event.target.value);
          }}
        />
      )}
    </div>
  );
}
