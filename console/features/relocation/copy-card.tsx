import { UploadOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Progress, Select } from 'antd';
import { useRef, useState } from 'react';

import { type Relocation, relocationApi } from '../../../contracts/relocation.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Taken {
  readonly files: number;
  readonly skipped: number;
}

const sentenceOf = ({ files, skipped }: Taken): string =>
  `收到 ${String(files)} 个文件${skipped === 0 ? '' : `，跳过 ${String(skipped)} 个（太大，或文件名不是网址）`}。`;

/** The saved copy: an archive to upload, or a folder that lies on the server. */
export function CopyCard({ project }: { readonly project: Relocation }) {
  const client = useClient();
  const queries = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState(0);
  const [taken, setTaken] = useState<Taken | null>(null);
  const { id, copyFiles, state } = project;
  const folders = useQuery(queryFor(client, relocationApi.listFolders, {}));
  const onDone = (done: Taken) => {
    setTaken(done);
    return forget(queries, relocationApi.getProject);
  };
  const upload = useAct<File, Taken>({
    act: (file) =>
      client.upload(
        { ...relocationApi.uploadCopy, path: `/api/relocations/${id}/copy` },
        { fields: {}, file, onProgress: setShare },
      ),
    onDone,
  });
  const take = useAct<string, Taken>({
    act: (folder) => client.call(relocationApi.takeFolder, { params: { id }, body: { folder } }),
    onDone,
  });
  const isBusy = upload.isPending || take.isPending;
  return (
    <Card title="来源：旧站的副本">
      <div className="stack">
        <p className="hint">
          副本是旧站的文件按网址摆放：/zwgk/tzgg/t1.html 在
          zwgk/tzgg/t1.html。有多个域名时，每个域名一个文件夹。再次上传会补充新文件，同一网址以新的为准。
        </p>
        <input
          ref={picker}
          hidden
          type="file"
          aria-label="副本压缩包"
          accept=".zip,.tar,.gz,.tgz"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file) upload.mutate(file);
          }}
        />
        <div className="relocation-buttons">
          <Button
            icon={<Icon of={UploadOutlined} />}
            disabled={state !== 'idle'}
            loading={isBusy}
            onClick={() => picker.current?.click()}
          >
            上传压缩包（zip、tar、tar.gz）
          </Button>
          {(folders.data ?? []).length === 0 ? null : (
            <Select<string>
              aria-label="服务器上的文件夹"
              placeholder="或选择服务器上的文件夹"
              disabled={state !== 'idle' || isBusy}
              value={null}
              options={(folders.data ?? []).map((folder) => ({ value: folder, label: folder }))}
              onChange={(folder) => {
                take.mutate(folder);
              }}
            />
          )}
        </div>
        {upload.isPending ? <Progress percent={Math.floor(share * 100)} aria-label="上传进度" /> : null}
        <p role="status">
          {taken === null ? null : sentenceOf(taken)}
          {copyFiles === 0 ? '还没有副本。' : `副本现有 ${String(copyFiles)} 个文件。`}
        </p>
      </div>
    </Card>
  );
}
