import { Button, Progress } from 'antd';
import { useRef, useState } from 'react';

import { type Asset, libraryApi } from '../../../../contracts/library.ts';
import { addressOf } from '../../../lib/client.ts';
import { useClient } from '../../../lib/services.tsx';
import { useAct } from '../../../ui/use-act.ts';

interface Props {
  readonly label: string;
  readonly kind: 'image' | 'video';
  readonly unitId: string;
  readonly assetId: string | undefined;
  readonly optional?: boolean;
  readonly onChange: (assetId: string) => void;
}

const accepted = { image: 'image/png,image/jpeg,image/webp', video: 'video/mp4' } as const;
const nouns = { image: '图片', video: 'MP4 视频' } as const;

/** A file that a block shows. */
export function AssetField({ label, kind, unitId, assetId, optional = false, onChange }: Props) {
  const client = useClient();
  const picker = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState(0);
  const upload = useAct<File, Asset>({
    act: (file) => client.upload(libraryApi.uploadAsset, { fields: { unitId }, file, onProgress: setShare }),
    onDone: (asset) => {
      onChange(asset.id);
    },
  });
  const has = assetId !== undefined && assetId !== '';
  return (
    <div className="block-field" role="group" aria-label={label}>
      <span>{label}</span>
      {has ? <Shown kind={kind} assetId={assetId} label={label} /> : null}
      {upload.isPending ? (
        <Progress percent={Math.round(share * 100)} size="small" aria-label={`${label}上传进度`} />
      ) : null}
      <div className="row">
        <Button size="small" loading={upload.isPending} onClick={() => picker.current?.click()}>
          {has ? `换${nouns[kind]}` : `上传${nouns[kind]}`}
        </Button>
        {has && optional ? (
          <Button
            size="small"
            type="link"
            onClick={() => {
              onChange('');
            }}
          >
            不用
          </Button>
        ) : null}
        <input
          ref={picker}
          type="file"
          hidden
          aria-label={`选择${label}`}
          accept={accepted[kind]}
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

function Shown({ kind, assetId, label }: { kind: Props['kind']; assetId: string; label: string }) {
  const address = addressOf(libraryApi.getAssetContent.path, { params: { id: assetId } });
  if (kind === 'video') return <a href={address}>查看已上传的视频</a>;
  return <img className="block-picture" src={address} alt={`当前${label}`} />;
}
