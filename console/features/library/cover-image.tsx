import { Button, Progress } from 'antd';
import { useRef, useState } from 'react';

import { type Asset, libraryApi } from '../../../contracts/library.ts';
import { addressOf } from '../../lib/client.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly assetId: string | null;
  readonly unitId: string;
  readonly readOnly: boolean;
  readonly onChange: (assetId: string | null) => void;
}

/** The picture that stands for a resource in lists and on home pages. */
export function CoverImage({ assetId, unitId, readOnly, onChange }: Props) {
  const client = useClient();
  const picker = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState(0);
  const upload = useAct<File, Asset>({
    act: (file) => client.upload(libraryApi.uploadAsset, { fields: { unitId }, file, onProgress: setShare }),
    onDone: (asset) => {
      onChange(asset.id);
    },
  });
  return (
    <div className="cover">
      {assetId === null ? null : (
        <img src={addressOf(libraryApi.getAssetContent.path, { params: { id: assetId } })} alt="当前题图" />
      )}
      {upload.isPending ? (
        <Progress percent={Math.round(share * 100)} size="small" aria-label="题图上传进度" />
      ) : null}
      {readOnly ? null : (
        <div className="row">
          <Button loading={upload.isPending} onClick={() => picker.current?.click()}>
            {assetId === null ? '选择图片' : '换一张'}
          </Button>
          {assetId === null ? null : (
            <Button
              type="link"
              onClick={() => {
                onChange(null);
              }}
            >
              不用题图
            </Button>
          )}
          <input
            ref={picker}
            type="file"
            hidden
            aria-label="选择题图"
            accept="image/png,image/jpeg,image/webp"
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
