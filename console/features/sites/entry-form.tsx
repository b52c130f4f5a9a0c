import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';

import {
  type Catalogue,
  type EntryChange,
  keepingWayNames,
  keepingWays,
  type ResponsibilityEntry,
  sitesApi,
} from '../../../contracts/sites.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';
import { entryFields, type EntryField } from './catalogue-words.ts';
import { changeOf, type EntryFormFields, fieldsOf } from './entry-fields.ts';

interface Props {
  readonly siteId: string;
  /** As they were read when the form was opened: one, or several that are to say the same. */
  readonly entries: readonly ResponsibilityEntry[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** What one entry says, or what several are to say alike: of those only what is ticked is changed. */
export function EntryForm({ siteId, entries, onDone, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<EntryFormFields>();
  const [only] = entries.length === 1 ? entries : [];
  const [ticked, setTicked] = useState<readonly EntryField[]>([]);
  const shown = only === undefined ? ticked : entryFields.map(([field]) => field);
  const initial = fieldsOf(only);
  const save = useAct<EntryFormFields, Catalogue>({
    act: (fields) => {
      const change: EntryChange = changeOf(
        { ...initial, ...fields },
        only === undefined ? undefined : initial,
        shown,
      );
      return client.call(sitesApi.changeCatalogue, {
        params: { id: siteId },
        body: {
          entries: entries.map(({ columnId, version }) => ({ columnId, expectedVersion: version })),
          change,
        },
      });
    },
    done: '目录已修改',
    onDone: async () => {
      await forget(queries, sitesApi.getCatalogue, sitesApi.listColumns);
      onDone();
      onClose();
    },
  });
  return (
    <FormDialog<EntryFormFields>
      open
      title={only === undefined ? `批量修改 ${String(entries.length)} 个栏目` : only.levels.join(' / ')}
      width={640}
      form={form}
      initialValues={initial}
      isReady={shown.length > 0}
      act={save}
      onClose={onClose}
      above={only === undefined ? <Ticks ticked={ticked} onTick={setTicked} /> : undefined}
    >
      <Fields siteId={siteId} shown={shown} />
    </FormDialog>
  );
}

interface TicksProps {
  readonly ticked: readonly EntryField[];
  readonly onTick: (fields: readonly EntryField[]) => void;
}

function Ticks({ ticked, onTick }: TicksProps) {
  return (
    <div className="catalogue-ticks">
      <p className="hint">勾选要统一修改的内容，没有勾选的不变。</p>
      <Checkbox.Group
        value={[...ticked]}
        options={entryFields.map(([value, label]) => ({ value, label }))}
        onChange={onTick}
      />
    </div>
  );
}

interface FieldsProps {
  readonly siteId: string;
  readonly shown: readonly EntryField[];
}

function Fields({ siteId, shown }: FieldsProps) {
  const client = useClient();
  const choices = useQuery({
    ...queryFor(client, sitesApi.getCatalogueChoices, { params: { id: siteId } }),
    staleTime: 300_000,
  });
  const has = (field: EntryField): boolean => shown.includes(field);
  const people = (choices.data?.people ?? []).map(({ id, name, unitName }) => ({
    value: id,
    label: `${name}（${unitName}）`,
  }));
  const named = (list: readonly { readonly id: string; readonly name: string }[] = []) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  const search = { showSearch: { optionFilterProp: 'label' }, loading: choices.isPending } as const;
  return (
    <>
      {has('unit') ? (
        <Form.Item name="unitId" label="责任单位" rules={[{ required: true, message: '请选择责任单位' }]}>
          <Select {...search} options={named(choices.data?.units)} />
        </Form.Item>
      ) : null}
      <div className="columns-2">
        {has('responsible') ? (
          <Form.Item name="responsibleId" label="责任人" extra="责任单位的负责同志。">
            <Select {...search} allowClear options={people} />
          </Form.Item>
        ) : null}
        {has('contact') ? (
          <Form.Item name="contactId" label="联络员" extra="具体更新的同志，快到期时先提醒。">
            <Select {...search} allowClear options={people} />
          </Form.Item>
        ) : null}
      </div>
      {has('rule') ? <RuleFields /> : null}
      {has('requirement') ? (
        <Form.Item name="requirement" label="内容要求">
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
        </Form.Item>
      ) : null}
      {has('ways') ? (
        <Form.Item name="ways" label="保障方式">
          <Checkbox.Group options={keepingWays.map((value) => ({ value, label: keepingWayNames[value] }))} />
        </Form.Item>
      ) : null}
      {has('suppliers') ? (
        <Form.Item name="supplierIds" label="供稿单位">
          <Select {...search} mode="multiple" options={named(choices.data?.suppliers)} />
        </Form.Item>
      ) : null}
    </>
  );
}

function RuleFields() {
  const kind = Form.useWatch<EntryFormFields['ruleKind'] | undefined>('ruleKind');
  return (
    <div className="columns-2">
      <Form.Item name="ruleKind" label="更新要求">
        <Select
          options={[
            { value: 'none', label: '没有规定' },
            { value: 'days', label: '按天' },
            { value: 'months', label: '按日历月' },
            { value: 'event', label: '有事即更新' },
          ]}
        />
      </Form.Item>
      {kind === 'days' || kind === 'months' ? (
        <Form.Item
          name="ruleNumber"
          label={kind === 'days' ? '多少天内更新一次' : '多少个月内更新一次'}
          rules={[{ required: true, message: '请填写' }]}
        >
          <InputNumber min={1} max={kind === 'days' ? 3660 : 120} precision={0} />
        </Form.Item>
      ) : null}
      {kind === 'event' ? (
        <Form.Item
          name="ruleWords"
          label="什么时候更新"
          rules={[{ required: true, whitespace: true, message: '请写明什么时候更新' }]}
        >
          <Input maxLength={100} placeholder="例如：人事变动后及时更新" />
        </Form.Item>
      ) : null}
    </div>
  );
}
