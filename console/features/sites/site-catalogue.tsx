import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';

import { type Catalogue, type ResponsibilityEntry, sitesApi } from '../../../contracts/sites.ts';
import { addressOf } from '../../lib/client.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { CatalogueDifference } from './catalogue-difference.tsx';
import { CatalogueImport } from './catalogue-import.tsx';
import type { CatalogueState } from './catalogue-state.ts';
import { CatalogueTable } from './catalogue-table.tsx';
import { EntryForm } from './entry-form.tsx';

interface Props {
  readonly siteId: string;
  readonly state: CatalogueState;
  readonly onChange: (part: Omit<CatalogueState, 'site'>) => void;
}

/** The catalogue of one site on one day. */
export function SiteCatalogue({ siteId, state, onChange }: Props) {
  const client = useClient();
  const query = state.day === undefined ? {} : { day: state.day };
  const catalogue = useQuery(queryFor(client, sitesApi.getCatalogue, { params: { id: siteId }, query }));
  const today = dayText(new Date());
  const pick = (part: { readonly day?: string; readonly since?: string }): void => {
    const { day = '', since = '' } = { ...state, ...part };
    onChange({ ...(day === '' || day === today ? {} : { day }), ...(since === '' ? {} : { since }) });
  };
  return (
    <>
      <div className="filters no-print">
        <DayField
          label="哪一天的目录"
          day={state.day ?? today}
          onPick={(day) => {
            pick({ day });
          }}
        />
        <DayField
          label="与哪一天比较"
          day={state.since ?? ''}
          onPick={(since) => {
            pick({ since });
          }}
        />
      </div>
      <Loaded query={catalogue} rows={10}>
        {(loaded) =>
          state.since === undefined ? (
            <CatalogueView catalogue={loaded} query={query} />
          ) : (
            <CatalogueDifference later={loaded} since={state.since} />
          )
        }
      </Loaded>
    </>
  );
}

interface DayFieldProps {
  readonly label: string;
  readonly day: string;
  readonly onPick: (day: string) => void;
}

function DayField({ label, day, onPick }: DayFieldProps) {
  return (
    <label>
      {label}
      <Input
        type="date"
        max={dayText(new Date())}
        value={day}
        onChange={(event) => {
          onPick(event.target.value);
        }}
      />
    </label>
  );
}

interface ViewProps {
  readonly catalogue: Catalogue;
  readonly query: { readonly day?: string };
}

function CatalogueView({ catalogue, query }: ViewProps) {
  const { siteId, siteName, day, entries, editable, current } = catalogue;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [editing, setEditing] = useState<readonly ResponsibilityEntry[]>([]);
  const [onlyOpen, setOnlyOpen] = useState(false);
  const lacking = entries.filter(({ missing }) => missing.length > 0).length;
  const empty = entries.filter(({ state }) => state === 'empty').length;
  if (entries.length === 0) {
    return <EmptyState title="这一天的目录里没有与您有关的栏目" hint="可以换一个站点或日期。" />;
  }
  const needs = entries.filter(({ missing, state }) => missing.length > 0 || state === 'empty');
  const shown = onlyOpen ? needs : entries;
  return (
    <section aria-label="目录">
      <div className="catalogue-tools no-print">
        <p className="hint">
          {current ? '' : `${day}的目录，只能查看。`}共 {entries.length} 个栏目，{lacking} 个没有写全
          {current ? `，${String(empty)} 个是空白栏目` : ''}。
        </p>
        <Checkbox
          checked={onlyOpen}
          onChange={(event) => {
            setOnlyOpen(event.target.checked);
            // What is chosen is seen.
            setChosen([]);
          }}
        >
          只看没写全的和空白的
        </Checkbox>
        <span className="grow" />
        {editable && chosen.length > 0 ? (
          <Button
            type="primary"
            onClick={() => {
              setEditing(entries.filter(({ columnId }) => chosen.includes(columnId)));
            }}
          >
            批量修改 {chosen.length} 个
          </Button>
        ) : null}
        <a
          className="action-link"
          href={addressOf(sitesApi.downloadCatalogue.path, { params: { id: siteId }, query })}
          download
        >
          <Icon of={DownloadOutlined} /> 导出 xlsx
        </a>
        {editable ? <CatalogueImport siteId={siteId} /> : null}
        <Button
          icon={<Icon of={PrinterOutlined} />}
          onClick={() => {
            window.print();
          }}
        >
          打印
        </Button>
      </div>
      {shown.length === 0 ? (
        <EmptyState title="都写全了，也没有空白栏目" />
      ) : (
        <CatalogueTable
          title={`“${siteName}”栏目设置及内容保障责任目录`}
          day={day}
          entries={shown}
          chosen={chosen}
          onChoose={editable ? setChosen : undefined}
          onEdit={
            editable
              ? (entry) => {
                  setEditing([entry]);
                }
              : undefined
          }
        />
      )}
      {editing.length === 0 ? null : (
        <EntryForm
          siteId={siteId}
          entries={editing}
          onClose={() => {
            setEditing([]);
          }}
          onDone={() => {
            if (editing.length > 1) setChosen([]);
          }}
        />
      )}
    </section>
  );
}
