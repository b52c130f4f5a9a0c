import { randomBytes } from 'node:crypto';

import { loadSecret } from '../../platform/secret-file.ts';

const KEY_BYTES = 32;

/** The secret that page seals are made with; made on first use, readable by its owner only. */
export function loadPageKey(file: string): Promise<Buffer> {
  return loadSecret({
    file,
    bytes: KEY_BYTES,
    make: () => randomBytes(KEY_BYTES),
    broken: { code: 'publishing.key-broken', message: '页面密钥文件已损坏，或无法创建' },
  });
}
