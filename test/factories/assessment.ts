import type { NewOpennessAssessment } from '../../contracts/openness.ts';
import type { Db } from '../../server/platform/db.ts';

export const secrecyItems = [
  ...['secret-mark', 'state-secret', 'work-secret', 'trade-secret'],
  ...['privacy', 'internal-affairs', 'process-information', 'security-and-stability'],
] as const;

/** Open to all, and nothing found: what an ordinary text gets. */
export function anAssessment(part: Partial<NewOpennessAssessment> = {}): NewOpennessAssessment {
  return {
    openMode: '主动公开',
    answers: secrecyItems.map((item) => ({ item, answer: 'no' })),
    ...part,
  };
}

/** A revision that somebody found open to all, without the people and the steps: for tests that are not about review. */
export async function assessAsOpen(
  db: Db,
  revision: { readonly id: string; readonly resourceId: string; readonly digest: Buffer },
): Promise<void> {
  const at = new Date();
  const { id } = await db
    .insertInto('review.review')
    .values({
      resource_id: revision.resourceId,
      revision_id: revision.id,
      revision_digest: revision.digest,
      unit_id: '1',
      type: 'article',
      title: '测试',
      chain: '[]',
      step: 0,
      state: 'recalled',
      submitted_by: '1',
      submitted_by_name: '测试员',
      author_ids: ['1'],
      submitted_at: at,
      step_since: at,
      ended_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('review.openness_assessment')
    .values({
      review_id: id,
      revision_id: revision.id,
      revision_digest: revision.digest,
      step_name: '初审',
      open_mode: '主动公开',
      answers: JSON.stringify(Object.fromEntries(secrecyItems.map((item) => [item, { answer: 'no' }]))),
      assessed_by: '1',
      assessed_by_name: '测试员',
      assessed_at: at,
    })
    .execute();
}
