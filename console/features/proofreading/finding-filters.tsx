import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';

import { identityApi } from '../../../contracts/identity.ts';
import {
  type FindingState,
  findingStateNames,
  findingStates,
  type RuleCount,
} from '../../../contracts/proofreading.ts';
import { sitesApi } from '../../../contracts/sites.ts';
import { columnOptions } from '../../lib/column-options.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { ChoiceFilter, FilterForm, UnitFilter } from '../../ui/filters.tsx';
import type { FilterChange, FindingFilter } from './finding-filter.ts';
import { severityOptions } from './rule-set-form.tsx';

interface Props {
  readonly filter: FindingFilter;
  readonly counts: readonly RuleCount[];
  readonly change: FilterChange;
  readonly onClear: () => void;
}

const fiveMinutes = { staleTime: 300_000 };

/** Which findings are shown: how far they are, how severe, by which rule, of whom and where. */
export function FindingFilters({ filter, counts, change, onClear }: Props) {
  const client = useClient();
  const units = useQuery({ ...queryFor(client, identityApi.listUnits, {}), ...fiveMinutes });
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), ...fiveMinutes });
  const columns = useQuery({ ...queryFor(client, sitesApi.listColumns, { query: {} }), ...fiveMinutes });
  const known = sites.data ?? [];
  const ofSite = (columns.data ?? []).filter(
    ({ siteId }) => filter.site === undefined || siteId === filter.site,
  );
  return (
    <FilterForm label="筛选校核发现">
      <Segmented<FindingState>
        aria-label="处理情况"
        value={filter.state ?? 'open'}
        options={findingStates.map((value) => ({ value, label: findingStateNames[value] }))}
        onChange={(state) => {
          change({ state: state === 'open' ? undefined : state });
        }}
      />
      <ChoiceFilter
        label="级别"
        value={filter.severity}
        options={severityOptions}
        onChange={(severity) => {
          change({ severity });
        }}
      />
      <ChoiceFilter
        label="规则"
        value={filter.rule}
        options={counts.map(({ rule, ruleName }) => ({ value: rule, label: ruleName }))}
        searchable
        onChange={(rule) => {
          change({ rule });
        }}
      />
      <UnitFilter
        units={units.data ?? []}
        unitId={filter.unit}
        onChange={(unit) => {
          change({ unit });
        }}
      />
      {known.length > 1 ? (
        <ChoiceFilter
          label="网站"
          value={filter.site}
          options={known.map(({ id, shortName }) => ({ value: id, label: shortName }))}
          searchable
          onChange={(site) => {
            change({ site, column: undefined });
          }}
        />
      ) : null}
      <ChoiceFilter
        label="栏目"
        value={filter.column}
        options={columnOptions(ofSite, known)}
        searchable
        onChange={(column) => {
          change({ column });
        }}
      />
      {Object.keys(filter).some((key) => key !== 'state') ? (
        <Button type="link" onClick={onClear}>
          清除条件
        </Button>
      ) : null}
    </FilterForm>
  );
}
