import { Button, Progress } from 'antd';
import { useRef, useState } from 'react';

import { type Asset, libraryApi } from '../../../contracts/library.ts';
import { addressOf } from '../../lib/client.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly unitId: string;
  /** 标志, 横幅 */
  readonly what: string;
  /** Given by the form. */
  readonly value?: string;
  readonly onChange?: (assetId: string | undefined) => void;
}

/** A picture of the site's looks: uploaded for the unit that answers for the site, public when the form is saved. */
export function SitePicture({ unitId, what, value, onChange }: Props) {
  const client = useClient();
  const picker = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState(0);
  const upload = useAct<File, Asset>({
    act: (file) => client.upload(libraryApi.uploadAsset, { fields: { unitId }, file, onProgress: setShare }),
    onDone: (asset) => {
      onChange?.(asset.id);
    },
  });
  return (
    <div className="cover">
      {value === undefined ? null : (
        <img
          src={addressOf(libraryApi.getAssetContent.path, { params: { id: value } })}
          alt={`当前${what}`}
        />
      )}
      {upload.isPending ? (
        <Progress percent={Math.round(share * 100)} size="small" aria-label={`${what}上传进度`} />
      ) : null}
      <div className="row">
        <Button loading={upload.isPending} onClick={() => picker.current?.click()}>
          {value === undefined ? `选择${what}图片` : '换一张'}
        </Button>
        {value === undefined ? null : (
          <Button
            type="link"
            onClick={() => {
              onChange?.(undefined);
            }}
          >
            不用{what}
          </Button>
        )}
        <input
          ref={picker}
          type="file"
          hidden
          aria-label={`选择${what}`}
          accept="image/png,image/jpeg,image/webp"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) upload.mutate(file);
          }}
        />
      </div>
    </div>
  );
}
