import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';

import { type AssetPreview, libraryApi } from '../../../contracts/library.ts';
import { addressOf } from '../../lib/client.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { RichPreview } from '../../ui/rich-preview.tsx';
import { previewFindingText } from './asset-words.ts';
import { pauseAfter } from './document-patience.ts';

/** The first pages of a document, as pictures or as text; nothing for files that have none. */
export function DocumentPages({ assetId }: { readonly assetId: string }) {
  const client = useClient();
  const [since, setSince] = useState(() => Date.now());
  const preview = useQuery({
    ...queryFor(client, libraryApi.getAssetPreview, { params: { id: assetId } }),
    // Nobody looks at a hidden tab; who comes back to it sees at once what is there by then.
    refetchIntervalInBackground: false,
    refetchInterval: ({ state }) =>
      state.data?.state === 'waiting' ? pauseAfter(state.dataUpdatedAt - since) : false,
  });
  if (preview.data === undefined || preview.data.state === 'none') return null;
  if (preview.data.state === 'waiting') {
    const goesOn = pauseAfter(preview.dataUpdatedAt - since) !== false;
    const askAgain = (): void => {
      setSince(Date.now());
      void preview.refetch();
    };
    return goesOn ? (
      <p className="hint" role="status">
        正在生成预览，好了会自动显示。
      </p>
    ) : (
      <p className="hint" role="status">
        仍在生成：前面还有别的文件，请稍后再看。
        <Button type="link" size="small" loading={preview.isFetching} onClick={askAgain}>
          现在看看
        </Button>
      </p>
    );
  }
  return (
    <figure className="document-pages">
      <Beginning assetId={assetId} preview={preview.data} />
      <figcaption className="hint">{sentencesOf(preview.data).join('')}</figcaption>
    </figure>
  );
}

function Beginning({ assetId, preview }: { readonly assetId: string; readonly preview: AssetPreview }) {
  if (preview.kind === 'none') {
    return (
      <Alert
        type="info"
        showIcon
        title="这个文件不能预览，请下载后查看"
        description={preview.findings.map(previewFindingText).join('；')}
      />
    );
  }
  if (preview.body !== null) {
    return (
      <div className="document-text" tabIndex={0} role="region" aria-label="文字预览">
        <RichPreview document={preview.body} />
      </div>
    );
  }
  return (
    <ol className="document-images" tabIndex={0} aria-label="各页的图像">
      {preview.pages.map(({ width, height }, at) => (
        <li key={at}>
          <img
            src={addressOf(libraryApi.getAssetPreviewPage.path, {
              params: { id: assetId, number: String(at + 1) },
            })}
            alt={`第 ${String(at + 1)} 页`}
            width={width}
            height={height}
            loading="lazy"
            decoding="async"
          />
        </li>
      ))}
    </ol>
  );
}

/** What is shown, and in what it differs from the file. */
function sentencesOf({ kind, pages, totalPages, isWhole, findings }: AssetPreview): readonly string[] {
  if (kind === 'none') return [];
  const extent =
    kind === 'pages'
      ? isWhole
        ? `共 ${String(pages.length)} 页。`
        : `全文 ${String(totalPages ?? pages.length)} 页，这里是前 ${String(pages.length)} 页。`
      : `这是文字预览，版式与原文件不同${isWhole ? '' : '；文件较长，只显示了开头'}。`;
  return [extent, ...findings.map((code) => `${previewFindingText(code)}。`)];
}
