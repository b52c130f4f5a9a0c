import { InboxOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Progress, Radio, Select } from 'antd';
import { useRef, useState } from 'react';

import { identityApi } from '../../../contracts/identity.ts';
import {
  type Import,
  isArchivable,
  isImportable,
  type ImportMode,
  intakeApi,
} from '../../../contracts/intake.ts';
import type { ResourceTypeKey } from '../../../contracts/library.ts';
import { sitesApi } from '../../../contracts/sites.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { useTypes } from '../../lib/use-types.ts';
import { unitOptions } from '../../lib/unit-tree.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAct } from '../../ui/use-act.ts';

const accepted = '.jsonl,.json,.gz,.csv,.tsv,.txt,.xlsx,.zip,.docx,.html,.htm,.ofd,.xml';

interface Wish {
  readonly mode: ImportMode;
  readonly type: ResourceTypeKey;
  readonly unitId: string;
  readonly columnId: string | null;
}

/** Says what a file holds and for whom, and sends it. */
export function NewImport({ onCreated }: { readonly onCreated: (id: string) => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const { roles, unitId } = useSession();
  const isEditor = roles.includes('editor');
  const [wish, setWish] = useState<Wish>({
    mode: isEditor ? 'drafts' : 'archive',
    type: 'article',
    unitId,
    columnId: null,
  });
  const [share, setShare] = useState(0);
  const send = useAct<File, Import>({
    act: (file) => {
      setShare(0);
      const { mode, type, columnId } = wish;
      const fields = { unitId: wish.unitId, mode, type };
      return client.upload(intakeApi.createImport, {
        fields: mode === 'archive' && columnId !== null ? { ...fields, columnId } : fields,
        file,
        onProgress: setShare,
      });
    },
    onDone: async ({ id }) => {
      await forget(queries, intakeApi.listImports);
      onCreated(id);
    },
  });
  if (!isEditor && !roles.includes('operator')) return null;
  return (
    <Card title="导入新文件" className="card-gap">
      <Wishes
        wish={wish}
        onChange={(part) => {
          setWish({ ...wish, ...part });
        }}
      />
      {send.isPending ? (
        <div className="import-drop">
          <Progress percent={Math.round(share * 100)} aria-label="上传进度" />
        </div>
      ) : (
        <FileDrop
          isReady={wish.mode === 'drafts' || wish.columnId !== null}
          onFile={(file) => {
            send.mutate(file);
          }}
        />
      )}
    </Card>
  );
}

interface WishesProps {
  readonly wish: Wish;
  readonly onChange: (part: Partial<Wish>) => void;
}

function Wishes({ wish, onChange }: WishesProps) {
  const client = useClient();
  const { roles } = useSession();
  const units = useQuery({ ...queryFor(client, identityApi.listUnits, {}), staleTime: 300_000 });
  const types = useTypes().filter(wish.mode === 'archive' ? isArchivable : isImportable);
  return (
    <div className="import-wishes">
      {roles.includes('editor') && roles.includes('operator') ? (
        <Radio.Group
          aria-label="导入方式"
          value={wish.mode}
          options={[
            { value: 'drafts', label: '成为草稿，走审核' },
            { value: 'archive', label: '历史数据，直接发布' },
          ]}
          onChange={({ target }) => {
            onChange({ mode: target.value as ImportMode, type: 'article' });
          }}
        />
      ) : null}
      <label htmlFor="import-type">
        信息类型
        <Select<ResourceTypeKey>
          id="import-type"
          value={wish.type}
          options={types.map(({ key, name }) => ({ value: key, label: name }))}
          onChange={(type) => {
            onChange({ type });
          }}
        />
      </label>
      {(units.data?.length ?? 0) > 1 ? (
        <label htmlFor="import-unit">
          所属单位
          <Select<string>
            id="import-unit"
            value={wish.unitId}
            popupMatchSelectWidth={false}
            showSearch={{ optionFilterProp: 'label' }}
            options={unitOptions(units.data ?? [])}
            onChange={(unitId) => {
              onChange({ unitId });
            }}
          />
        </label>
      ) : null}
      {wish.mode === 'archive' ? (
        <ColumnChoice
          columnId={wish.columnId}
          onChange={(columnId) => {
            onChange({ columnId });
          }}
        />
      ) : null}
    </div>
  );
}

interface FileDropProps {
  readonly isReady: boolean;
  readonly onFile: (file: File) => void;
}

function FileDrop({ isReady, onFile }: FileDropProps) {
  const [isOver, setIsOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div
      className={isOver ? 'import-drop import-drop-over' : 'import-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(isReady);
      }}
      onDragLeave={() => {
        setIsOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        const [file] = event.dataTransfer.files;
        if (file && isReady) onFile(file);
      }}
    >
      <input
        ref={picker}
        hidden
        type="file"
        aria-label="要导入的文件"
        accept={accepted}
        disabled={!isReady}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
      <Icon of={InboxOutlined} />
      <p>
        <Button type="primary" disabled={!isReady} onClick={() => picker.current?.click()}>
          选择文件
        </Button>
        <span className="import-or">或拖到这里</span>
      </p>
      <p className="hint">
        Excel（xlsx）、CSV、JSON Lines、WordPress 导出文件，或由 Word（docx）、网页、OFD 打成的 zip 包；最大 1
        GB。文件原样保存，选好后先识别，不会立即写入。
      </p>
    </div>
  );
}

function ColumnChoice({
  columnId,
  onChange,
}: {
  readonly columnId: string | null;
  readonly onChange: (id: string) => void;
}) {
  const client = useClient();
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), staleTime: 300_000 });
  const [siteId, setSiteId] = useState<string | null>(null);
  const columns = useQuery({
    ...queryFor(client, sitesApi.listColumns, { query: { siteId: siteId ?? '' } }),
    enabled: siteId !== null,
  });
  return (
    <>
      <label htmlFor="import-site">
        网站
        <Select<string>
          id="import-site"
          value={siteId}
          placeholder="请选择"
          popupMatchSelectWidth={false}
          options={(sites.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setSiteId}
        />
      </label>
      <label htmlFor="import-column">
        放入栏目
        <Select<string>
          id="import-column"
          value={columnId}
          placeholder="请选择"
          disabled={siteId === null}
          popupMatchSelectWidth={false}
          showSearch={{ optionFilterProp: 'label' }}
          options={(columns.data ?? []).map(({ id, name, path }) => ({
            value: id,
            label: `${name}（${path}）`,
          }))}
          onChange={onChange}
        />
      </label>
    </>
  );
}
