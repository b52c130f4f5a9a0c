import { createHash, randomBytes } from 'node:crypto';

import { generateSecret, generateURI, verifySync } from 'otplib';

/** Clocks of telephones may be this many seconds off. */
const tolerance = 30;
const howManyRecoveryCodes = 10;

/** A new secret, and the address by which an application on the telephone takes it. */
export function createOneTimeSecret(label: string): { readonly secret: string; readonly uri: string } {
  const secret = generateSecret();
  return { secret, uri: generateURI({ issuer: '集约', label, secret }) };
}

/** The time step of a right code that is newer than `lastStep`; undefined when it is wrong or was used. */
export function stepOfCode(
  secret: string,
  code: string,
  at: { readonly now: Date; readonly lastStep: number | null },
): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const found = verifySync({
    secret,
    token: code,
    epoch: Math.floor(at.now.getTime() / 1000),
    epochTolerance: tolerance,
    ...(at.lastStep === null ? {} : { afterTimeStep: at.lastStep }),
  });
  return found.valid && 'timeStep' in found ? found.timeStep : undefined;
}

/** Codes for the day the telephone is lost: 80 random bits each, so that a plain digest keeps them. */
export function createRecoveryCodes(): readonly string[] {
  return Array.from({ length: howManyRecoveryCodes }, () =>
    (randomBytes(10).toString('hex').match(/.{5}/g) ?? []).join('-'),
  );
}

export function recoveryDigest(code: string): Buffer {
  return createHash('sha256')
    .update(code.toLowerCase().replaceAll(/[^0-9a-f]/g, ''))
    .digest();
}
