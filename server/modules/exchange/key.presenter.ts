import type { AccessKey } from '../../../contracts/exchange.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import { type KeyRow, lastUses } from './key.queries.ts';
import { keyStateOf } from './key.rules.ts';

const instant = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

/** Keys as the console shows them, with what they have used; never with their digests. */
export async function presentKeys(db: Db, keys: readonly KeyRow[], now: Date): Promise<AccessKey[]> {
  const uses = await lastUses(
    db,
    keys.map((key) => key.id),
    dayInChina(now),
  );
  return keys.map((key) => ({
    id: key.id,
    name: key.name,
    holder: key.holder,
    prefix: key.prefix,
    unitIds: key.unitIds === null ? null : [...key.unitIds],
    columnIds: key.columnIds === null ? null : [...key.columnIds],
    types: key.types === null ? null : [...key.types],
    fullText: key.fullText,
    perMinute: key.perMinute,
    perDay: key.perDay,
    expiresAt: instant(key.expiresAt),
    state: keyStateOf(key, now),
    createdAt: key.createdAt.toISOString(),
    createdByName: key.createdByName,
    revokedAt: instant(key.revokedAt),
    revocationReason: key.revocationReason,
    lastUsedAt: instant(uses.get(key.id)?.lastUsedAt),
    usedToday: uses.get(key.id)?.usedToday ?? 0,
    version: key.version,
  }));
}

export async function presentKey(db: Db, key: KeyRow, now: Date): Promise<AccessKey> {
  const [shown] = await presentKeys(db, [key], now);
  if (!shown) throw new Error('one key gives one answer');
  return shown;
}
