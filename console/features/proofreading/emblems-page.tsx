import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';

import { libraryApi } from '../../../contracts/library.ts';
import { type ApprovedEmblem, linkCheckApi } from '../../../contracts/link-check.ts';
import { addressOf } from '../../lib/client.ts';
import { pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { EmblemForm } from './emblem-form.tsx';
import { RecordList } from './record-list.tsx';
import type { SectionProps } from './section-props.ts';

/** 核准图片: files of flags and emblems that may be shown, by their bytes. */
export function EmblemsPage({ sections, mayKeep }: SectionProps) {
  const client = useClient();
  const emblems = useInfiniteQuery(pagesFor(client, linkCheckApi.listEmblems, { query: {} }));
  const [adding, setAdding] = useState(false);
  return (
    <Page
      wide
      title="校核规则"
      subtitle="国旗、国徽、党旗、党徽等图案的核准文件。同一个文件由谁上传都算核准；改动过的不算。"
      actions={
        mayKeep ? (
          <Button
            type="primary"
            onClick={() => {
              setAdding(true);
            }}
          >
            核准图片
          </Button>
        ) : undefined
      }
    >
      {sections}
      <Loaded query={emblems} rows={4}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <EmptyState
                title="还没有核准图片"
                hint="上传标准图案的文件并写明依据；稿件用其他文件的旗徽图案时要说明理由。"
              />
            );
          }
          return (
            <RecordList<ApprovedEmblem>
              items={items}
              mayKeep={mayKeep}
              titleOf={({ name }) => name}
              headOf={(emblem) => <EmblemHead emblem={emblem} />}
              detailOf={({ digest }) => `SHA-256 ${digest.slice(0, 12)}… · `}
              afterEnd={() => '终止后，稿件再用这个文件要说明理由，已发布的在当天夜里提示。'}
              onEnd={({ id }, reason) =>
                client.call(linkCheckApi.endEmblem, { params: { id }, body: { reason } })
              }
              endpoint={linkCheckApi.listEmblems}
            />
          );
        }}
      </Loaded>
      <LoadMore query={emblems} />
      <EmblemForm
        open={adding}
        onClose={() => {
          setAdding(false);
        }}
      />
    </Page>
  );
}

function EmblemHead({ emblem: { name, assetId } }: { readonly emblem: ApprovedEmblem }) {
  const src =
    assetId === null
      ? null
      : addressOf(libraryApi.getAssetContent.path, { params: { id: assetId }, query: { size: 'small' } });
  return (
    <>
      {src === null ? null : <img className="emblem-picture" src={src} alt={name} loading="lazy" />}
      <strong>{name}</strong>
    </>
  );
}
