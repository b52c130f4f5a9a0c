import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { sql } from 'kysely';
import { afterAll } from 'vitest';

import { createType, recordOrigins } from '../../server/modules/library/index.ts';
import type { PackageSelection } from '../../contracts/packaging.ts';
import {
  exportPackage,
  importPackage,
  type Manifest,
  type PackageImport,
} from '../../server/modules/packaging/index.ts';
import { type AssetStore, createFileAssetStore } from '../../server/platform/asset-store.ts';
import { systemActor } from '../../server/platform/context.ts';
import type { Db } from '../../server/platform/db.ts';
import { AppError } from '../../server/platform/errors.ts';
import { openSource } from '../../server/platform/packages/package-source.ts';
import { openTarget } from '../../server/platform/packages/package-target.ts';
import { aChance } from '../faults/random.ts';
import { aDraft, aSiteWithColumn, performAs } from './library.ts';
import { aLiveArticle, aReviewTeam, submit } from './review.ts';
import {
  ageColumns,
  aLivelyDistrict,
  drawAct,
  type LivelyDistrict,
  pictureBytes,
  play,
} from './sites-acts.ts';
import { aDefinition, aField } from './types.ts';
import { anUrgentRule, release } from './urgent.ts';

/** Folders that are gone when the file's tests are. */
export function someFolders(): () => Promise<string> {
  const folders: string[] = [];
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jiyue-package-'));
    folders.push(folder);
    return folder;
  };
}

