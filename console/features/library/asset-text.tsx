import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';

import { libraryApi } from '../../../contracts/library.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { findingText } from './asset-words.ts';

/** The words that were read in a document, as search and checks see them. Nothing for files without words. */
export function AssetText({ assetId }: { readonly assetId: string }) {
  const client = useClient();
  const words = useQuery(queryFor(client, libraryApi.getAssetWords, { params: { id: assetId } }));
  if (words.data === undefined || words.data.state === 'none') return null;
  const { state, text, findings } = words.data;
  if (state === 'waiting') return <p className="hint">正在等待读取文字，稍后再来看。</p>;
  return (
    <section>
      <h2>文件里的文字</h2>
      {findings.length === 0 ? null : (
        <Alert
          type="warning"
          showIcon
          title="读取时注意到"
          description={
            <ul>
              {findings.map((code) => (
                <li key={code}>{findingText(code)}</li>
              ))}
            </ul>
          }
        />
      )}
      {text === '' ? (
        <p className="hint">没有读到文字。扫描成图片的文件读不出文字，群众也搜不到里面的内容。</p>
      ) : (
        <pre className="asset-text" tabIndex={0} aria-label="文件里的文字">
          {text}
        </pre>
      )}
    </section>
  );
}
