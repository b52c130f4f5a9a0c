import { createHash } from 'node:crypto';

/*
 * Heads are published as C2SP signed notes with a tlog-checkpoint in them, so that tools made for the logs of
 * certificates and software packages read them too: https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint
 */

export interface NoteSigner {
  /** Ed25519 is signature type 1; what has no number is type 255, followed by its name. */
  readonly type: Uint8Array;
  readonly publicKey: Uint8Array;
  sign(text: Uint8Array): Uint8Array;
}

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function keyIdOf(origin: string, signer: NoteSigner): Buffer {
  const hash = createHash('sha256').update(`${origin}\n`).update(signer.type).update(signer.publicKey);
  return hash.digest().subarray(0, 4);
}

/** The public key in one line, as verifiers take it. */
export function verifierKey(origin: string, signer: NoteSigner): string {
  const key = Buffer.concat([signer.type, signer.publicKey]);
  return `${origin}+${keyIdOf(origin, signer).toString('hex')}+${base64(key)}`;
}

/** How long the log is that a head was signed for; 0 of what is no head. */
export const sizeOfCheckpoint = (note: string): number =>
  Number(/^[^\n]+\n(\d{1,15})\n/.exec(note)?.[1] ?? 0);

/** Whether this signer's signature stands on a head: told by the number of its key. */
export function isSignedBy(note: string, origin: string, signer: NoteSigner): boolean {
  const start = `— ${origin} `;
  const id = keyIdOf(origin, signer);
  return note
    .split('\n')
    .some(
      (line) =>
        line.startsWith(start) && Buffer.from(line.slice(start.length), 'base64').subarray(0, 4).equals(id),
    );
}

export function signCheckpoint({ origin, size, root }: Checkpoint, signer: NoteSigner): string {
  const text = `${origin}\n${String(size)}\n${base64(root)}\n`;
  const signature = Buffer.concat([keyIdOf(origin, signer), signer.sign(Buffer.from(text))]);
  return `${text}\n— ${origin} ${base64(signature)}\n`;
}
