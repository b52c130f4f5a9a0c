import { generateSync } from 'otplib';

/** What the application on the telephone shows at that moment. */
export function codeAt(secret: string, at: Date): string {
  return generateSync({ secret, epoch: Math.floor(at.getTime() / 1000) });
}
