import { useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Input, Select } from 'antd';
import { useState } from 'react';

import { severities, type Severity, severityNames } from '../../../contracts/proofreading.ts';
import {
  type RuleSet,
  ruleSetApi,
  type RuleSetKind,
  ruleSetKindNames,
  ruleSetKinds,
} from '../../../contracts/rule-set.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  /** The set to change, as it is when the form opens; absent to make one. */
  readonly set?: RuleSet;
  readonly onClose: () => void;
}

interface Fields {
  readonly kind: RuleSetKind;
  readonly name: string;
  readonly severity: Severity;
  readonly enabled: boolean;
  readonly effectiveFrom?: string;
  readonly effectiveTo?: string;
  readonly note?: string;
}

export const severityOptions = severities.map((value) => ({ value, label: severityNames[value] }));

/** What a rule set is called, how severe it is, and when it is in force. */
export function RuleSetForm({ set: given, onClose }: Props) {
  // What others change meanwhile is refused, not overwritten.
  const [set] = useState(given);
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const save = useAct<Fields, RuleSet>({
    act: ({ kind, name, severity, enabled, effectiveFrom, effectiveTo, note }) => {
      const settings = {
        ...{ name: name.trim(), severity, enabled },
        effectiveFrom: effectiveFrom || null,
        effectiveTo: effectiveTo || null,
      };
      if (set === undefined) return client.call(ruleSetApi.createRuleSet, { body: { kind, ...settings } });
      return client.call(ruleSetApi.changeRuleSet, {
        params: { id: set.id },
        body: { expectedVersion: set.version, ...settings, note: note ?? '' },
      });
    },
    done: '已保存',
    onDone: async () => {
      await forget(queries, ruleSetApi.listRuleSets, ruleSetApi.listRuleSetVersions);
      onClose();
    },
  });
  return (
    <FormDialog<Fields>
      open
      title={set === undefined ? '新建规则集' : `修改：${set.name}`}
      form={form}
      initialValues={{
        ...(set ?? { kind: 'word', severity: 'note', enabled: true }),
        effectiveFrom: set?.effectiveFrom ?? '',
        effectiveTo: set?.effectiveTo ?? '',
      }}
      act={save}
      onClose={onClose}
    >
      {set === undefined ? (
        <Form.Item name="kind" label="类别" extra="保存后不能再改。">
          <Select options={ruleSetKinds.map((value) => ({ value, label: ruleSetKindNames[value] }))} />
        </Form.Item>
      ) : null}
      <Form.Item
        name="name"
        label="名称"
        rules={[{ required: true, whitespace: true, message: '请填写名称' }]}
      >
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="severity" label="级别" extra="单条规则可以另定级别。">
        <Select options={severityOptions} />
      </Form.Item>
      <Form.Item name="effectiveFrom" label="启用日期" extra="留空为立即启用。">
        <Input type="date" />
      </Form.Item>
      <Form.Item name="effectiveTo" label="停用日期" extra="留空为长期有效。">
        <Input type="date" />
      </Form.Item>
      <Form.Item name="enabled" valuePropName="checked">
        <Checkbox>启用</Checkbox>
      </Form.Item>
      {set === undefined ? null : (
        <Form.Item name="note" label="修改说明">
          <Input maxLength={200} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
