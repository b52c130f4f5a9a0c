import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { identityApi } from '../../../contracts/identity.ts';
import type { ResourceTypeKey } from '../../../contracts/library.ts';
import { reviewApi } from '../../../contracts/review.ts';
import { sitesApi } from '../../../contracts/sites.ts';
import { columnOptions } from '../../lib/column-options.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useTypes } from '../../lib/use-types.ts';
import { ChoiceFilter, FilterForm, UnitFilter } from '../../ui/filters.tsx';

/** Which chain a work of some unit, column and type would get today. */
export function ChainChoice() {
  const client = useClient();
  const units = useQuery({ ...queryFor(client, identityApi.listUnits, {}), staleTime: 300_000 });
  const columns = useQuery(queryFor(client, sitesApi.listColumns, { query: {} }));
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), staleTime: 60_000 });
  const types = useTypes();
  const [unitId, setUnitId] = useState<string>();
  const [columnId, setColumnId] = useState<string>();
  const [type, setType] = useState<ResourceTypeKey>('article');
  const choice = useQuery({
    ...queryFor(client, reviewApi.chooseChain, {
      query: { unitId: unitId ?? '0', type, ...(columnId === undefined ? {} : { columnId }) },
    }),
    enabled: unitId !== undefined,
  });
  return (
    <section className="chain-choice" aria-labelledby="chain-choice">
      <h2 id="chain-choice">一篇稿件走哪个流程</h2>
      <FilterForm label="选择单位、栏目和类型">
        <UnitFilter units={units.data ?? []} unitId={unitId} onChange={setUnitId} />
        <ChoiceFilter
          label="栏目"
          value={columnId}
          options={columnOptions(columns.data ?? [], sites.data ?? [])}
          searchable
          onChange={setColumnId}
        />
        <ChoiceFilter<ResourceTypeKey>
          label="类型"
          value={type}
          options={types.map(({ key, name }) => ({ value: key, label: name }))}
          onChange={(chosen) => {
            setType(chosen ?? 'article');
          }}
        />
      </FilterForm>
      <p aria-live="polite">
        {choice.data === undefined || unitId === undefined ? (
          <span className="hint">选择单位后，这里说明它的稿件怎样审核。</span>
        ) : (
          <>
            <strong>{choice.data.name}</strong>：{choice.data.sentence}
          </>
        )}
      </p>
    </section>
  );
}
