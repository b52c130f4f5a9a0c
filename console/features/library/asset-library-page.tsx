import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';

import { identityApi } from '../../../contracts/identity.ts';
import { assetKindOf, libraryApi, type ListedAsset } from '../../../contracts/library.ts';
import { addressOf } from '../../lib/client.ts';
import { pagesFor, queryFor } from '../../lib/queries.ts';
import { compact } from '../../lib/search-text.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { AssetDrawer } from './asset-drawer.tsx';
import { type AssetFilter, assetQuery, isAssetFiltered } from './asset-filter.ts';
import { AssetFilters } from './asset-filters.tsx';
import { AssetStorage } from './asset-storage.tsx';
import { factsOfAsset, scanNames } from './asset-words.ts';
import { QuarantineNotice } from './quarantine-notice.tsx';

interface Props {
  readonly filter: AssetFilter;
  readonly onChange: (filter: AssetFilter) => void;
}

/** 素材库: every file of the unit, what it is, what is said of it and where it is used. */
export function AssetLibraryPage({ filter, onChange }: Props) {
  const client = useClient();
  const units = useQuery({ ...queryFor(client, identityApi.listUnits, {}), staleTime: 300_000 });
  const list = useInfiniteQuery(pagesFor(client, libraryApi.listAssets, { query: assetQuery(filter) }));
  const open = (asset: string | undefined): void => {
    onChange(compact<AssetFilter>({ ...filter, asset }));
  };
  return (
    <Page title="素材库" subtitle="上传过的图片、文档和音视频。被替换的旧文件在新文件的历史里。">
      <QuarantineNotice />
      <AssetStorage />
      <AssetFilters filter={filter} units={units.data ?? []} onChange={onChange} />
      <Loaded query={list} rows={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Nothing filter={filter} onChange={onChange} />;
          return (
            <>
              <ul className="asset-grid" aria-label="素材">
                {items.map((item) => (
                  <AssetCard key={item.id} item={item} onOpen={open} />
                ))}
              </ul>
              <LoadMore query={list} />
            </>
          );
        }}
      </Loaded>
      <AssetDrawer
        assetId={filter.asset ?? null}
        onClose={() => {
          open(undefined);
        }}
        onOpen={open}
      />
    </Page>
  );
}

function Nothing({ filter, onChange }: Props) {
  if (!isAssetFiltered(filter)) {
    return <EmptyState title="还没有素材" hint="在信息资源的编辑页上传图片和附件后，会出现在这里。" />;
  }
  return (
    <EmptyState
      title="没有符合条件的素材"
      action={
        <Button
          onClick={() => {
            onChange({});
          }}
        >
          清除全部条件
        </Button>
      }
    />
  );
}

interface CardProps {
  readonly item: ListedAsset;
  readonly onOpen: (id: string) => void;
}

function AssetCard({ item, onOpen }: CardProps) {
  const { id, fileName, scan, uses, alt } = item;
  const isPicture = assetKindOf(item.mediaType) === 'image';
  const isTrouble = scan === 'waiting' || scan === 'infected';
  return (
    <li>
      <button
        type="button"
        className="asset-card"
        onClick={() => {
          onOpen(id);
        }}
      >
        <span className="asset-thumb" aria-hidden="true">
          {isPicture && scan !== 'infected' ? (
            <img
              src={addressOf(libraryApi.getAssetContent.path, { params: { id }, query: { size: 'small' } })}
              alt=""
              loading="lazy"
              decoding="async"
            />
          ) : (
            <span>{fileName.slice(fileName.lastIndexOf('.') + 1).toUpperCase()}</span>
          )}
        </span>
        <span className="asset-name">{fileName}</span>
        <span className="hint">{factsOfAsset(item)}</span>
        <span className="hint">
          {uses === 0 ? '没有使用' : `用于 ${String(uses)} 条信息`} · {minuteText(item.uploadedAt)}
        </span>
        {isTrouble ? <span className="problem">{scanNames[scan]}</span> : null}
        {isPicture && alt === '' && !isTrouble ? <span className="hint">未写图片说明</span> : null}
      </button>
    </li>
  );
}
