import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { AppError } from '../../platform/errors.ts';
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

async function readSecret(file: string): Promise<Buffer | undefined> {
  try {
    const secret = Buffer.from((await readFile(file, 'utf8')).trim(), 'hex');
    if (secret.length === SECRET_BYTES) return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  throw new AppError('unavailable', 'transparency.key-broken', '存证签名密钥文件已损坏', {
    details: { file },
  });
}

function makeSecret(kind: SignatureKind): Buffer {
  if (kind === 'sm2') return makeSm2Key();
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-SECRET_BYTES);
}

async function loadSecret(file: string, kind: SignatureKind): Promise<Buffer> {
  const known = await readSecret(file);
  if (known !== undefined) return known;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${makeSecret(kind).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    // A link never replaces: of two processes that start together, one makes the key and both use it.
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const made = await readSecret(file);
  if (made === undefined)
    throw new AppError('unavailable', 'transparency.key-broken', '无法创建存证签名密钥');
  return made;
}

/** The key that heads are signed with; made on first use, readable by its owner only. */
export async function loadLogSigner(directory: string, kind: SignatureKind): Promise<NoteSigner> {
  const file = `${directory}/${kind === 'sm2' ? 'log-sm2.key' : 'log.key'}`;
  const secret = await loadSecret(file, kind);
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
