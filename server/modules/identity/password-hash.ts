import { hash, verify } from '@node-rs/argon2';

/** Argon2id with OWASP's smallest memory setting; about 20 ms on one core. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash of a password nobody has, of the same cost as every other: see `wasteTime`. */
const nobodysHash =
  '$argon2id$v=19$m=19456,t=2,p=1$gXjzfZeseixEvdedBcbxeQ$azFMYp00oxMK/vDs7J7eDvg0s8gObZDVKA0a92/sLoc';

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

export function isPasswordOf(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password);
}

/** Takes as long as looking at a wrong password, for a login that does not exist. */
export async function wasteTime(password: string): Promise<false> {
  await verify(nobodysHash, password);
  return false;
}
