import type { Seal } from '../../platform/sealed-secret.ts';
import { makeSecret } from './sign-message.ts';

/** A secret that was copied to another endpoint cannot be opened there. */
export const secretContext = (endpointId: string): string => `webhook.secret ${endpointId}`;

/** A new secret: its text goes to whoever asked for it, its sealed form is kept. */
export function makeSealedSecret(
  seal: Seal,
  endpointId: string,
): { readonly text: string; readonly sealed: Buffer } {
  const text = makeSecret();
  return { text, sealed: seal.seal(secretContext(endpointId), text) };
}
