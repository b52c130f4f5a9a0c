import { SafetyOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { useState } from 'react';

import { auditApi, type AuditEntry, type ChainReport } from '../../../contracts/audit.ts';
import { pagesFor } from '../../lib/queries.ts';
import { compact } from '../../lib/search-text.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { ChoiceFilter, FilterForm } from '../../ui/filters.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useDeed } from '../../ui/use-act.ts';
import { actionName, objectKindNames, objectName, resultNames } from './audit-words.ts';
import { type AuditFilter, auditQuery, auditResults } from './audit-filter.ts';

interface Props {
  readonly filter: AuditFilter;
  readonly onChange: (filter: AuditFilter) => void;
}

export function AuditPage({ filter, onChange }: Props) {
  const client = useClient();
  const entries = useInfiniteQuery(pagesFor(client, auditApi.listEntries, { query: auditQuery(filter) }));
  const verify = useDeed<ChainReport>({ act: () => client.call(auditApi.verifyChain) });
  return (
    <Page
      title="审计"
      subtitle="每一次操作和每一次拒绝，按先后相连，不能修改。"
      actions={
        <Button
          icon={<Icon of={SafetyOutlined} />}
          loading={verify.isPending}
          onClick={() => {
            verify.mutate();
          }}
        >
          校验记录完整性
        </Button>
      }
    >
      {verify.data === undefined ? null : <Report report={verify.data} />}
      <Filters filter={filter} onChange={onChange} />
      <Loaded query={entries} rows={12}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return <EmptyState title="没有符合条件的记录" hint="放宽时间或去掉条件再看。" />;
          return (
            <>
              <EntryTable items={items} />
              <LoadMore query={entries} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Report({ report }: { readonly report: ChainReport }) {
  if (report.intact) {
    return (
      <Alert
        type="success"
        showIcon
        role="status"
        className="form-alert"
        title={`记录完整：共校验 ${report.entries} 条，环环相扣，没有改动。`}
      />
    );
  }
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      className="form-alert"
      title={`记录不完整：在第 ${report.brokenAt ?? '?'} 条断开。`}
      description={`${report.reason ?? ''} 请立即保全数据库并报告安全负责人。`}
    />
  );
}

function Filters({ filter, onChange }: Props) {
  const change = (part: { readonly [K in keyof AuditFilter]?: AuditFilter[K] | undefined }): void => {
    onChange(compact<AuditFilter>({ ...filter, ...part }));
  };
  return (
    <FilterForm label="筛选审计记录">
      <ChoiceFilter
        label="结果"
        value={filter.result}
        options={auditResults.map((value) => ({ value, label: resultNames[value] }))}
        onChange={(chosen) => {
          change({ result: chosen });
        }}
      />
      <ChoiceFilter
        label="对象"
        value={filter.objectKind}
        options={Object.entries(objectKindNames).map(([value, label]) => ({ value, label }))}
        onChange={(chosen) => {
          change({ objectKind: chosen });
        }}
      />
      <LineFilter
        label="对象编号"
        value={filter.objectId ?? ''}
        onChange={(objectId) => {
          change({ objectId });
        }}
      />
      <LineFilter
        label="操作人编号"
        value={filter.actorId ?? ''}
        onChange={(actorId) => {
          change({ actorId });
        }}
      />
      <label>
        从
        <Input
          type="date"
          value={filter.from ?? ''}
          onChange={(event) => {
            change({ from: event.target.value || undefined });
          }}
        />
      </label>
      <label>
        到
        <Input
          type="date"
          value={filter.to ?? ''}
          onChange={(event) => {
            change({ to: event.target.value || undefined });
          }}
        />
      </label>
      {Object.keys(filter).length === 0 ? null : (
        <Button
          type="link"
          onClick={() => {
            onChange({});
          }}
        >
          清除条件
        </Button>
      )}
    </FilterForm>
  );
}

interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string | undefined) => void;
}

function LineFilter({ label, value, onChange }: LineProps) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    setText(value);
  }
  const commit = (): void => {
    if (text.trim() !== value) onChange(text.trim() === '' ? undefined : text.trim());
  };
  return (
    <label>
      {label}
      <Input
        maxLength={40}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onPressEnter={commit}
        onBlur={commit}
      />
    </label>
  );
}

function EntryTable({ items }: { readonly items: readonly AuditEntry[] }) {
  return (
    <table className="list-table">
      <caption className="visually-hidden">审计记录</caption>
      <thead>
        <tr>
          <th scope="col">序号</th>
          <th scope="col">时间</th>
          <th scope="col">操作人</th>
          <th scope="col">操作</th>
          <th scope="col">对象</th>
          <th scope="col">结果</th>
          <th scope="col">来自</th>
        </tr>
      </thead>
      <tbody>
        {items.map((entry) => (
          <tr key={entry.seq}>
            <td data-label="序号">{entry.seq}</td>
            <td data-label="时间" className="cell-time">
              {minuteText(entry.at)}
            </td>
            <td data-label="操作人">{entry.actorName}</td>
            <td data-label="操作">{actionName(entry.action)}</td>
            <td data-label="对象">{objectName(entry.objectKind, entry.objectId)}</td>
            <td data-label="结果">
              <span className={`result result-${entry.result}`}>{resultNames[entry.result]}</span>
            </td>
            <td data-label="来自">{entry.address ?? '系统'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
