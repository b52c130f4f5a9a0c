import { join } from 'node:path';

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import { aDraft, aSiteWithColumn, performAs } from '../../../test/factories/library.ts';
import { aStore, exportTo, importFrom, someFolders } from '../../../test/factories/packages.ts';
import { aReviewTeam, publish } from '../../../test/factories/review.ts';
import { aDatabase } from '../../../test/harness.ts';
import type { Db } from '../../platform/db.ts';
import { scheduleResource } from '../library/index.ts';

const { db: origin } = aDatabase();
const { db: heir } = aDatabase();
const { db: strict } = aDatabase();
const aFolder = someFolders();
const day = 86_400_000;

/** What was signed by two ticks, as all was before assessments, and waits for its hour. */
async function aSignedWithoutAssessment(db: Db) {
  const team = await aReviewTeam(db);
  const { column } = await aSiteWithColumn(db, team.unit);
  const draft = await aDraft(db, { editor: team.editor, column });
  await performAs({ db }, team.editor)(scheduleResource, {
    resourceId: draft.id,
    expectedVersion: draft.version,
    releaseAt: new Date(Date.now() + day).toISOString(),
    expireAt: null,
  });
  await publish(db, team, draft.id);
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await trx.deleteFrom('review.openness_assessment').execute();
  });
  const other = await aDraft(db, { editor: team.editor, column });
  return { signed: draft, other };
}

const setRule = (at: Date) =>
  origin.updateTable('review.disclosure_rule').set({ assessed_since: at }).execute();
const ruleOf = async (db: Db): Promise<Date> =>
  (await db.selectFrom('review.disclosure_rule').select('assessed_since').executeTakeFirstOrThrow())
    .assessed_since;

async function aPackage() {
  const assets = await aStore(aFolder);
  const folder = join(await aFolder(), 'package');
  await exportTo(folder, { db: origin, assets });
  return folder;
}
const bringInto = async (db: Db, folder: string) =>
  importFrom(folder, { db, assets: await aStore(aFolder) }, {});

describe('what waits for its hour without an assessment', () => {
  it('comes in where its instance was not yet under the rule when it was signed, and only there', async () => {
    const begun = new Date();
    const { signed, other } = await aSignedWithoutAssessment(origin);
    expect((await ruleOf(heir)) < begun).toBe(true);

    await setRule(begun);
    await expect(bringInto(strict, await aPackage())).rejects.toMatchObject({
      code: 'packaging.row-refused',
      details: { part: 'resources' },
    });

    // Said to be under the rule from a day to come: what is signed here from now on is not excused by that.
    await setRule(new Date(Date.now() + 999 * day));
    await bringInto(heir, await aPackage());
    expect((await ruleOf(heir)) <= new Date()).toBe(true);
    const there = await heir
      .selectFrom('library.resource')
      .select('stage')
      .where('id', '=', signed.id)
      .executeTakeFirst();
    expect(there).toEqual({ stage: 'scheduled' });
    await expect(signLive(heir, other)).rejects.toThrow('not assessed as open to all');
    await expect(signAgain(heir, signed)).rejects.toThrow('not assessed as open to all');
  });
});

interface Draft {
  readonly id: string;
  readonly head: { readonly id: string };
}

/** A sign-off of this moment past every command. */
function signLive(db: Db, { id, head }: Draft): Promise<void> {
  return db.transaction().execute(async (trx) => {
    await sql`insert into review.review (resource_id, revision_id, revision_digest, unit_id, type, title, chain, step, state,
        submitted_by, submitted_by_name, author_ids, submitted_at, step_since, ended_at)
      select id, ${head.id}::bigint, ${Buffer.alloc(32)}, unit_id, type, title, '[]', 0, 'signed', 1, '甲', '{1}', now(), now(),
        now() from library.resource where id = ${id}`.execute(trx);
    await sql`update library.resource set signed_revision_id = ${head.id}, stage = 'scheduled' where id = ${id}`.execute(
      trx,
    );
  });
}

/** The same, of what was signed before the rule and taken back. */
async function signAgain(db: Db, signed: Draft): Promise<void> {
  await sql`update library.resource set signed_revision_id = null, stage = 'withdrawn' where id = ${signed.id}`.execute(
    db,
  );
  await signLive(db, signed);
}
