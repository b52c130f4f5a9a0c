import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';

import { type Relocation, relocationApi, type RelocationMapping } from '../../../contracts/relocation.ts';
import { type Column, sitesApi } from '../../../contracts/sites.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useDeed } from '../../ui/use-act.ts';

const left = 'left';

function optionsOf(columns: readonly Column[]): { value: string; label: string }[] {
  const nameOf = (column: Column): string => {
    const parent = columns.find(({ id }) => id === column.parentId);
    return parent ? `${nameOf(parent)} / ${column.name}` : column.name;
  };
  return columns
    .filter(({ closed, kind }) => !closed && kind !== 'channel')
    .map((column) => ({ value: column.id, label: nameOf(column) }));
}

/** Which column of the new site takes the articles of which old one. */
export function ColumnMapping({ project }: { readonly project: Relocation }) {
  const client = useClient();
  const queries = useQueryClient();
  const columns = useQuery(queryFor(client, sitesApi.listColumns, { query: { siteId: project.siteId } }));
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(
    () =>
      new Map(
        project.columns.flatMap(({ key, decided, columnId }) => (decided ? [[key, columnId ?? left]] : [])),
      ),
  );
  const [fallback, setFallback] = useState<string | null>(project.defaultColumnId);
  const save = useDeed<Relocation>({
    act: () => {
      const mappings: RelocationMapping[] = [...chosen].map(([key, to]) => ({
        key,
        columnId: to === left ? null : to,
      }));
      return client.call(relocationApi.changeProject, {
        params: { id: project.id },
        body: { expectedVersion: project.version, mappings, defaultColumnId: fallback },
      });
    },
    done: '栏目对应已保存',
    onDone: () => forget(queries, relocationApi.getProject),
  });
  if (project.columns.length === 0)
    return (
      <EmptyState title="还不知道旧站有哪些栏目" hint="先试运行一次，这里会列出找到的原栏目和文章数。" />
    );
  return (
    <Loaded query={columns}>
      {(list) => {
        const options = optionsOf(list);
        return (
          <div className="stack">
            <p className="hint">
              选好每个原栏目的文章放进哪个新栏目；原列表页也会跳转到那里。选“不迁移”的文章留在旧站。
            </p>
            <table className="list-table">
              <caption className="visually-hidden">栏目对应</caption>
              <thead>
                <tr>
                  <th scope="col">原栏目</th>
                  <th scope="col">文章</th>
                  <th scope="col">新栏目</th>
                </tr>
              </thead>
              <tbody>
                {project.columns.map(({ key, name, articles }) => (
                  <tr key={key}>
                    <td data-label="原栏目" className="cell-title">
                      {name}
                      {name === key ? null : <span className="hint">{key}</span>}
                    </td>
                    <td data-label="文章">{articles}</td>
                    <td data-label="新栏目">
                      <Select<string>
                        allowClear
                        aria-label={`${name}的新栏目`}
                        className="relocation-column"
                        placeholder="未定"
                        showSearch={{ optionFilterProp: 'label' }}
                        value={chosen.get(key) ?? null}
                        options={[{ value: left, label: '不迁移' }, ...options]}
                        onChange={(value: string | undefined) => {
                          const next = new Map(chosen);
                          if (value === undefined) next.delete(key);
                          else next.set(key, value);
                          setChosen(next);
                        }}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            <label className="relocation-fallback">
              未定的原栏目都放进
              <Select<string>
                allowClear
                aria-label="未定的原栏目都放进"
                className="relocation-column"
                placeholder="不导入"
                showSearch={{ optionFilterProp: 'label' }}
                value={fallback}
                options={options}
                onChange={(value: string | undefined) => {
                  setFallback(value ?? null);
                }}
              />
            </label>
            <div>
              <Button
                type="primary"
                disabled={project.state === 'running'}
                loading={save.isPending}
                onClick={() => {
                  save.mutate();
                }}
              >
                保存栏目对应
              </Button>
            </div>
          </div>
        );
      }}
    </Loaded>
  );
}
