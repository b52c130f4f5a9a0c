import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

import { AppError } from './errors.ts';
import { loadSecret } from './secret-file.ts';

/** Secrets of others that have to be used again: the database holds them sealed, the key lies in a file beside it. */
export interface Seal {
  /** `context` says what the secret belongs to: copied elsewhere, it cannot be opened. */
  seal(context: string, text: string): Buffer;
  /** Throws `platform.seal-broken` when another key or context sealed it, or something else was done to it. */
  open(context: string, sealed: Buffer): string;
}

const cipherName = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const broken = {
  code: 'platform.seal-broken',
  message: '保存的密钥无法解开：密钥文件丢失或被替换，请从备份恢复，或重新填写密钥。',
};

export async function loadSeal(file: string): Promise<Seal> {
  return createSeal(await loadSecret({ file, bytes: keyBytes, make: () => randomBytes(keyBytes), broken }));
}

export function createSeal(key: Buffer): Seal {
  return {
    seal: (context, text) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(cipherName, key, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open: (context, sealed) => {
      try {
        const nonce = sealed.subarray(0, nonceBytes);
        const decipher = createDecipheriv(cipherName, key, nonce, { authTagLength: tagBytes });
        decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
        const body = sealed.subarray(nonceBytes + tagBytes);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch (error) {
        throw new AppError('unavailable', broken.code, broken.message, { cause: error });
      }
    },
  };
}
