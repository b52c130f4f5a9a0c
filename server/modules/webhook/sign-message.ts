import { createHash, createHmac, randomBytes } from 'node:crypto';

const secretBytes = 32;
const secretStart = 'whsec_';

/** 256 bits of chance, in the form that libraries of Standard Webhooks take. */
export const makeSecret = (): string => `${secretStart}${randomBytes(secretBytes).toString('base64')}`;

/** The same words to the same endpoint have one id, however often they are sent: receivers know them again. */
export function messageIdOf(endpointId: string, body: string): string {
  const digest = createHash('sha256').update(`${endpointId} ${body}`).digest('hex');
  return `msg_${digest.slice(0, 32)}`;
}

export interface Unsigned {
  readonly id: string;
  readonly body: string;
  readonly at: Date;
}

/** The headers of one request. Each secret that holds signs it, so that a receiver may know the old one or the new. */
export function signedHeaders(
  { id, body, at }: Unsigned,
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(secretStart.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
