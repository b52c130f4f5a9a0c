import { useQueryClient } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useState } from 'react';

import {
  type TermImportProblems,
  type TermImportResult,
  type Vocabulary,
  vocabularyApi,
  vocabularyNames,
} from '../../../contracts/vocabulary.ts';
import { ApiError } from '../../lib/api-error.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { ImportDialog } from '../../ui/import-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly open: boolean;
  readonly vocabulary: Vocabulary;
  readonly onClose: () => void;
}

/** A file as far as it is understood. */
interface Trial {
  readonly text: string;
  readonly result: TermImportResult | undefined;
  readonly problems: TermImportProblems['problems'];
}

const mostBytes = 900_000;

/** Takes terms from a table in two steps: what would happen, then that it happens. */
export function TermImport({ open, vocabulary, onClose }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [trial, setTrial] = useState<Trial | null>(null);
  const leave = (): void => {
    setTrial(null);
    onClose();
  };
  const send = (text: string, dryRun: boolean) =>
    client.call(vocabularyApi.importTerms, { body: { vocabulary, text, dryRun } });
  const look = useAct<string, TermImportResult>({
    act: (text) => send(text, true),
    onDone: (result, text) => {
      setTrial({ text, result, problems: [] });
    },
    onRefused: (error) => {
      if (!(error instanceof ApiError) || error.code !== 'vocabulary.import-invalid') return false;
      const { problems } = error.details as TermImportProblems;
      setTrial({
        text: '',
        result: undefined,
        problems: problems.length === 0 ? [{ line: 1, message: error.title }] : problems,
      });
      return true;
    },
  });
  const run = useAct<string, TermImportResult>({
    act: (text) => send(text, false),
    done: '已导入，相关页面正在后台更新',
    onDone: async () => {
      await forget(queries, vocabularyApi.listTerms);
      leave();
    },
  });
  const refuse = (message: string): void => {
    setTrial({ text: '', result: undefined, problems: [{ line: 1, message }] });
  };
  const read = (text: string): void => {
    if (text.includes('\ufffd')) refuse('文字编码不是 UTF-8，请把文件另存为 UTF-8 后再导入。');
    else look.mutate(text);
  };
  const changes = (trial?.result?.added ?? 0) + (trial?.result?.changed ?? 0);
  return (
    <ImportDialog
      open={open}
      title={`导入：${vocabularyNames[vocabulary]}`}
      okText="导入"
      hint="CSV 表格，列名与导出的相同：代码、名称、同义词（用分号隔开）、上级代码、启用日期、停用日期、替代代码。表里没有的词不变；有一行不对，整个文件都不导入。"
      label="选择文件"
      accept=".csv,text/csv"
      isReady={changes > 0}
      isRunning={run.isPending}
      onFile={(file) => {
        setTrial(null);
        if (file.size > mostBytes) refuse('文件太大。');
        else void file.text().then(read);
      }}
      onRun={() => {
        if (trial !== null) run.mutate(trial.text);
      }}
      onClose={leave}
    >
      {trial === null ? null : <TrialView trial={trial} />}
    </ImportDialog>
  );
}

function TrialView({ trial: { result, problems } }: { readonly trial: Trial }) {
  if (result !== undefined) {
    const { added, changed, unchanged } = result;
    return (
      <Alert
        type="info"
        showIcon
        title={`新增 ${String(added)} 个，修改 ${String(changed)} 个，不变 ${String(unchanged)} 个。`}
      />
    );
  }
  return (
    <Alert
      type="error"
      showIcon
      title="文件有问题，没有导入"
      description={
        <ul className="plain-list">
          {problems.map(({ line, message }, at) => (
            <li key={at}>
              第 {line} 行：{message}
            </li>
          ))}
        </ul>
      }
    />
  );
}
