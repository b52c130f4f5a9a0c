import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';

import { libraryApi } from '../../../contracts/library.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { sizeText } from './asset-words.ts';

interface Props {
  readonly assetId: string;
  readonly onOpen: (id: string) => void;
}

/** The files that stood in this one's place, newest first; nothing when there was only ever one. */
export function AssetHistory({ assetId, onOpen }: Props) {
  const client = useClient();
  const line = useQuery(queryFor(client, libraryApi.getAssetHistory, { params: { id: assetId } }));
  if (line.data === undefined || line.data.length < 2) return null;
  return (
    <section>
      <h2>替换历史</h2>
      <ol className="asset-uses" reversed>
        {line.data.map((one) => (
          <li key={one.id} aria-current={one.id === assetId ? 'true' : undefined}>
            {one.id === assetId ? (
              <strong>{one.fileName}</strong>
            ) : (
              <Button
                type="link"
                size="small"
                onClick={() => {
                  onOpen(one.id);
                }}
              >
                {one.fileName}
              </Button>
            )}
            <span className="hint">
              {sizeText(one.size)} · {one.uploadedByName} · {minuteText(one.uploadedAt)} · 用于 {one.uses}{' '}
              条信息
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
