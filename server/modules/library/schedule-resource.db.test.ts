import { describe, expect, it } from 'vitest';

import { anAccount } from '../../../test/factories/identity.ts';
import { aColumn, aDistrict, aDraft, aPublished, aStage } from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { scheduleResource } from './schedule-resource.ts';

describe('the hours of a resource', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const later = '2030-01-01T00:00:00Z';

  it('belong to the editor, but the end of what is public to those who may withdraw', async () => {
    const { actor, office, portal } = await aDistrict(stage);
    const column = await aColumn(stage, { site: portal });
    const editor = (await anAccount(db, { unit: office, roles: ['editor'] })).actor;
    const principal = (await anAccount(db, { unit: office, roles: ['principal'] })).actor;
    const schedule = async (
      who: typeof editor,
      resourceId: string,
      releaseAt: string | null,
      expireAt: string | null,
    ) => {
      const { version } = await db
        .selectFrom('library.resource')
        .select('version')
        .where('id', '=', resourceId)
        .executeTakeFirstOrThrow();
      return stage.perform(who, scheduleResource, {
        resourceId,
        expectedVersion: version,
        releaseAt,
        expireAt,
      });
    };
    const refusal = { kind: 'forbidden', code: 'library.unit-not-writable' };

    const draft = await aDraft(stage, actor, { unitId: office.id });
    await expect(schedule(editor, draft, null, later)).resolves.toMatchObject({
      expireAt: new Date(later).toISOString(),
    });
    await expect(schedule(principal, draft, null, null)).rejects.toMatchObject(refusal);

    const live = await aPublished(stage, actor, { unitId: office.id, columnIds: [column.id] });
    await expect(schedule(editor, live, null, later)).rejects.toMatchObject(refusal);
    await expect(schedule(principal, live, null, later)).resolves.toMatchObject({ stage: 'live' });
    await expect(schedule(editor, live, null, null)).rejects.toMatchObject(refusal);
    await expect(schedule(principal, live, '2029-01-01T00:00:00Z', later)).rejects.toMatchObject(refusal);
    await expect(schedule(editor, live, '2029-01-01T00:00:00Z', later)).resolves.toMatchObject({
      stage: 'live',
    });
  });
});
