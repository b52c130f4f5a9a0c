import type { Db } from '../../platform/db.ts';
import type { AuditEntry } from '../../platform/http.ts';
import { insertEntries, type NewEntryRow } from './entry.queries.ts';

/** PostgreSQL stores neither NUL nor half a surrogate pair; an odd name must not cost us the entry. */
function cleanText(text: string): string {
  return Buffer.from(text.replaceAll('\u0000', '')).toString();
}

function rowOf(entry: AuditEntry): NewEntryRow {
  return {
    at: entry.at,
    actor_kind: entry.actor.kind,
    actor_id: entry.actor.id,
    actor_name: cleanText(entry.actor.name),
    unit_id: entry.unitId,
    action: entry.action,
    object_kind: entry.objectKind,
    object_id: entry.objectId === null ? null : cleanText(entry.objectId),
    result: entry.result,
    code: entry.code,
    details: JSON.stringify(entry.details, (_key, value: unknown) =>
      typeof value === 'string' ? cleanText(value) : value,
    ),
    address: entry.address,
    request_id: entry.requestId,
  };
}

/** Appends entries inside the given transaction; the database chains them. Call it last before the commit. */
export async function recordEntry(db: Db, ...entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length > 0) await insertEntries(db, entries.map(rowOf));
}
