import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';

import { type Asset, type AssetUse, libraryApi } from '../../../contracts/library.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { StageTag } from '../../ui/stage-tag.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly asset: Asset;
  readonly mayChange: boolean;
}

/** Where a file is used; of one that was replaced, each draft can be given the new one. */
export function AssetUses({ asset, mayChange }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const uses = useQuery(queryFor(client, libraryApi.getAssetUses, { params: { id: asset.id } }));
  const adopt = useAct<AssetUse>({
    act: ({ resourceId, version }) =>
      client.call(libraryApi.adoptReplacement, {
        params: { id: asset.id },
        body: { resourceId, expectedVersion: version },
      }),
    done: '草稿已改用新文件，请提交审核',
    onDone: () => forget(queries, libraryApi.getAssetUses, libraryApi.listAssets, libraryApi.getResource),
  });
  return (
    <section>
      <h2>使用情况</h2>
      <Loaded query={uses} rows={2}>
        {({ resources, sites }) =>
          resources.length + sites.length === 0 ? (
            <p className="hint">没有信息或网站使用这个文件。</p>
          ) : (
            <ul className="asset-uses">
              {sites.map((site) => (
                <li key={`site-${site.siteId}`}>
                  <Link to="/sites" search={{ site: site.siteId }}>
                    {site.siteName}
                  </Link>
                  <span className="hint">网站的标志或横幅</span>
                </li>
              ))}
              {resources.map((use) => (
                <li key={use.resourceId}>
                  <Link to="/resources/$id" params={{ id: use.resourceId }}>
                    {use.title}
                  </Link>
                  <StageTag stage={use.stage} />
                  {use.isLive ? <span className="hint">网上正在使用</span> : null}
                  {mayChange && asset.replacedBy !== null && use.isHead ? (
                    <Button
                      size="small"
                      loading={adopt.isPending}
                      onClick={() => {
                        adopt.mutate(use);
                      }}
                    >
                      草稿改用新文件
                    </Button>
                  ) : null}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
