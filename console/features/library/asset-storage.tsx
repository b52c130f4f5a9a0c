import { useQuery } from '@tanstack/react-query';

import { type AssetStorage as Storage, libraryApi } from '../../../contracts/library.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { sizeText } from './asset-words.ts';

/** What all files take; nothing while there are none. */
export function AssetStorage() {
  const client = useClient();
  const storage = useQuery({ ...queryFor(client, libraryApi.getAssetStorage, {}), staleTime: 300_000 });
  if (storage.data === undefined || storage.data.originals.files === 0) return null;
  return <p className="hint">{sentenceOf(storage.data)}</p>;
}

function sentenceOf({ originals, webp, avif, pages }: Storage): string {
  const made = [
    { name: '小图', bytes: webp.bytes + avif.bytes },
    { name: '文档预览图', bytes: pages.bytes },
  ].flatMap(({ name, bytes }) => (bytes === 0 ? [] : [`${name} ${sizeText(bytes)}`]));
  const own = `占用空间：${originals.files.toLocaleString('zh-CN')} 个文件 ${sizeText(originals.bytes)}`;
  return made.length === 0 ? `${own}。` : `${own}；由它们生成的${made.join('、')}。`;
}
