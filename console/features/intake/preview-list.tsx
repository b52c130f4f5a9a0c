import { useQuery } from '@tanstack/react-query';
import { Alert, Collapse, Descriptions } from 'antd';

import { type Import, intakeApi, type PreviewItem, type RecordProblem } from '../../../contracts/intake.ts';
import { libraryApi, type ResourceType } from '../../../contracts/library.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { RichPreview } from '../../ui/rich-preview.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';

/** The first records as they would become, each to be opened. */
export function PreviewList({ item }: { readonly item: Import }) {
  const client = useClient();
  const options = queryFor(client, intakeApi.previewImport, { params: { id: item.id } });
  const preview = useQuery({ ...options, queryKey: [...options.queryKey, item.version] });
  const types = useQuery({ ...queryFor(client, libraryApi.listResourceTypes, {}), staleTime: 300_000 });
  const type = types.data?.find(({ key }) => key === item.type);
  return (
    <Loaded query={preview} rows={3}>
      {(records) =>
        records.length === 0 ? (
          <EmptyState title="没有可预览的内容" />
        ) : (
          <Collapse
            accordion
            defaultActiveKey={['0']}
            items={records.map((record, index) => ({
              key: String(index),
              label: (
                <span className="preview-label">
                  <strong>{record.content.title === '' ? '（没有标题）' : record.content.title}</strong>
                  <span className="hint"> {record.place}</span>
                  {record.problems.length > 0 ? <span className="problem-mark"> 不能导入</span> : null}
                </span>
              ),
              children: <Record record={record} type={type} />,
            }))}
          />
        )
      }
    </Loaded>
  );
}

export function ProblemList({ problems }: { readonly problems: readonly RecordProblem[] }) {
  const [first, ...others] = problems;
  if (first !== undefined && others.length === 0) return <>{first.message}</>;
  return (
    <ul className="plain-list">
      {problems.map(({ code, field, message }, index) => (
        <li key={`${code} ${field ?? ''} ${index}`}>{message}</li>
      ))}
    </ul>
  );
}

function Record({ record, type }: { readonly record: PreviewItem; readonly type: ResourceType | undefined }) {
  const values = record.content as unknown as Readonly<{ [key: string]: unknown }>;
  const fields = (type?.fields ?? []).filter(
    ({ key, kind }) => kind !== 'rich-text' && key !== 'title' && values[key] !== undefined,
  );
  return (
    <div className="stack">
      {record.problems.length === 0 ? null : (
        <Alert type="error" showIcon title={<ProblemList problems={record.problems} />} />
      )}
      {record.warnings.length === 0 ? null : (
        <Alert type="warning" showIcon title={<ProblemList problems={record.warnings} />} />
      )}
      {fields.length === 0 ? null : (
        <Descriptions
          size="small"
          column={{ xs: 1, md: 2 }}
          items={fields.map(({ key, name }) => ({ key, label: name, children: textOf(values[key]) }))}
        />
      )}
      {record.content.body === undefined ? null : <RichPreview document={record.content.body} />}
    </div>
  );
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string').join('、');
  return typeof value === 'string' ? value : '';
}
