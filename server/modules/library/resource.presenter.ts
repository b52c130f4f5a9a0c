import type { Actor } from '../../../contracts/actor.ts';
import { fieldNotes } from '../../../contracts/field-notes.ts';
import type { Resource, ResourceSummary, Revision, RevisionSummary } from '../../../contracts/library.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Reader } from '../../platform/http.ts';
import { unitNames } from '../identity/index.ts';
import { typesOf } from './find-type.ts';
import { allowedActions, canWithdraw } from './resource.policy.ts';
import { stateOf } from './resource.rules.ts';
import { type ResourceRow, revisionById, type RevisionRow } from './resource.queries.ts';

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

type RevisionFacts = Omit<RevisionRow, 'content' | 'resourceId'>;

export function presentRevisionSummary(row: RevisionFacts): RevisionSummary {
  return {
    id: row.id,
    number: row.number,
    digest: row.digest.toString('hex'),
    origin: row.origin,
    createdBy: row.createdBy,
    createdByName: row.createdByName,
    createdAt: row.createdAt.toISOString(),
  };
}

export function presentRevision(row: RevisionRow): Revision {
  return { ...presentRevisionSummary(row), content: row.content };
}

export function presentSummary(row: ResourceRow, unitName: string): ResourceSummary {
  return {
    id: row.id,
    unitId: row.unitId,
    unitName,
    type: row.type,
    stage: row.stage,
    version: row.version,
    title: row.title,
    indexNumber: row.indexNumber,
    hasLiveRevision: row.liveRevisionId !== null,
    firstPublishedAt: instant(row.firstPublishedAt),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** Of a document that citizens read, whoever answers for it says whether it holds. */
function mayRule(actor: Actor, row: ResourceRow): boolean {
  return row.type === 'policy' && row.liveRevisionId !== null && canWithdraw(actor, row.unitId);
}

/** A resource as the console sees it: with its newest revision, what the asker may do, and what is worth another look. */
export async function presentResource(
  { db, actor, now }: Pick<Reader, 'db' | 'actor' | 'now'>,
  row: ResourceRow,
): Promise<Resource> {
  const names = await unitNames(db, [row.unitId]);
  const head = row.headRevisionId === null ? undefined : await revisionById(db, row.headRevisionId);
  if (!head) throw new Error(`resource ${row.id} has no revision`);
  const live =
    row.liveRevisionId === null || row.liveRevisionId === head.id
      ? row.liveRevisionId && head
      : await revisionById(db, row.liveRevisionId);
  const written = { type: row.type, content: head.content };
  const { fields } = (await typesOf(db, [written])).of(written);
  return {
    ...presentSummary(row, names.get(row.unitId) ?? ''),
    head: presentRevision(head),
    liveRevisionNumber: live ? live.number : null,
    releaseAt: instant(row.releaseAt),
    expireAt: instant(row.expireAt),
    withdrawnAt: instant(row.withdrawnAt),
    withdrawalReason: row.withdrawalReason,
    createdBy: row.createdBy,
    actions: [
      ...allowedActions(actor, row.unitId, stateOf(row)),
      ...(mayRule(actor, row) ? ['rule' as const] : []),
    ],
    notes: [...fieldNotes(fields, head.content, dayInChina(now))],
  };
}
