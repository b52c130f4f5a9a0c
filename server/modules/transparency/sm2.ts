import { createECDH, createHash } from 'node:crypto';

/*
 * SM2 signatures with SM3 (GB/T 32918.2-2016), over the curve that OpenSSL brings along. Node's own `sign` leaves out
 * the signer's identity that other tools expect, so the few lines around the curve stand here; multiplying by a secret
 * is left to OpenSSL.
 */

const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
/** The identity of GM/T 0009-2012 for signers that have none of their own. */
const IDENTITY = '1234567812345678';
const CURVE =
  'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc' +
  '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93' +
  '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7' +
  'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0';

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const bytesOf = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
const modulo = (value: bigint): bigint => ((value % ORDER) + ORDER) % ORDER;

/** By Fermat: the order is a prime. */
function inverse(value: bigint): bigint {
  let result = 1n;
  let power = modulo(value);
  for (let exponent = ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * power) % ORDER;
    power = (power * power) % ORDER;
  }
  return result;
}

/** A point as 64 bytes, without the leading 4 that says it is not compressed. */
export function sm2PublicKey(privateKey: Uint8Array): Buffer {
  const curve = createECDH('SM2');
  curve.setPrivateKey(privateKey);
  return curve.getPublicKey().subarray(1);
}

export function makeSm2Key(): Buffer {
  const curve = createECDH('SM2');
  curve.generateKeys();
  return Buffer.from(curve.getPrivateKey('hex').padStart(64, '0'), 'hex');
}

/** What is signed of a message: its digest after the digest of who signs. */
function digestFor(publicKey: Uint8Array, message: Uint8Array): bigint {
  const bits = Buffer.alloc(2);
  bits.writeUInt16BE(IDENTITY.length * 8);
  const signer = createHash('sm3').update(bits).update(IDENTITY).update(Buffer.from(CURVE, 'hex'));
  return numberOf(createHash('sm3').update(signer.update(publicKey).digest()).update(message).digest());
}

/** 64 bytes, r and s. */
export function signSm2(privateKey: Uint8Array, message: Uint8Array): Buffer {
  const secret = numberOf(privateKey);
  const digest = digestFor(sm2PublicKey(privateKey), message);
  for (;;) {
    const once = createECDH('SM2');
    once.generateKeys();
    const chance = numberOf(once.getPrivateKey());
    const r = modulo(digest + numberOf(once.getPublicKey().subarray(1, 33)));
    const s = modulo(inverse(1n + secret) * (chance - r * secret));
    if (r !== 0n && r + chance !== ORDER && s !== 0n) return Buffer.concat([bytesOf(r), bytesOf(s)]);
  }
}
