import { recordEntry } from '../audit/index.ts';
import type { RefusedAtDoor } from './authenticate.ts';
import type { IdentityParts } from './settings.ts';

/** Writes refusals of `createAuthenticate` into the audit record: only those of signed-in people, no stranger's. */
export function createRefusalRecord(
  parts: Pick<IdentityParts, 'db' | 'clock'>,
): (refusal: RefusedAtDoor) => Promise<void> {
  return ({ caller, code, method, route }) =>
    parts.db.transaction().execute((db) =>
      recordEntry(db, {
        at: parts.clock(),
        actor: caller.actor,
        action: 'identity.authenticate',
        objectKind: 'request',
        objectId: null,
        unitId: caller.actor.unitId,
        result: 'refused',
        code,
        details: { method, route },
        address: caller.address,
        requestId: caller.requestId,
      }),
    );
}
