import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';

import { type Site, type SiteState, siteStateNames, siteStates, sitesApi } from '../../../contracts/sites.ts';
import { queryFor } from '../../lib/queries.ts';
import { compact } from '../../lib/search-text.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { ChoiceFilter, FilterForm } from '../../ui/filters.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { SiteDrawer } from './site-drawer.tsx';
import { StateTag } from './site-state.tsx';
import { findSites } from './site-words.ts';

export interface SitesAddress {
  /** An id, or `new`. */
  readonly site?: string;
  readonly state?: SiteState;
}

interface Props {
  readonly address: SitesAddress;
  readonly onChange: (address: SitesAddress) => void;
  readonly onColumns: (siteId: string) => void;
  readonly onHome: (resourceId: string) => void;
  /** Stands above the list. */
  readonly top?: ReactNode;
}

/** Every site of the district, how far it is, and what it still lacks. */
export function SitesPage({ address, onChange, onColumns, onHome, top }: Props) {
  const client = useClient();
  const { roles } = useSession();
  const [words, setWords] = useState('');
  const sites = useQuery(queryFor(client, sitesApi.listSites, {}));
  const choose = (site: string | undefined): void => {
    onChange(compact<SitesAddress>({ state: address.state, site }));
  };
  const open = (
    <Button
      type="primary"
      icon={<Icon of={PlusOutlined} />}
      onClick={() => {
        choose('new');
      }}
    >
      新增站点
    </Button>
  );
  const mayOpen = roles.includes('operator');
  return (
    <Page title="站点" wide actions={mayOpen ? open : undefined}>
      {top}
      <Loaded query={sites}>
        {(list) => (
          <>
            {list.length === 0 ? (
              <EmptyState
                title="还没有站点"
                hint="先新增门户网站，再为部门和街道新增站点；每个站点都从筹备开始，通过安全检测后上线。"
                action={mayOpen ? open : undefined}
              />
            ) : (
              <>
                <SiteFilters
                  words={words}
                  state={address.state}
                  onWords={setWords}
                  onState={(state) => {
                    onChange(compact<SitesAddress>({ site: address.site, state }));
                  }}
                />
                <SiteTable
                  all={list}
                  shown={findSites(list, { words, state: address.state })}
                  onChoose={choose}
                />
              </>
            )}
            <SiteDrawer
              sites={list}
              chosen={address.site}
              onChoose={choose}
              onColumns={onColumns}
              onHome={onHome}
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface FilterProps {
  readonly words: string;
  readonly state: SiteState | undefined;
  readonly onWords: (words: string) => void;
  readonly onState: (state: SiteState | undefined) => void;
}

function SiteFilters({ words, state, onWords, onState }: FilterProps) {
  return (
    <FilterForm label="筛选站点">
      <label className="filter-words">
        查找
        <Input
          allowClear
          prefix={<Icon of={SearchOutlined} />}
          placeholder="名称、主办单位、域名或标识码"
          value={words}
          maxLength={40}
          onChange={(event) => {
            onWords(event.target.value);
          }}
        />
      </label>
      <ChoiceFilter
        label="状态"
        value={state}
        options={siteStates.map((value) => ({ value, label: siteStateNames[value] }))}
        onChange={onState}
      />
    </FilterForm>
  );
}

interface TableProps {
  readonly all: readonly Site[];
  readonly shown: readonly Site[];
  readonly onChoose: (site: string) => void;
}

function SiteTable({ all, shown, onChoose }: TableProps) {
  const online = all.filter(({ state }) => state === 'online').length;
  return (
    <>
      <p className="hint" role="status">
        共 {all.length} 个站点，{online} 个上线
        {shown.length === all.length ? '' : `；符合条件的 ${shown.length} 个`}
      </p>
      {shown.length === 0 ? (
        <EmptyState title="没有符合条件的站点" hint="换一个词，或把状态改为全部。" />
      ) : (
        <table className="list-table">
          <caption className="visually-hidden">站点</caption>
          <thead>
            <tr>
              <th scope="col">站点</th>
              <th scope="col">状态</th>
              <th scope="col">主域名</th>
              <th scope="col">标识码</th>
              <th scope="col">备案</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((site) => (
              <SiteRow key={site.id} site={site} onChoose={onChoose} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function SiteRow({ site, onChoose }: { readonly site: Site; readonly onChoose: (site: string) => void }) {
  const [main, ...others] = site.domains;
  const isReachable = site.state !== 'preparing' && main !== undefined;
  return (
    <tr>
      <td data-label="站点" className="cell-title">
        <div className="site-name">
          <span className="site-colour" style={{ background: site.theme.primary }} aria-hidden="true" />
          <div>
            <button
              type="button"
              className="link-button row-title"
              onClick={() => {
                onChoose(site.id);
              }}
            >
              {site.name}
            </button>
            {site.isPortal ? <span className="badge">门户</span> : null}
            <span className="hint">主办单位：{site.organiser}</span>
          </div>
        </div>
      </td>
      <td data-label="状态">
        <StateTag state={site.state} />
        {site.missing.length > 0 && site.state !== 'closed' ? (
          <span className="hint">上线前还缺 {site.missing.length} 项</span>
        ) : null}
      </td>
      <td data-label="主域名" className="cell-domain">
        {isReachable ? (
          <a href={site.homeUrl} target="_blank" rel="noreferrer">
            {main}
            <span className="visually-hidden">（在新窗口打开）</span>
          </a>
        ) : (
          (main ?? '—')
        )}
        {others.length > 0 ? <span className="hint">另有 {others.join('、')}</span> : null}
      </td>
      <td data-label="标识码" className="cell-time">
        {site.identityCode || '—'}
      </td>
      <td data-label="备案">
        {site.icpNumber || '—'}
        {site.policeNumber === '' ? null : <span className="hint">{site.policeNumber}</span>}
      </td>
    </tr>
  );
}
