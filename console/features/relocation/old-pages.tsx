import { useInfiniteQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';

import {
  type OldPage,
  pageKinds,
  type PageKind,
  type Relocation,
  relocationApi,
} from '../../../contracts/relocation.ts';
import { pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { kindNames } from './relocation-words.ts';

/** What was found on the old site, page by page: above all what could not come in. */
export function OldPages({ project }: { readonly project: Relocation }) {
  const client = useClient();
  const [kind, setKind] = useState<PageKind | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(
    project.figures.problems.length > 0 ? 'any' : undefined,
  );
  const query = { ...(kind === undefined ? {} : { kind }), ...(problem === undefined ? {} : { problem }) };
  const pages = useInfiniteQuery(
    pagesFor(client, relocationApi.listPages, { params: { id: project.id }, query }),
  );
  const rows: OldPage[] = (pages.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <div className="stack">
      <div className="filters">
        <label>
          种类
          <Select<PageKind>
            allowClear
            placeholder="全部"
            value={kind ?? null}
            options={pageKinds.map((value) => ({ value, label: kindNames[value] }))}
            onChange={(value: PageKind | undefined) => {
              setKind(value);
            }}
          />
        </label>
        <label className="filter-words">
          问题
          <Select<string>
            allowClear
            placeholder="全部页面"
            value={problem ?? null}
            options={[
              { value: 'any', label: '所有问题' },
              ...project.figures.problems.map(({ code, text, pages: count }) => ({
                value: code,
                label: `${text}（${String(count)}）`,
              })),
            ]}
            onChange={(value: string | undefined) => {
              setProblem(value);
            }}
          />
        </label>
      </div>
      <Loaded query={pages}>
        {() =>
          rows.length === 0 ? (
            <EmptyState
              title="没有这样的页面"
              hint={problem === undefined ? '先采集样例或试运行。' : '没有发现问题。'}
            />
          ) : (
            <>
              <table className="list-table">
                <caption className="visually-hidden">旧站页面</caption>
                <thead>
                  <tr>
                    <th scope="col">旧网址</th>
                    <th scope="col">种类</th>
                    <th scope="col">日期</th>
                    <th scope="col">结果</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.id}>
                      <td data-label="旧网址" className="cell-title">
                        {row.title ?? row.address}
                        {row.title === null ? null : (
                          <span className="hint relocation-address">{row.address}</span>
                        )}
                      </td>
                      <td data-label="种类">{row.kind === null ? '—' : kindNames[row.kind]}</td>
                      <td data-label="日期">{row.producedOn ?? '—'}</td>
                      <td data-label="结果">
                        <PageOutcome row={row} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <LoadMore query={pages} />
            </>
          )
        }
      </Loaded>
    </div>
  );
}

function PageOutcome({ row }: { readonly row: OldPage }) {
  if (row.problemText !== null) return <span className="relocation-trouble">{row.problemText}</span>;
  if (row.target !== null) return <span className="relocation-address">→ {row.target}</span>;
  return <>{row.kind === null ? '待读取' : '已读取'}</>;
}
