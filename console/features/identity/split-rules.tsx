import { useQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';

import { type Column, type Site, sitesApi } from '../../../contracts/sites.ts';
import { hasEnded, referenceTo } from '../../../contracts/vocabulary.ts';
import { columnOptions } from '../../lib/column-options.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { searchText, termTrail } from '../../lib/term-tree.ts';
import { dayText } from '../../lib/time.ts';
import { useTerms } from '../../lib/use-terms.ts';
import { useTypes } from '../../lib/use-types.ts';
import { AddPart, RemovePart } from '../../ui/part-buttons.tsx';

interface Props {
  readonly open: boolean;
  readonly unitId: string | undefined;
  readonly receivers: readonly { readonly value: number; readonly label: string }[];
}

const most = 100;
const conditions = ['columnIds', 'siteIds', 'terms', 'types'] as const;
const noColumns: readonly Column[] = [];
const noSites: readonly Site[] = [];
const byLabel = { optionFilterProp: 'label' } as const;

/** What goes to whom: the first rule that holds decides. */
export function SplitRules({ open, unitId, receivers }: Props) {
  const client = useClient();
  const columns = useQuery({ ...queryFor(client, sitesApi.listColumns, { query: {} }), enabled: open });
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), enabled: open });
  const topics = useTerms('topic');
  const types = useTypes();
  const day = dayText(new Date());
  const byCode = new Map(topics.map((term) => [term.code, term]));
  // What the unit keeps itself is looked for first.
  const ownFirst = <T extends { readonly unitId: string }>(list: readonly T[]): readonly T[] => [
    ...list.filter((one) => one.unitId === unitId),
    ...list.filter((one) => one.unitId !== unitId),
  ];
  const options = {
    columns: columnOptions(ownFirst(columns.data ?? noColumns), sites.data ?? noSites),
    sites: ownFirst(sites.data ?? noSites).map(({ id, name }) => ({ value: id, label: name })),
    topics: topics
      .filter((term) => !hasEnded(term, day))
      .map((term) => ({
        value: referenceTo('topic', term.code),
        label: termTrail(byCode, term),
        found: searchText(term),
      })),
    types: types.filter(({ key }) => key !== 'home').map(({ key, name }) => ({ value: key, label: name })),
  };
  const many = { mode: 'multiple', allowClear: true, placeholder: '不限' } as const;
  return (
    <Form.List name="rules">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => {
            const title = `规则 ${String(name + 1)}`;
            return (
              <fieldset key={key} className="part-fields">
                <legend>{title}</legend>
                <Form.Item
                  name={[name, 'receiver']}
                  label="归"
                  dependencies={conditions.map((one) => ['rules', name, one])}
                  rules={[
                    { required: true, message: '请选择接收单位' },
                    (form) => ({ validator: () => requireCondition(form, name) }),
                  ]}
                >
                  <Select options={[...receivers]} showSearch={byLabel} />
                </Form.Item>
                <Form.Item name={[name, 'columnIds']} label="栏目" extra="含下级栏目。">
                  <Select {...many} options={options.columns} showSearch={byLabel} />
                </Form.Item>
                <Form.Item name={[name, 'siteIds']} label="站点">
                  <Select {...many} options={options.sites} showSearch={byLabel} />
                </Form.Item>
                <Form.Item name={[name, 'terms']} label="主题" extra="含下级主题。">
                  <Select
                    {...many}
                    options={options.topics}
                    showSearch={{
                      filterOption: (words, option) =>
                        option !== undefined && option.found.includes(words.trim().toLowerCase()),
                    }}
                  />
                </Form.Item>
                <Form.Item name={[name, 'types']} label="信息类型">
                  <Select {...many} options={options.types} showSearch={byLabel} />
                </Form.Item>
                <RemovePart
                  what={title}
                  onRemove={() => {
                    remove(name);
                  }}
                />
              </fieldset>
            );
          })}
          <AddPart
            label="添加规则"
            disabled={fields.length >= most}
            onAdd={() => {
              add({});
            }}
          />
        </>
      )}
    </Form.List>
  );
}

function requireCondition(
  form: { getFieldValue: (name: (string | number)[]) => unknown },
  at: number,
): Promise<void> {
  const chosen = conditions.some(
    (one) => ((form.getFieldValue(['rules', at, one]) as string[] | undefined) ?? []).length > 0,
  );
  return chosen ? Promise.resolve() : Promise.reject(new Error('至少选择一个栏目、站点、主题或信息类型'));
}
