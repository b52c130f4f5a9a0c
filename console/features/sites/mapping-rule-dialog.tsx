import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';

import { identityApi } from '../../../contracts/identity.ts';
import { type ResourceTypeKey } from '../../../contracts/library.ts';
import {
  type Column,
  type MappingConditions,
  type MappingMode,
  mappingModeNames,
  mappingModes,
  type MappingPreview,
  type MappingRule,
  sitesApi,
} from '../../../contracts/sites.ts';
import { type UnitKind, unitKindNames } from '../../../contracts/unit-kind.ts';
import { referenceTo, type TermReference } from '../../../contracts/vocabulary.ts';
import { columnOptions } from '../../lib/column-options.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { unitOptions } from '../../lib/unit-tree.ts';
import { useTerms } from '../../lib/use-terms.ts';
import { useTypes } from '../../lib/use-types.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly column: Column;
  /** The rule to change; absent to add one. */
  readonly rule?: MappingRule;
  readonly onClose: () => void;
}

type SourceKind = 'column' | 'unit' | 'kind';

interface Fields {
  readonly source: SourceKind;
  readonly sourceColumnId?: string;
  readonly unitId?: string;
  readonly unitKind?: UnitKind;
  readonly types: ResourceTypeKey[];
  readonly term?: TermReference;
  readonly keyword?: string;
  readonly mode: MappingMode;
}

function conditionsOf(fields: Fields): MappingConditions {
  const { source, types, term, mode } = fields;
  const keyword = fields.keyword?.trim() ?? '';
  return {
    ...{ mode, types, term: term ?? null },
    sourceColumnId: source === 'column' ? (fields.sourceColumnId ?? null) : null,
    unitId: source === 'unit' ? (fields.unitId ?? null) : null,
    unitKind: source === 'kind' ? (fields.unitKind ?? null) : null,
    keyword: keyword === '' ? null : keyword,
  };
}

function fieldsOf(rule: MappingRule | undefined): Partial<Fields> {
  if (!rule) return { source: 'column', types: [], mode: 'automatic' };
  const { sourceColumnId, unitId, unitKind, types, term, keyword, mode } = rule;
  return {
    ...{ types, mode },
    source: sourceColumnId !== null ? 'column' : unitId !== null ? 'unit' : 'kind',
    ...(sourceColumnId === null ? {} : { sourceColumnId }),
    ...(unitId === null ? {} : { unitId }),
    ...(unitKind === null ? {} : { unitKind }),
    ...(term === null ? {} : { term }),
    ...(keyword === null ? {} : { keyword }),
  };
}

/** From where, of what, and whether somebody is asked: with a look at what it would show. */
export function MappingRuleDialog({ column, rule, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const [preview, setPreview] = useState<MappingPreview | null>(null);
  const save = useAct<Fields, MappingRule>({
    act: (fields) =>
      rule === undefined
        ? client.call(sitesApi.createMappingRule, { body: { columnId: column.id, ...conditionsOf(fields) } })
        : client.call(sitesApi.changeMappingRule, {
            params: { id: rule.id },
            body: { expectedVersion: rule.version, ...conditionsOf(fields) },
          }),
    done: '规则已保存，已发布的信息正在核对',
    onDone: async () => {
      await forget(queries, sitesApi.getColumnWays);
      onClose();
    },
  });
  const look = useAct<Fields, MappingPreview>({
    act: (fields) =>
      client.call(sitesApi.previewMappingRule, { body: { columnId: column.id, ...conditionsOf(fields) } }),
    onDone: setPreview,
  });
  return (
    <FormDialog<Fields>
      open
      title={rule === undefined ? `新增映射规则：${column.name}` : `修改映射规则：${column.name}`}
      width={640}
      form={form}
      initialValues={fieldsOf(rule)}
      act={save}
      onClose={onClose}
      below={
        <div className="stack" aria-live="polite">
          <Button
            loading={look.isPending}
            onClick={() => {
              void form.validateFields().then((fields) => {
                look.mutate(fields);
              });
            }}
          >
            预览：现在会显示什么
          </Button>
          {preview === null ? null : <Found preview={preview} />}
        </div>
      }
    >
      <SourceFields />
      <ConditionFields />
      <Form.Item name="mode" label="找到后">
        <Radio.Group options={mappingModes.map((mode) => ({ value: mode, label: mappingModeNames[mode] }))} />
      </Form.Item>
    </FormDialog>
  );
}

const required = [{ required: true, message: '请选择' }];

function SourceFields() {
  const client = useClient();
  const source = Form.useWatch<SourceKind | undefined>('source') ?? 'column';
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), staleTime: 60_000 });
  const columns = useQuery({ ...queryFor(client, sitesApi.listColumns, { query: {} }), staleTime: 60_000 });
  const units = useQuery({ ...queryFor(client, identityApi.listUnits, {}), staleTime: 300_000 });
  return (
    <>
      <Form.Item name="source" label="来源">
        <Radio.Group
          options={[
            { value: 'column', label: '一个栏目' },
            { value: 'unit', label: '一个单位的全部栏目' },
            { value: 'kind', label: '一类单位的全部栏目' },
          ]}
        />
      </Form.Item>
      {source === 'column' ? (
        <Form.Item name="sourceColumnId" label="来源栏目" rules={required}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={columnOptions(
              (columns.data ?? []).filter((one) => one.kind !== 'channel'),
              sites.data ?? [],
            )}
          />
        </Form.Item>
      ) : null}
      {source === 'unit' ? (
        <Form.Item name="unitId" label="来源单位" rules={required}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={unitOptions(units.data ?? [])} />
        </Form.Item>
      ) : null}
      {source === 'kind' ? (
        <Form.Item name="unitKind" label="来源单位的类别" rules={required}>
          <Select options={Object.entries(unitKindNames).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
      ) : null}
    </>
  );
}

function ConditionFields() {
  const types = useTypes();
  const topics = useTerms('topic');
  return (
    <>
      <Form.Item name="types" label="类型" extra="不选为全部类型。">
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={types
            .filter(({ key }) => key !== 'home')
            .map(({ key, name }) => ({ value: key, label: name }))}
        />
      </Form.Item>
      <div className="columns-2">
        <Form.Item name="term" label="主题分类" extra="含下级分类；不选为全部。">
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={topics.map((term) => ({
              value: referenceTo(term.vocabulary, term.code),
              label: term.label,
            }))}
          />
        </Form.Item>
        <Form.Item
          name="keyword"
          label="标题中的词"
          extra="不填为全部。"
          rules={[{ min: 2, message: '至少两个字' }]}
        >
          <Input maxLength={50} />
        </Form.Item>
      </div>
    </>
  );
}

function Found({ preview }: { readonly preview: MappingPreview }) {
  const { looked, complete, found, already, first } = preview;
  return (
    <>
      <p role="status">
        {complete ? `来源现有 ${looked} 条` : `来源最新的 ${looked} 条`}中，符合条件的 {found} 条
        {already === 0 ? '' : `，其中 ${already} 条已在栏目中`}。
      </p>
      <ul className="plain-list">
        {first.map(({ resourceId, title, unitName, publishedAt }) => (
          <li key={resourceId}>
            {title}
            <span className="hint">
              {' '}
              {unitName} · {minuteText(publishedAt)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
