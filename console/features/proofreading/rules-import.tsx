import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Radio } from 'antd';
import { useState } from 'react';

import { type RuleSet, ruleSetApi } from '../../../contracts/rule-set.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly open: boolean;
  readonly set: RuleSet;
  readonly onClose: () => void;
}

interface Fields {
  readonly mode: 'add' | 'replace';
  readonly note?: string;
}

/** A list of words from a file: a word on each line, or a table. */
export function RulesImport({ open, set, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const [file, setFile] = useState<File | null>(null);
  const leave = (): void => {
    setFile(null);
    onClose();
  };
  const bring = useAct<Fields, RuleSet>({
    act: async ({ mode, note }) =>
      client.call(ruleSetApi.importRules, {
        params: { id: set.id },
        body: {
          ...{ expectedVersion: set.version, mode, note: note ?? '' },
          format: file?.name.toLowerCase().endsWith('.csv') === true ? 'csv' : 'txt',
          text: (await file?.text()) ?? '',
        },
      }),
    done: '已导入',
    onDone: async () => {
      await forget(queries, ruleSetApi.listRuleSets, ruleSetApi.listRules, ruleSetApi.listRuleSetVersions);
      leave();
    },
  });
  return (
    <FormDialog<Fields>
      open={open}
      title={`导入词语：${set.name}`}
      okText="导入"
      isReady={file !== null}
      form={form}
      initialValues={{ mode: 'add' }}
      act={bring}
      onClose={leave}
      above={
        <p className="hint form-hint">
          txt 文件每行一个词；csv 文件第一行写“词语,建议,例外,说明,级别”，只有“词语”必需。文件用 UTF-8 编码。
        </p>
      }
    >
      <Form.Item label="文件" htmlFor="rules-file">
        <input
          id="rules-file"
          type="file"
          accept=".txt,.csv"
          onChange={(event) => {
            setFile(event.target.files?.[0] ?? null);
          }}
        />
      </Form.Item>
      <Form.Item name="mode" label="方式">
        <Radio.Group
          options={[
            { value: 'add', label: '加入现有规则' },
            { value: 'replace', label: '替换全部规则' },
          ]}
        />
      </Form.Item>
      <Form.Item name="note" label="修改说明">
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}