/** A district in which much has happened: every kind of row that a package carries is there. */
export async function aLivedInDistrict(db: Db, assets: AssetStore, acts = 150): Promise<LivelyDistrict> {
  const lively = await aLivelyDistrict(db);
  await ageColumns(db);
  const received = await assets.receive(Readable.from([pictureBytes]), Infinity);
  await received.keep();
  const chance = aChance(20_261_127);
  for (let done = 0; done < acts; done += 1)
    await play(lively, drawAct(chance)).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
  const { resourceId, team } = await aLiveArticle(db);
  await sql`insert into library.relation (resource_id, kind, target_id, place)
    select ${resourceId}::bigint, 'seeAlso', min(id), 0 from library.resource`.execute(db);
  await sql`insert into library.validity_ruling (resource_id, validity, effective_on, basis, state, ordered_by_name,
      ordered_at, settled_by_name, settled_at)
    values (${resourceId}, '废止', '2026-11-01', '依据甲文件', 'applied', '乙', ${packageNow}, '乙', ${packageNow})`.execute(
    db,
  );
  await sql`update library.resource set ruling_id = (select max(id) from library.validity_ruling), ruled_validity = '废止',
    validity = '废止' where id = ${resourceId}`.execute(db);
  await recordOrigins(db, [
    {
      resourceId,
      chain: [{ instance: randomUUID(), name: '上级平台', id: '7', url: null, indexNumber: null }],
    },
  ]);
  const operator = { ...systemActor('test'), roles: ['operator'] as const };
  await performAs({ db }, operator)(createType, {
    key: 'x-register',
    definition: aDefinition('台账', [aField('编号')]),
    note: '第一版',
  });
  // Of a review that ended like this; what it found and how it was looked at again.
  await sql`with found as (
      insert into review.undisclosed (review_id, resource_id, open_mode, reason_key, found_at, due_on)
      select max(id), max(resource_id), '不予公开', 'privacy', ${packageNow}, '2027-11-27' from review.review
      where resource_id = ${resourceId} returning review_id)
    insert into review.reassessment (review_id, outcome, open_mode, reason_key, note, next_due_on, assessed_by,
      assessed_by_name, assessed_at)
    select review_id, 'keep', '不予公开', 'privacy', '仍涉及个人隐私', '2027-11-27', ${team.principal.id}::bigint, '乙',
      ${packageNow} from found`.execute(db);
  // Out, and still to be reviewed.
  const hasty = await aReviewTeam(db);
  const { column } = await aSiteWithColumn(db, hasty.unit);
  const urgent = await aDraft(db, { editor: hasty.editor, column });
  await anUrgentRule(db, hasty.unit, [hasty.principal]);
  await submit(db, hasty.editor, urgent.id);
  await release(db, hasty.principal, urgent.id);
  await sql`insert into sites.mapping_match (rule_id, resource_id, state, found_at)
    select min(id), ${resourceId}::bigint, 'waiting', ${packageNow} from sites.mapping_rule`.execute(db);
  await sql`insert into sites.column_writers (id, unit_ids)
    select min(id), array[min(unit_id)] from sites.column on conflict do nothing`.execute(db);
  await sql`insert into sites.responsibility_past (column_id, until, state)
    select min(id), ${packageNow}, '{"name":"旧名","unitIds":[]}' from sites.column`.execute(db);
  await sql`insert into library.correction_note (resource_id, revision_id, note, unit_name, corrected_at)
    select id, live_revision_id, '更正了日期。', '旧名局', ${packageNow} from library.resource where id = ${resourceId}`.execute(
    db,
  );
  await sql`insert into review.comment (review_id, anchor, quote, text, written_by, written_by_name, written_at)
    select max(id), '{"field":"title","path":[],"start":0,"end":1}', left(max(title), 1), '再核。', ${team.first.id}::bigint,
      '甲', ${packageNow} from review.review where resource_id = ${resourceId}`.execute(db);
  await sql`insert into review.opinion (review_id, step, step_name, unit_id, unit_name, question, asked_by_name,
      asked_at, due_on, state, stance, answer, revision_digest, ended_by, ended_by_name, ended_at)
    select max(id), 0, '初审', (select min(id) from identity.unit), '旧名局', '是否同意？', '审核流程', ${packageNow},
      '2026-12-01', 'answered', 'amend', '请再核。', sha256('a'), (select min(id) from identity.account), '甲',
      ${packageNow} from review.review where resource_id = ${resourceId}`.execute(db);
  await sql`insert into sites.take_down (resource_id, unit_id, title, reason, taken_down_by, taken_down_by_name, taken_down_at)
    select id, unit_id, title, '含有个人信息', ${team.principal.id}::bigint, '乙', ${packageNow}
    from library.resource where id = ${resourceId}`.execute(db);
  await sql`with planned as (
      insert into sites.joint_release (unit_id, lead_resource_id, name, made_by_name, made_at)
      select unit_id, id, '政策和解读', '乙', ${packageNow} from library.resource where id = ${resourceId} returning id)
    insert into sites.joint_release_member (release_id, resource_id, added_by_name, added_at)
    select id, ${resourceId}::bigint, '乙', ${packageNow} from planned`.execute(db);
  await sql`insert into review.reminder (review_id, step_name, step_since, kind, given_at)
    select max(id), '初审', ${packageNow}, 'overdue', ${packageNow} from review.review
    where resource_id = ${resourceId}`.execute(db);
  await sql`insert into publishing.redirect (site, from_path, to_url)
    select key, '/old/1.html', '/' from sites.site order by id limit 1`.execute(db);
  await sql`insert into identity.former_name (unit_id, ended_at, name, short_name, basis)
    select min(id), ${packageNow}, '旧名局', '旧名局', '依据甲文件' from identity.unit`.execute(db);
  await sql`insert into identity.unit_split (unit_id, at, position, receiver_id, basis)
    select min(id), ${packageNow}, 0, max(id), '依据甲文件' from identity.unit`.execute(db);
  return lively;
}

export const packageNow = new Date('2026-11-27T01:00:00Z');

export async function exportTo(
  path: string,
  from: { readonly db: Db; readonly assets: AssetStore },
  selection: PackageSelection = {},
): Promise<Manifest> {
  return exportPackage({
    ...from,
    target: await openTarget(path),
    selection,
    now: packageNow,
  });
}

export async function importFrom(
  path: string,
  to: { readonly db: Db; readonly assets: AssetStore },
  wishes: Partial<PackageImport> = {},
): Promise<Manifest> {
  const source = wishes.source ?? (await openSource(path));
  try {
    return await importPackage({
      ...to,
      perform: performAs(to, systemActor('test'), { clock: () => packageNow }),
      source,
      scans: false,
      ...wishes,
    });
  } finally {
    source.close();
  }
}

export const aStore = async (aFolder: () => Promise<string>): Promise<AssetStore> =>
  createFileAssetStore(await aFolder());

/** The digest of every file below a folder. */
export async function digestsBelow(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const digests: Record<string, string> = {};
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    digests[path.slice(folder.length + 1)] = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  }
  return digests;
}
