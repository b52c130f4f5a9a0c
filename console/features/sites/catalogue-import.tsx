import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';

import { type CatalogueImportReport, sitesApi } from '../../../contracts/sites.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { ImportDialog } from '../../ui/import-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Trial {
  readonly file: File;
  readonly report: CatalogueImportReport;
}

/** Takes the catalogue from a table in two steps: what would change, then that it changes. */
export function CatalogueImport({ siteId }: { readonly siteId: string }) {
  const client = useClient();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [trial, setTrial] = useState<Trial | null>(null);
  const leave = (): void => {
    setTrial(null);
    setOpen(false);
  };
  const send = (file: File, dryRun: boolean): Promise<CatalogueImportReport> =>
    client.upload(sitesApi.importCatalogue, {
      params: { id: siteId },
      fields: { dryRun: String(dryRun) },
      file,
    });
  const look = useAct<File, CatalogueImportReport>({
    act: (file) => send(file, true),
    onDone: (report, file) => {
      setTrial({ file, report });
    },
  });
  const run = useAct<File, CatalogueImportReport>({
    act: (file) => send(file, false),
    done: '目录已按表格更新',
    onDone: async () => {
      await forget(queries, sitesApi.getCatalogue, sitesApi.listColumns);
      leave();
    },
  });
  const isReady = trial !== null && trial.report.problems.length === 0 && trial.report.changed.length > 0;
  return (
    <>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        导入
      </Button>
      <ImportDialog
        open={open}
        title="导入保障责任目录"
        okText="按表格更新"
        width={640}
        hint="表格与导出的相同。按栏目名称的层级对应栏目，按单位名称和姓名对应责任单位和人员；表里没有的栏目不变，有一处不认识就都不导入。"
        label="选择 xlsx 文件"
        accept=".xlsx"
        isReady={isReady}
        isRunning={run.isPending}
        onFile={(file) => {
          setTrial(null);
          look.mutate(file);
        }}
        onRun={() => {
          if (trial !== null) run.mutate(trial.file);
        }}
        onClose={leave}
      >
        {trial === null ? null : <Report report={trial.report} />}
      </ImportDialog>
    </>
  );
}

function Report({
  report: { changed, unchanged, absent, problems },
}: {
  readonly report: CatalogueImportReport;
}) {
  if (problems.length > 0) {
    return (
      <Alert
        type="error"
        showIcon
        title={`有 ${String(problems.length)} 处不认识，没有导入`}
        description={
          <ul className="plain-list import-report">
            {problems.map(({ row, message }, at) => (
              <li key={at}>
                第 {row} 行：{message}
              </li>
            ))}
          </ul>
        }
      />
    );
  }
  return (
    <Alert
      type="info"
      showIcon
      title={`修改 ${String(changed.length)} 个栏目，不变 ${String(unchanged)} 个，表里没有 ${String(absent.length)} 个。`}
      description={
        <ul className="plain-list import-report">
          {changed.map(({ row, levels, fields }) => (
            <li key={row}>
              {levels.join(' / ')}：{fields.join('、')}
            </li>
          ))}
        </ul>
      }
    />
  );
}
