import type { Db } from '../../platform/db.ts';
import { copyFileAt } from './copy.queries.ts';
import { nameOf } from './old-address.rules.ts';
import type { OldSource } from './source.types.ts';

/** A saved copy: its bytes lie in the store already. */
export function createCopySource(db: Db, projectId: string): OldSource {
  return {
    fetch: async ({ address, digest }) => {
      const file = await copyFileAt(db, projectId, nameOf(address));
      if (!file) return { outcome: 'failed', problem: 'not-there', detail: '副本中没有这个文件' };
      if (file.digest === digest) return { outcome: 'same' };
      return { outcome: 'bytes', digest: file.digest, mediaType: '', etag: null, lastModified: null };
    },
  };
}
