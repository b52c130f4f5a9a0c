import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';

import { sitesApi } from '../../../contracts/sites.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';

interface Props {
  readonly id: string;
  /** Handed in by a form where it stands in one. */
  readonly value?: string | undefined;
  readonly unitId: string;
  readonly readOnly: boolean;
  readonly onChange?: (siteId: string) => void;
}

/** The sites of the unit: only there can it compose the home page. */
export function SiteField({ id, value, unitId, readOnly, onChange }: Props) {
  const client = useClient();
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), staleTime: 60_000 });
  const own = (sites.data ?? []).filter((site) => site.unitId === unitId);
  return (
    <Select<string | null>
      id={id}
      disabled={readOnly}
      placeholder="选择站点"
      value={value ?? null}
      notFoundContent="这个单位没有主办的站点"
      options={own.map((site) => ({ value: site.id, label: site.name }))}
      onChange={(siteId) => {
        if (siteId !== null) onChange?.(siteId);
      }}
    />
  );
}
