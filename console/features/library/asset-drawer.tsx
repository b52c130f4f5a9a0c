import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Form, Input, Progress } from 'antd';
import { useRef, useState } from 'react';

import { type Asset, type AssetDescription, assetKindOf, libraryApi } from '../../../contracts/library.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { AssetHistory } from './asset-history.tsx';
import { AssetPreview } from './asset-preview.tsx';
import { AssetText } from './asset-text.tsx';
import { AssetUses } from './asset-uses.tsx';
import { factsOfAsset, scanNames } from './asset-words.ts';

interface Props {
  readonly assetId: string | null;
  readonly onClose: () => void;
  readonly onOpen: (id: string) => void;
}

/** One file: seen or heard, described, followed to where it is used, and replaced. */
export function AssetDrawer({ assetId, onClose, onOpen }: Props) {
  const client = useClient();
  const asset = useQuery({
    ...queryFor(client, libraryApi.getAsset, { params: { id: assetId ?? '0' } }),
    enabled: assetId !== null,
  });
  return (
    <Drawer
      open={assetId !== null}
      title={asset.data?.fileName ?? '素材'}
      size={640}
      onClose={onClose}
      destroyOnHidden
    >
      <Loaded query={asset}>{(loaded) => <Details asset={loaded} onOpen={onOpen} />}</Loaded>
    </Drawer>
  );
}

function Details({ asset, onOpen }: { readonly asset: Asset; readonly onOpen: (id: string) => void }) {
  const { roles } = useSession();
  const mayChange = roles.includes('editor') || roles.includes('operator');
  return (
    <div className="asset-details">
      <AssetPreview asset={asset} />
      <p className="hint">
        {factsOfAsset(asset)} · {scanNames[asset.scan]}
      </p>
      {asset.replacedBy === null ? null : (
        <Alert
          type="info"
          showIcon
          title="这个文件已被新文件替换"
          action={
            <Button
              size="small"
              onClick={() => {
                onOpen(asset.replacedBy ?? asset.id);
              }}
            >
              看新文件
            </Button>
          }
        />
      )}
      <Description key={asset.id} asset={asset} mayChange={mayChange} />
      <AssetText assetId={asset.id} />
      <AssetUses asset={asset} mayChange={mayChange} />
      {mayChange && asset.replacedBy === null && asset.scan !== 'infected' ? (
        <Replacement asset={asset} onDone={onOpen} />
      ) : null}
      <AssetHistory assetId={asset.id} onOpen={onOpen} />
    </div>
  );
}

function Description({ asset, mayChange }: { readonly asset: Asset; readonly mayChange: boolean }) {
  const client = useClient();
  const queries = useQueryClient();
  const save = useAct<AssetDescription, Asset>({
    act: (body) => client.call(libraryApi.describeAsset, { params: { id: asset.id }, body }),
    done: '已保存',
    onDone: () => forget(queries, libraryApi.getAsset, libraryApi.listAssets),
  });
  const isPicture = assetKindOf(asset.mediaType) === 'image';
  return (
    <Form<AssetDescription>
      layout="vertical"
      requiredMark={false}
      disabled={!mayChange}
      initialValues={{ alt: asset.alt, copyright: asset.copyright, source: asset.source }}
      onFinish={(words) => {
        save.mutate({ alt: words.alt, copyright: words.copyright, source: words.source });
      }}
    >
      <Form.Item
        name="alt"
        label={isPicture ? '图片内容说明' : '内容说明'}
        extra={isPicture ? '用一句话说出图上有什么，读屏软件会读给看不见图的人。' : undefined}
      >
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="copyright" label="版权归属">
        <Input maxLength={200} placeholder="如：区融媒体中心" />
      </Form.Item>
      <Form.Item name="source" label="来源">
        <Input maxLength={200} placeholder="如：某某现场拍摄" />
      </Form.Item>
      {mayChange ? (
        <Button htmlType="submit" loading={save.isPending}>
          保存说明
        </Button>
      ) : null}
    </Form>
  );
}

function Replacement({ asset, onDone }: { readonly asset: Asset; readonly onDone: (id: string) => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState(0);
  const replace = useAct<File, Asset>({
    act: (file) =>
      client.upload(libraryApi.replaceAsset, {
        params: { id: asset.id },
        fields: {},
        file,
        onProgress: setShare,
      }),
    done: '新文件已上传',
    onDone: async (made) => {
      await forget(queries, libraryApi.getAsset, libraryApi.listAssets, libraryApi.getAssetHistory);
      // Where the old one is used stands beside the old one.
      onDone(made.id);
    },
  });
  return (
    <section>
      <h2>替换文件</h2>
      <p className="hint">
        已发布的网页仍用审核过的旧文件；把各条信息改用新文件并重新审核发布后，旧文件的网址会自动转到新文件。
      </p>
      <Button loading={replace.isPending} onClick={() => picker.current?.click()}>
        上传新文件替换
      </Button>
      {replace.isPending ? (
        <Progress percent={Math.round(share * 100)} size="small" aria-label="替换文件上传进度" />
      ) : null}
      <input
        ref={picker}
        type="file"
        hidden
        aria-label="选择新文件"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) replace.mutate(file);
        }}
      />
    </section>
  );
}
