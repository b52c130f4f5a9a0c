import { useQuery } from '@tanstack/react-query';
import { Alert, Modal } from 'antd';

import { type Asset, assetKindOf, libraryApi } from '../../../contracts/library.ts';
import { addressOf } from '../../lib/client.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { Loaded } from '../../ui/states.tsx';
import { DocumentPages } from './document-pages.tsx';

/** A file as it can be seen or heard at once. */
export function AssetPreview({ asset }: { readonly asset: Asset }) {
  const address = addressOf(libraryApi.getAssetContent.path, { params: { id: asset.id } });
  if (asset.scan === 'infected') {
    return <Alert type="error" showIcon title="查出病毒，已被隔离，不能打开" />;
  }
  switch (assetKindOf(asset.mediaType)) {
    case 'image':
      return (
        <img className="asset-preview" src={address} alt={asset.alt === '' ? asset.fileName : asset.alt} />
      );
    case 'audio':
      // Nobody wrote subtitles for what was uploaded.
      return <audio className="asset-preview" src={address} controls preload="metadata" />;
    case 'video':
      return <video className="asset-preview" src={address} controls preload="metadata" />;
    default:
      return (
        <>
          <DocumentPages key={asset.id} assetId={asset.id} />
          <p>
            <a href={address}>下载文件</a>
          </p>
        </>
      );
  }
}

interface DialogProps {
  /** Null: nothing is looked at. */
  readonly attachment: { readonly assetId: string; readonly name: string } | null;
  readonly onClose: () => void;
}

/** The same beside whatever names the file. */
export function AssetPreviewDialog({ attachment, onClose }: DialogProps) {
  return (
    <Modal
      open={attachment !== null}
      title={attachment === null ? '' : `预览：${attachment.name}`}
      width={840}
      footer={null}
      destroyOnHidden
      onCancel={onClose}
    >
      {attachment === null ? null : <LoadedPreview assetId={attachment.assetId} />}
    </Modal>
  );
}

function LoadedPreview({ assetId }: { readonly assetId: string }) {
  const client = useClient();
  const asset = useQuery(queryFor(client, libraryApi.getAsset, { params: { id: assetId } }));
  return <Loaded query={asset}>{(loaded) => <AssetPreview asset={loaded} />}</Loaded>;
}
