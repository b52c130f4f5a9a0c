import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, InputNumber, Select } from 'antd';

import type { Severity } from '../../../contracts/proofreading.ts';
import { type Rule, type RuleSet, ruleSetApi, type RuleSetKind } from '../../../contracts/rule-set.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';
import { severityOptions } from './rule-set-form.tsx';

interface Props {
  readonly open: boolean;
  readonly set: RuleSet;
  readonly onClose: () => void;
}

interface Fields {
  readonly name: string;
  readonly prefer?: string;
  readonly exceptions?: string[];
  readonly text?: string;
  readonly severity?: Severity;
  readonly titles?: string[];
  readonly rank?: number;
  readonly from?: string;
  readonly to?: string;
  readonly pattern?: string;
  readonly note?: string;
}

/** Puts a rule into a set; one of the same name gives way to it. */
export function RuleForm({ open, set, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const save = useAct<Fields, RuleSet>({
    act: (fields) =>
      client.call(ruleSetApi.changeRules, {
        params: { id: set.id },
        body: {
          ...{ expectedVersion: set.version, remove: [], note: fields.note ?? '' },
          put: [ruleOf(set.kind, fields)],
        },
      }),
    done: '已保存',
    onDone: async () => {
      await forget(queries, ruleSetApi.listRuleSets, ruleSetApi.listRules, ruleSetApi.listRuleSetVersions);
      onClose();
    },
  });
  const nameOf: Readonly<Record<RuleSetKind, string>> = { word: '词语', leader: '姓名', pattern: '名称' };
  return (
    <FormDialog<Fields>
      open={open}
      title={`添加规则：${set.name}`}
      form={form}
      initialValues={{}}
      act={save}
      onClose={onClose}
      above={<p className="hint form-hint">已有同名的规则时，新的替换旧的。</p>}
    >
      <Form.Item
        name="name"
        label={nameOf[set.kind]}
        rules={[{ required: true, whitespace: true, message: '请填写' }]}
      >
        <Input maxLength={set.kind === 'leader' ? 20 : 40} />
      </Form.Item>
      {set.kind === 'word' ? <WordFields /> : null}
      {set.kind === 'leader' ? <LeaderFields /> : null}
      {set.kind === 'pattern' ? <PatternFields /> : null}
      {set.kind === 'leader' ? null : (
        <Form.Item name="severity" label="级别">
          <Select allowClear placeholder="按规则集的级别" options={severityOptions} />
        </Form.Item>
      )}
      <Form.Item name="note" label="修改说明">
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}

function WordFields() {
  return (
    <>
      <Form.Item name="prefer" label="建议写作">
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="exceptions" label="例外" extra="出现在这些更长的词里时不算。输入后按回车。">
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['；', ';', '、']} />
      </Form.Item>
      <Form.Item name="text" label="说明" extra="显示在校核结果里。">
        <Input maxLength={100} />
      </Form.Item>
    </>
  );
}

function LeaderFields() {
  return (
    <>
      <Form.Item
        name="titles"
        label="职务"
        extra="每种写法一项，输入后按回车。"
        rules={[{ required: true, message: '请填写职务' }]}
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['；', ';', '、']} />
      </Form.Item>
      <Form.Item name="rank" label="排位" rules={[{ required: true, message: '请填写排位' }]}>
        <InputNumber min={1} max={999} precision={0} />
      </Form.Item>
      <Form.Item name="from" label="任职自">
        <Input type="date" />
      </Form.Item>
      <Form.Item name="to" label="任职至">
        <Input type="date" />
      </Form.Item>
    </>
  );
}

function PatternFields() {
  return (
    <>
      <Form.Item
        name="pattern"
        label="正则表达式"
        extra="RE2 写法，不支持反向引用和环视。"
        rules={[{ required: true, message: '请填写正则表达式' }]}
      >
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item
        name="text"
        label="提示语"
        rules={[{ required: true, whitespace: true, message: '请填写提示语' }]}
      >
        <Input maxLength={150} />
      </Form.Item>
    </>
  );
}

const written = (text: string | undefined): string | null => {
  const trimmed = text?.trim();
  return trimmed === undefined || trimmed === '' ? null : trimmed;
};

function ruleOf(kind: RuleSetKind, fields: Fields): Rule {
  const name = fields.name.trim();
  const { severity = null, exceptions = [], titles = [], rank = 1, pattern = '' } = fields;
  const text = written(fields.text) ?? '';
  switch (kind) {
    case 'word':
      return { word: name, prefer: written(fields.prefer), exceptions, note: text, severity };
    case 'leader':
      return { name, titles, rank, from: written(fields.from), to: written(fields.to) };
    case 'pattern':
      return { name, pattern, message: text, severity };
  }
}
