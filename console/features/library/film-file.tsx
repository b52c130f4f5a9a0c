import { useQuery } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import { useRef, useState } from 'react';

import { type Asset, libraryApi } from '../../../contracts/library.ts';
import { addressOf } from '../../lib/client.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly assetId: string | null;
  readonly unitId: string;
  readonly readOnly: boolean;
  readonly onChange: (assetId: string | null) => void;
}

/** The file of a video. */
export function FilmFile({ assetId, unitId, readOnly, onChange }: Props) {
  const client = useClient();
  const picker = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState(0);
  const asset = useQuery({
    ...queryFor(client, libraryApi.getAsset, { params: { id: assetId ?? '0' } }),
    enabled: assetId !== null,
  });
  const upload = useAct<File, Asset>({
    act: (file) => client.upload(libraryApi.uploadAsset, { fields: { unitId }, file, onProgress: setShare }),
    onDone: (done) => {
      onChange(done.id);
    },
  });
  return (
    <div className="cover">
      {assetId === null ? null : (
        <p>
          <a href={addressOf(libraryApi.getAssetContent.path, { params: { id: assetId } })}>
            {asset.data?.fileName ?? '已选的视频'}
          </a>
        </p>
      )}
      {upload.isPending ? (
        <Progress percent={Math.round(share * 100)} size="small" aria-label="视频上传进度" />
      ) : null}
      {readOnly ? null : (
        <div className="row">
          <Button loading={upload.isPending} onClick={() => picker.current?.click()}>
            {assetId === null ? '选择视频' : '换一个'}
          </Button>
          <input
            ref={picker}
            type="file"
            hidden
            aria-label="选择视频"
            accept="video/mp4,video/webm"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file !== undefined) upload.mutate(file);
            }}
          />
        </div>
      )}
    </div>
  );
}
