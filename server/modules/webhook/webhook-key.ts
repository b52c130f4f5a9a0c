import { randomBytes } from 'node:crypto';

import { loadSecret } from '../../platform/secret-file.ts';

const keyBytes = 32;

/** What secrets of endpoints are encrypted with: outside of the database, so that its copy alone signs nothing. */
export function loadWebhookKey(file: string): Promise<Buffer> {
  return loadSecret({
    file,
    bytes: keyBytes,
    make: () => randomBytes(keyBytes),
    broken: { code: 'webhook.key-broken', message: '推送密钥文件已损坏，或无法创建' },
  });
}
