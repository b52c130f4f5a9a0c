import { endOfDay, startOfDay } from '../../lib/time.ts';
import { choiceIn, compact, dayPattern, textIn } from '../../lib/search-text.ts';

export const auditResults = ['done', 'refused', 'failed'] as const;

/** The audit screen's address. */
export interface AuditFilter {
  readonly actorId?: string;
  readonly action?: string;
  readonly objectKind?: string;
  readonly objectId?: string;
  readonly result?: (typeof auditResults)[number];
  readonly from?: string;
  readonly to?: string;
}

export function readAuditFilter(raw: Record<string, unknown>): AuditFilter {
  return compact<AuditFilter>({
    actorId: textIn(raw, 'actorId', /^.{1,40}$/),
    action: textIn(raw, 'action', /^[a-z.-]{1,60}$/),
    objectKind: textIn(raw, 'objectKind', /^.{1,40}$/),
    objectId: textIn(raw, 'objectId', /^.{1,40}$/),
    result: choiceIn(raw, 'result', auditResults),
    from: textIn(raw, 'from', dayPattern),
    to: textIn(raw, 'to', dayPattern),
  });
}

/** Days become the instants the server asks for. */
export function auditQuery({ from, to, ...rest }: AuditFilter) {
  return {
    ...rest,
    ...(from === undefined ? {} : { from: startOfDay(from) }),
    ...(to === undefined ? {} : { to: endOfDay(to) }),
    limit: 50,
  };
}
