import { UploadOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Input, Select, Table, Typography } from 'antd';
import { useRef, useState } from 'react';

import { publishingApi, type Redirect, type RedirectReport } from '../../../contracts/publishing.ts';
import { sitesApi } from '../../../contracts/sites.ts';
import { forget, pagesFor, queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';

type Refused = RedirectReport['refused'][number];

/** Old addresses of a site: what is known, and a list to bring in. */
export function RedirectCard() {
  const client = useClient();
  const { roles } = useSession();
  const sites = useQuery(queryFor(client, sitesApi.listSites, {}));
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  return (
    <Card title="旧网址跳转" className="card-gap">
      <Loaded query={sites} rows={2}>
        {(list) => {
          const siteId = chosen ?? list[0]?.id;
          return siteId === undefined ? (
            <EmptyState title="还没有站点" hint="先新增站点，再导入它的旧网址。" />
          ) : (
            <div className="stack">
              <Select
                aria-label="站点"
                value={siteId}
                options={list.map((site) => ({ value: site.id, label: site.name }))}
                onChange={setChosen}
              />
              {roles.includes('operator') ? <RedirectImport key={siteId} siteId={siteId} /> : null}
              <RedirectTable siteId={siteId} />
            </div>
          );
        }}
      </Loaded>
    </Card>
  );
}

function RedirectImport({ siteId }: { readonly siteId: string }) {
  const client = useClient();
  const queries = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [report, setReport] = useState<RedirectReport | null>(null);
  const bring = useAct<File, RedirectReport>({
    act: (file) => client.upload(publishingApi.importRedirects, { fields: { siteId }, file }),
    onDone: (done) => {
      setReport(done);
      return forget(queries, publishingApi.listRedirects);
    },
  });
  return (
    <div className="stack">
      <p className="hint">
        CSV、TSV 或 JSON Lines，每行“原地址, 新地址”，一次可导入十万行。原地址是本站路径（可带 ?
        参数），新地址是已有页面或政府网站网址。不合规的行会逐行说明原因，其余照常生效。
      </p>
      <input
        ref={picker}
        hidden
        type="file"
        aria-label="旧网址清单"
        accept=".csv,.tsv,.txt,.jsonl"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) bring.mutate(file);
        }}
      />
      <div>
        <Button
          icon={<Icon of={UploadOutlined} />}
          loading={bring.isPending}
          onClick={() => picker.current?.click()}
        >
          导入清单
        </Button>
      </div>
      {report === null ? null : <ImportReport report={report} />}
    </div>
  );
}

function ImportReport({ report }: { readonly report: RedirectReport }) {
  const { refused } = report;
  return (
    <>
      <Alert
        showIcon
        role="status"
        type={refused.length === 0 ? 'success' : 'warning'}
        title={`共 ${report.lines} 行：生效 ${report.kept} 条，原已存在 ${report.known} 条，缩短跳转 ${report.shortened} 条，未导入 ${refused.length} 行。`}
        action={
          refused.length === 0 ? undefined : (
            <a download="未导入的行.csv" href={addressOfRefused(refused)}>
              下载未导入的行
            </a>
          )
        }
      />
      {refused.length === 0 ? null : (
        <Table<Refused>
          size="small"
          rowKey={(row) => `${row.line} ${row.code}`}
          dataSource={[...refused]}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          columns={[
            { title: '行', dataIndex: 'line', width: 80 },
            { title: '原地址', dataIndex: 'from' },
            { title: '未导入的原因', dataIndex: 'reason' },
          ]}
        />
      )}
    </>
  );
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** With the mark by which spreadsheets know UTF-8. */
function addressOfRefused(refused: readonly Refused[]): string {
  const rows = refused.map(({ line, from, reason }) => `${line},${quoted(from)},${quoted(reason)}`);
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff行,原地址,原因\r\n${rows.join('\r\n')}\r\n`)}`;
}

function RedirectTable({ siteId }: { readonly siteId: string }) {
  const client = useClient();
  const [prefix, setPrefix] = useState('');
  const pages = useInfiniteQuery(
    pagesFor(client, publishingApi.listRedirects, { query: { siteId, prefix } }),
  );
  const rows: Redirect[] = (pages.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <div className="stack">
      <Input.Search
        allowClear
        enterButton="查找"
        aria-label="按原地址开头查找"
        placeholder="按原地址开头查找，如 /old/"
        onSearch={setPrefix}
      />
      <Loaded query={pages} rows={3}>
        {() => (
          <>
            <Table<Redirect>
              size="small"
              rowKey="from"
              dataSource={rows}
              pagination={false}
              locale={{ emptyText: <Typography.Text type="secondary">没有旧网址</Typography.Text> }}
              columns={[
                { title: '原地址', dataIndex: 'from' },
                { title: '跳转到', dataIndex: 'to' },
              ]}
            />
            <LoadMore query={pages} />
          </>
        )}
      </Loaded>
    </div>
  );
}
