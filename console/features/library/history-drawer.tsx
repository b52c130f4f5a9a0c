import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Select } from 'antd';
import { useState } from 'react';

import {
  libraryApi,
  type ResourceContent,
  type ResourceType,
  type RevisionSummary,
} from '../../../contracts/library.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { ContentComparison } from '../../ui/content-comparison.tsx';
import { Loaded } from '../../ui/states.tsx';

interface Props {
  readonly open: boolean;
  readonly resourceId: string;
  readonly type: ResourceType;
  readonly liveNumber: number | null;
  /** Absent when the caller may not edit now. */
  readonly onRestore?: (content: ResourceContent) => void;
  readonly onClose: () => void;
}

const originNames: Readonly<Record<string, string>> = {
  created: '新建',
  saved: '手动保存',
  autosaved: '自动保存',
  restored: '恢复旧版',
  imported: '导入',
};

/** Every saved version: compare any two, put an older one back on top. */
export function HistoryDrawer(props: Props) {
  const client = useClient();
  const { open, resourceId, onClose } = props;
  const revisions = useQuery({
    ...queryFor(client, libraryApi.listRevisions, { params: { id: resourceId } }),
    enabled: open,
  });
  return (
    <Drawer open={open} title="历史版本" size={760} onClose={onClose} destroyOnHidden>
      <Loaded query={revisions}>{(list) => <Comparison {...props} revisions={list} />}</Loaded>
    </Drawer>
  );
}

function labelOf(
  { number, createdAt, createdByName, origin }: RevisionSummary,
  liveNumber: number | null,
): string {
  const mark = number === liveNumber ? '【线上】' : '';
  return `第 ${number} 版${mark} ${minuteText(createdAt)} ${createdByName} ${originNames[origin] ?? ''}`.trim();
}

function Comparison({
  revisions,
  resourceId,
  type,
  liveNumber,
  onRestore,
}: Props & { readonly revisions: readonly RevisionSummary[] }) {
  const client = useClient();
  const newest = revisions[0]?.number ?? 1;
  const [before, setBefore] = useState(liveNumber ?? revisions[1]?.number ?? newest);
  const [after, setAfter] = useState(newest);
  const ofNumber = (number: number) => ({
    ...queryFor(client, libraryApi.getRevision, { params: { id: resourceId, number } }),
    staleTime: Infinity,
  });
  const old = useQuery(ofNumber(before));
  const now = useQuery(ofNumber(after));
  const options = revisions.map((revision) => ({
    value: revision.number,
    label: labelOf(revision, liveNumber),
  }));
  return (
    <div className="stack">
      <div className="columns-2">
        <label>
          较早的版本
          <Select value={before} options={options} onChange={setBefore} />
        </label>
        <label>
          较新的版本
          <Select value={after} options={options} onChange={setAfter} />
        </label>
      </div>
      <Loaded query={old}>
        {(first) => (
          <Loaded query={now}>
            {(second) => (
              <>
                <ContentComparison type={type} before={first.content} after={second.content} />
                {onRestore === undefined || before === newest ? null : (
                  <Button
                    onClick={() => {
                      onRestore(first.content);
                    }}
                  >
                    把第 {before} 版恢复为最新版本
                  </Button>
                )}
              </>
            )}
          </Loaded>
        )}
      </Loaded>
    </div>
  );
}
