import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

import { loadSecret } from '../../platform/secret-file.ts';
import { makeSm2Key, signSm2, sm2PublicKey } from './sm2.ts';
import type { NoteSigner } from './signed-note.ts';

export const signatureKinds = ['ed25519', 'sm2'] as const;
export type SignatureKind = (typeof signatureKinds)[number];

const ED25519_TYPE = Uint8Array.of(1);
const SM2_TYPE = Buffer.concat([Uint8Array.of(255), Buffer.from('sm2-sm3')]);
const SECRET_BYTES = 32;
// RFC 8410: what stands before the 32 bytes of an Ed25519 key in its DER form.
const PRIVATE_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_HEAD_BYTES = 12;

function makeSecret(kind: SignatureKind): Buffer {
  if (kind === 'sm2') return makeSm2Key();
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-SECRET_BYTES);
}

/** The key that heads are signed with; made on first use, readable by its owner only. */
export async function loadLogSigner(directory: string, kind: SignatureKind): Promise<NoteSigner> {
  const file = `${directory}/${kind === 'sm2' ? 'log-sm2.key' : 'log.key'}`;
  const secret = await loadSecret({
    file,
    bytes: SECRET_BYTES,
    make: () => makeSecret(kind),
    broken: { code: 'transparency.key-broken', message: '存证签名密钥文件已损坏，或无法创建' },
  });
  if (kind === 'sm2')
    return { type: SM2_TYPE, publicKey: sm2PublicKey(secret), sign: (text) => signSm2(secret, text) };
  const der = Buffer.concat([PRIVATE_HEAD, secret]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    type: ED25519_TYPE,
    publicKey: spki.subarray(PUBLIC_HEAD_BYTES),
    sign: (text) => sign(null, text, key),
  };
}
