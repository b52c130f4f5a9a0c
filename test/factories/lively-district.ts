import { createHash } from 'node:crypto';

import { sql } from 'kysely';

import type { Db } from '../../server/platform/db.ts';
import { aColumn, aDistrict, aStage, type Stage, type TestDistrict } from './sites.ts';

/** What stands in every picture's file. */
export const pictureBytes = Buffer.from('as good as a picture');

/** A small district in which anything may happen. */
export interface LivelyDistrict {
  readonly stage: Stage;
  readonly district: TestDistrict;
  /** Columns that take entries. */
  readonly columns: readonly string[];
  readonly channels: readonly string[];
  /** The one whose entries are topics. */
  readonly topicColumn: string;
  readonly resources: string[];
  /** The same picture under the same name, uploaded by each unit. */
  readonly pictures: { readonly office: string; readonly bureau: string };
}

async function aPicture(db: Db, unitId: string): Promise<string> {
  const row = await db
    .insertInto('library.asset')
    .values({
      unit_id: unitId,
      digest: createHash('sha256').update(pictureBytes).digest('hex'),
      file_name: '图 一.png',
      media_type: 'image/png',
      size: pictureBytes.length,
      width: 4,
      height: 3,
      uploaded_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** As if long lists had grown and mostly been withdrawn: their archive pages come and go within a few acts. */
export async function ageColumns(db: Db): Promise<void> {
  await sql`update sites.column set last_sequence = 58 where slug in ('tzgg', 'tz', 'zt1', 'fdzdgk')`.execute(
    db,
  );
  await sql`update sites.column set last_sequence = 39 where slug = 'qx'`.execute(db);
}

/** Columns that hide without entries, alone, below one another, and below a channel that hides too. */
export async function aLivelyDistrict(db: Db): Promise<LivelyDistrict> {
  let at = Date.parse('2026-03-01T01:00:00Z');
  const stage = aStage(db, () => new Date((at += 3_600_000)));
  const district = await aDistrict(stage);
  const { portal: site, bureauSite, office, bureau } = district;
  const channel = await aColumn(stage, { site, kind: 'channel', slug: 'zwgk', inNavigation: true });
  const rare = await aColumn(stage, {
    site,
    kind: 'channel',
    slug: 'zt',
    inNavigation: true,
    hiddenWhenEmpty: true,
  });
  const disclosure = await aColumn(stage, { site, kind: 'channel', slug: 'xxgk', inNavigation: true });
  const news = await aColumn(stage, {
    site,
    slug: 'dt',
    kind: 'news',
    homePosition: 0,
    inNavigation: true,
    hiddenWhenEmpty: true,
  });
  const own = await aColumn(stage, { site: bureauSite, slug: 'tz', homePosition: 1, unitId: bureau.id });
  const columns = [
    await aColumn(stage, { site, parent: channel, slug: 'tzgg', homePosition: 1 }),
    await aColumn(stage, { site, parent: channel, slug: 'zcwj', kind: 'policy' }),
    news,
    await aColumn(stage, { site, parent: news, slug: 'qx', kind: 'news', hiddenWhenEmpty: true }),
    await aColumn(stage, { site, parent: rare, slug: 'zt1', kind: 'topic', homePosition: 3 }),
    await aColumn(stage, { site, parent: disclosure, slug: 'gkzn', kind: 'disclosure-guide' }),
    await aColumn(stage, { site, parent: disclosure, slug: 'fdzdgk', kind: 'disclosure-content' }),
    await aColumn(stage, { site, parent: disclosure, slug: 'ld', kind: 'leader', hiddenWhenEmpty: true }),
    own,
    await aColumn(stage, {
      site: bureauSite,
      parent: own,
      slug: 'dt',
      kind: 'news',
      homePosition: 0,
      hiddenWhenEmpty: true,
    }),
  ];
  return {
    stage,
    district,
    columns: columns.map((one) => one.id),
    channels: [channel.id, rare.id, disclosure.id],
    topicColumn: columns[4]?.id ?? '0',
    resources: [],
    pictures: { office: await aPicture(db, office.id), bureau: await aPicture(db, bureau.id) },
  };
}

/** Numbers choose among what there is, so that any sequence of acts makes sense. */
export interface Chances {
  readonly which: number;
  readonly columns: readonly number[];
  readonly flag: boolean;
  readonly detail: number;
}

export function pick<T>(from: readonly T[], at: number): T {
  const found = from[at % from.length];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}
export const columnsOf = (lively: LivelyDistrict, act: Chances): string[] => [
  ...new Set(act.columns.map((one) => pick(lively.columns, one))),
];
