import { useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';

import { type Import, intakeApi, type Mapping } from '../../../contracts/intake.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useDeed } from '../../ui/use-act.ts';

interface Props {
  readonly item: Import;
  readonly onSaved: (item: Import) => void;
}

const sourcesFor = (mapping: Mapping, target: string): string[] =>
  mapping.filter((one) => one.target === target).map(({ source }) => source);

/** Which column of the file is which field. Beside each choice stands what the column holds. */
export function MappingForm({ item, onSaved }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [mapping, setMapping] = useState<Mapping>(item.mapping);
  const isChanged = JSON.stringify(mapping) !== JSON.stringify(item.mapping);
  const mayChange = item.actions.includes('map');
  const save = useDeed<Import>({
    act: () =>
      client.call(intakeApi.mapImport, {
        params: { id: item.id },
        body: { expectedVersion: item.version, mapping },
      }),
    done: '对应关系已保存',
    onDone: (saved) => {
      onSaved(saved);
      return forget(queries, intakeApi.previewImport);
    },
  });
  const examples = new Map(item.examples.map(({ source, values }) => [source, values]));
  const options = item.sources.map((source) => ({ value: source, label: source }));
  const choose = (target: string, sources: readonly string[]): void => {
    setMapping([
      ...mapping.filter((one) => one.target !== target),
      ...sources.map((source) => ({ target, source })),
    ]);
  };
  return (
    <>
      <table className="mapping-table">
        <thead>
          <tr>
            <th scope="col">字段</th>
            <th scope="col">文件里的列</th>
            <th scope="col">文件里的内容</th>
          </tr>
        </thead>
        <tbody>
          {item.targets.map(({ key, name, required, help }) => {
            const chosen = sourcesFor(mapping, key);
            return (
              <tr key={key}>
                <th scope="row">
                  <label htmlFor={`target-${key}`}>{name}</label>
                  {required ? <span className="problem-mark">（必需）</span> : null}
                  {help === null ? null : <span className="hint">{help}</span>}
                </th>
                <td>
                  {key === 'body' ? (
                    <Select<string[]>
                      id={`target-${key}`}
                      mode="multiple"
                      value={chosen}
                      disabled={!mayChange}
                      placeholder="不导入"
                      popupMatchSelectWidth={false}
                      options={options}
                      onChange={(sources) => {
                        choose(key, sources);
                      }}
                    />
                  ) : (
                    <Select<string>
                      id={`target-${key}`}
                      value={chosen[0] ?? null}
                      allowClear
                      showSearch
                      disabled={!mayChange}
                      placeholder="不导入"
                      popupMatchSelectWidth={false}
                      options={options}
                      onChange={(source: string | undefined) => {
                        choose(key, source === undefined ? [] : [source]);
                      }}
                    />
                  )}
                </td>
                <td className="mapping-example">
                  {chosen
                    .flatMap((source) => examples.get(source) ?? [])
                    .slice(0, 2)
                    .join(' ／ ')}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {mayChange ? (
        <div className="row import-acts">
          <Button
            type={isChanged ? 'primary' : 'default'}
            disabled={!isChanged}
            loading={save.isPending}
            onClick={() => {
              save.mutate();
            }}
          >
            保存对应关系
          </Button>
          {isChanged ? <span className="hint">保存后，预览和试运行按新的对应关系进行。</span> : null}
        </div>
      ) : null}
    </>
  );
}
