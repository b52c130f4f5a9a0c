import { useQuery } from '@tanstack/react-query';
import { Segmented, Select } from 'antd';

import { sitesApi } from '../../../contracts/sites.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import type { CatalogueState } from './catalogue-state.ts';
import { SiteCatalogue } from './site-catalogue.tsx';
import { UpdateCalendar } from './update-calendar.tsx';
import { WarningSettings } from './warning-settings.tsx';

interface Props {
  readonly state: CatalogueState;
  readonly onChange: (state: CatalogueState) => void;
}

/** Who keeps which column filled, how and how often, and whether they do. */
export function CataloguePage({ state, onChange }: Props) {
  const client = useClient();
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), staleTime: 60_000 });
  return (
    <Page
      title="保障责任目录"
      subtitle="每个栏目由谁保障、多久更新一次、发布什么、用什么方式供稿。"
      actions={<WarningSettings />}
      wide
    >
      <Loaded query={sites}>
        {(list) => {
          const site =
            list.find(({ id }) => id === state.site) ?? list.find(({ isPortal }) => isPortal) ?? list[0];
          if (site === undefined)
            return <EmptyState title="没有您可以看到的站点" hint="站点由运维人员开设。" />;
          return (
            <>
              <div className="filters no-print">
                <label htmlFor="catalogue-site">
                  站点
                  <Select
                    id="catalogue-site"
                    showSearch={{ optionFilterProp: 'label' }}
                    value={site.id}
                    options={list.map(({ id, name }) => ({ value: id, label: name }))}
                    popupMatchSelectWidth={false}
                    onChange={(id) => {
                      onChange({ ...state, site: id });
                    }}
                  />
                </label>
                <Segmented<'table' | 'calendar'>
                  aria-label="显示什么"
                  value={state.view ?? 'table'}
                  options={[
                    { value: 'table', label: '目录' },
                    { value: 'calendar', label: '更新日历' },
                  ]}
                  onChange={(view) => {
                    onChange({ site: site.id, ...(view === 'calendar' ? { view } : {}) });
                  }}
                />
              </div>
              {state.view === 'calendar' ? (
                <UpdateCalendar
                  key={site.id}
                  siteId={site.id}
                  year={state.year}
                  onYear={(year) => {
                    onChange({ ...state, site: site.id, year });
                  }}
                />
              ) : (
                <SiteCatalogue
                  key={site.id}
                  siteId={site.id}
                  state={state}
                  onChange={(part) => {
                    onChange({ site: site.id, ...part });
                  }}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
