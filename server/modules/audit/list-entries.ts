import type { AuditEntry } from '../../../contracts/audit.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { requireRecordReader } from './entry.policy.ts';
import { entriesBefore, type EntryFilter, type EntryPlace, type StoredEntry } from './entry.queries.ts';

export interface EntriesWanted extends EntryFilter {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

export interface EntryPage {
  readonly items: AuditEntry[];
  readonly nextCursor: string | null;
}

export async function listEntries({ db, actor }: Reader, wanted: EntriesWanted): Promise<EntryPage> {
  requireRecordReader(actor);
  const limit = wanted.limit ?? 20;
  const found = await entriesBefore(db, wanted, placeIn(wanted.cursor), limit + 1);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const more = found.length > limit && last !== undefined;
  return {
    items: shown.map(entryOf),
    nextCursor: more ? cursorAt({ at: last.place_at, seq: last.seq }) : null,
  };
}

const results: readonly AuditEntry['result'][] = ['done', 'refused', 'failed'];

function entryOf(row: StoredEntry): AuditEntry {
  return {
    seq: row.seq,
    at: row.at.toISOString(),
    actorId: row.actor_id,
    actorName: row.actor_name,
    unitId: row.unit_id,
    action: row.action,
    objectKind: row.object_kind,
    objectId: row.object_id,
    result: results.find((one) => one === row.result) ?? 'failed',
    code: row.code,
    details: row.details,
    address: row.address,
    requestId: row.request_id,
  };
}

function cursorAt(place: EntryPlace): string {
  return Buffer.from(`${place.at} ${place.seq}`).toString('base64url');
}

function placeIn(cursor: string | undefined): EntryPlace | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString();
  const parts = /^([1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{6}Z) ([1-9]\d{0,17})$/.exec(text);
  const [, second = '', fraction = '', seq = ''] = parts ?? [];
  if (parts && isInstant(second)) return { at: second + fraction, seq };
  throw new AppError('invalid', 'audit.cursor-wrong', '翻页位置无效，请从第一页开始。');
}

/** A day or an hour that no calendar has would be refused by the database only. */
function isInstant(second: string): boolean {
  const at = new Date(`${second}Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(second);
}
