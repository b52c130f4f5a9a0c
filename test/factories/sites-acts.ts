import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { sql } from 'kysely';

import type { Block } from '../../contracts/blocks.ts';
import type { ResourceTypeKey } from '../../contracts/library.ts';
import { type ColumnChange, homeLayouts, type SiteChange, siteStates } from '../../contracts/sites.ts';
import { revisionById } from '../../server/modules/library/index.ts';
import { endDueTopics } from '../../server/modules/sites/end-topics.ts';
import { endDueUrgent } from '../../server/modules/sites/raise-urgent.ts';
import { currentUrgent } from '../../server/modules/sites/urgent.queries.ts';
import {
  allSites,
  changeColumn,
  changeListing,
  changeSite,
  endUrgentNotice,
  columnById,
  importArchive,
  raiseUrgent,
  setMappings,
} from '../../server/modules/sites/index.ts';
import type { Db } from '../../server/platform/db.ts';
import { someBlocks } from './blocks.ts';
import {
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  edit,
  place,
  publish,
  someContent,
  type Stage,
  type TestDistrict,
  withdraw,
} from './sites.ts';
import { expireLater, letTimePass, pinForHours, publishLater, renameUnit } from './sites-hours.ts';

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
export interface Act {
  readonly what: keyof typeof players;
  readonly which: number;
  readonly columns: readonly number[];
  readonly flag: boolean;
  readonly detail: number;
}

function pick<T>(from: readonly T[], at: number): T {
  const found = from[at % from.length];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}

const columnsOf = (lively: LivelyDistrict, act: Act): string[] => [
  ...new Set(act.columns.map((one) => pick(lively.columns, one))),
];

function picturesOf(lively: LivelyDistrict, ofOffice: boolean, act: Act) {
  if (act.detail % 2 === 0) return {};
  const assetId = lively.pictures[ofOffice ? 'office' : 'bureau'];
  return { coverAssetId: assetId, attachments: [{ assetId, name: '附件一' }] };
}

/** A document, something that explains one, or an article. */
async function wishedType(lively: LivelyDistrict, act: Act): Promise<ResourceTypeKey> {
  if (act.which % 3 === 0) return 'policy';
  return act.which % 3 === 1 && (await documentsOf(lively)).length > 0 ? 'interpretation' : 'article';
}

/** Documents that were ever public, withdrawn ones too. */
async function documentsOf({ stage, resources }: LivelyDistrict): Promise<string[]> {
  if (resources.length === 0) return [];
  const rows = await stage.db
    .selectFrom('library.resource')
    .select('id')
    .where('id', 'in', resources)
    .where('type', '=', 'policy')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Documents are explained by others and replace one another. */
async function namedBy(lively: LivelyDistrict, type: ResourceTypeKey, act: Act, self?: string) {
  const others = (await documentsOf(lively)).filter((id) => id !== self);
  if (others.length === 0) return {};
  const named = [pick(others, act.detail)];
  if (type === 'interpretation') return { interprets: named, form: '文字解读' };
  return type === 'policy' && act.flag ? { replacedBy: named } : {};
}

async function playPublish(lively: LivelyDistrict, act: Act): Promise<void> {
  const { stage, district, resources } = lively;
  const type = await wishedType(lively, act);
  const id = await aPublished(stage, district.actor, {
    unitId: (act.flag ? district.office : district.bureau).id,
    type,
    columnIds: columnsOf(lively, act),
    content: {
      title: `第${String(resources.length + 1)}条信息`,
      ...picturesOf(lively, act.flag, act),
      ...(await namedBy(lively, type, act)),
    },
  });
  resources.push(id);
}

async function playEdit(lively: LivelyDistrict, act: Act): Promise<void> {
  const { stage, district, resources } = lively;
  if (resources.length === 0) return;
  const id = pick(resources, act.which);
  const row = await stage.db
    .selectFrom('library.resource')
    .select(['unit_id', 'title', 'type', 'head_revision_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const ofOffice = row.unit_id === district.office.id;
  if (row.type === 'home' || row.type === 'topic') {
    const head = await revisionById(stage.db, row.head_revision_id ?? '0');
    if (!head) throw new Error(`resource ${id} has no head`);
    const blocks = [...blocksFor(lively, ofOffice, act)];
    await edit(stage, district.actor, id, { ...head.content, title: `${row.title.slice(0, 50)}改`, blocks });
    await publish(stage, district.actor, id);
    return;
  }
  const changes = {
    title: `${row.title.slice(0, 50)}改`,
    ...picturesOf(lively, ofOffice, act),
    ...(await namedBy(lively, row.type as ResourceTypeKey, act, id)),
  };
  await edit(stage, district.actor, id, someContent(changes, row.type as ResourceTypeKey));
  await publish(stage, district.actor, id);
}

function blocksFor(lively: LivelyDistrict, ofOffice: boolean, act: Act): readonly Block[] {
  const pictureId = lively.pictures[ofOffice ? 'office' : 'bureau'];
  const blocks = someBlocks({
    columnIds: columnsOf(lively, act),
    ...(act.detail % 2 === 0 ? {} : { pictureId }),
  });
  // Not always all of them, and not always in the same order.
  return act.detail % 3 === 0 ? blocks.toReversed().slice(0, 3 + (act.which % 6)) : blocks;
}

/** A home page of the portal or of the bureau, or a topic that ends soon, late or never. */
async function playCompose(lively: LivelyDistrict, act: Act): Promise<void> {
  const { stage, district, resources } = lively;
  const site = act.flag ? district.portal : district.bureauSite;
  const unitId = (act.flag ? district.office : district.bureau).id;
  const blocks = [...blocksFor(lively, act.flag, act)];
  const isHome = act.which % 2 === 0;
  const endsOn = pick(['2026-03-01', '2026-03-02', '2030-01-01'], act.detail);
  const id = await aPublished(stage, district.actor, {
    unitId,
    type: isHome ? 'home' : 'topic',
    ...(isHome ? {} : { columnIds: [lively.topicColumn] }),
    content: {
      title: `第${String(resources.length + 1)}个版面`,
      blocks,
      ...(isHome ? { siteId: site.id } : act.detail % 4 === 0 ? {} : { endsOn }),
    },
  });
  resources.push(id);
}

async function playAlarm({ stage, district, resources }: LivelyDistrict, act: Act): Promise<void> {
  const current = await currentUrgent(stage.db);
  if (current && act.flag) {
    await stage.perform(district.actor, endUrgentNotice, { id: current.id, reason: '险情解除' });
  } else if (resources.length > 0) {
    await stage.perform(district.actor, raiseUrgent, {
      resourceId: pick(resources, act.which),
      level: pick(['red', 'orange', 'blue'] as const, act.detail),
      text: `防汛应急响应第${String(act.detail)}号`,
      ...(current ? { replaces: current.id } : {}),
      ...(act.detail % 2 === 0 ? {} : { until: '2026-03-01T20:00:00Z' }),
    });
  }
}

async function playTick({ stage }: LivelyDistrict): Promise<void> {
  await stage.performAsSystem(endDueTopics, undefined);
  await stage.performAsSystem(endDueUrgent, undefined);
}

async function playRelist({ stage, district }: LivelyDistrict, act: Act): Promise<void> {
  const listings = await stage.db
    .selectFrom('sites.listing')
    .select(['column_id as columnId', 'resource_id as resourceId'])
    .orderBy('column_id')
    .orderBy('sequence')
    .execute();
  if (listings.length === 0) return;
  const change = pick(
    [
      { pinnedUntil: '2030-01-01T00:00:00Z' },
      { pinnedUntil: null },
      { titleOverride: `换了标题${String(act.which)}` },
      { moveToTop: true as const },
    ],
    act.detail,
  );
  const listing = pick(listings, act.which);
  await stage.perform(district.actor, changeListing, { ...listing, ...change });
}

async function playImport(lively: LivelyDistrict, act: Act): Promise<void> {
  const { stage, district, resources, columns } = lively;
  const batch = String(resources.length);
  const items = Array.from({ length: act.detail + 1 }, (_, at) => ({
    importKey: `${batch}-${String(at)}`,
    type: 'article' as const,
    content: someContent({ title: `旧文${batch}-${String(at)}` }),
  }));
  const imported = await stage.performAsSystem(importArchive, {
    unitId: district.office.id,
    columnId: pick(columns, act.which),
    items,
  });
  resources.push(...imported.map((one) => one.resourceId));
}

async function playColumn({ stage, district, columns, channels }: LivelyDistrict, act: Act): Promise<void> {
  const column = await columnById(stage.db, pick([...columns, ...channels], act.which));
  if (!column) return;
  const changes: Omit<ColumnChange, 'expectedVersion'>[] = [
    { name: `${column.name.slice(0, 20)}改` },
    { slug: `${column.slug.slice(0, 20)}x` },
    { closed: true },
    { closed: false },
    { hiddenWhenEmpty: act.flag },
    { homePosition: column.homePosition === null ? 2 : null },
    { inNavigation: act.flag },
    { display: act.flag ? 'pictures' : 'list' },
  ];
  await stage.perform(district.actor, changeColumn, {
    columnId: column.id,
    expectedVersion: column.version,
    ...pick(changes, act.detail),
  });
}

async function playSite({ stage, district }: LivelyDistrict, act: Act): Promise<void> {
  const site = pick(await allSites(stage.db), act.which);
  const change = pick<Omit<SiteChange, 'expectedVersion'>>(
    [
      { name: `${site.name.slice(0, 12)}新` },
      { shortName: `${site.shortName.slice(0, 12)}新` },
      { contact: `${site.contact.slice(0, 20)}转1` },
      { theme: { primary: act.flag ? '#a61c1c' : '#0b5cad' } },
      { theme: { primary: '#0b5cad', layout: pick(homeLayouts, act.which), navigation: 'plain' } },
      { domains: [`${site.key}.localhost`, ...(act.flag ? [`${site.key}-2.localhost`] : [])] },
      { domains: [`${site.key}-${String(act.which)}.localhost`] },
      { notice: `公告${String(act.which)}` },
      { state: pick(siteStates, act.which), notice: '系统升级' },
      { state: site.state === 'online' ? 'offline' : 'online', notice: '系统升级' },
    ],
    act.detail,
  );
  await stage.perform(district.actor, changeSite, {
    siteId: site.id,
    expectedVersion: site.version,
    ...change,
  });
}

async function playHours(lively: LivelyDistrict, act: Act): Promise<void> {
  const { stage, district, resources } = lively;
  if (act.flag) {
    const unit = act.which % 2 === 0 ? district.office : district.bureau;
    await publishLater(lively, { unitId: unit.id, columnIds: columnsOf(lively, act), hours: act.detail + 1 });
    return;
  }
  if (resources.length === 0) return;
  const resourceId = pick(resources, act.which);
  if (act.detail % 2 === 0) {
    await expireLater(lively, resourceId, act.detail + 1);
    return;
  }
  const listing = await stage.db
    .selectFrom('sites.listing')
    .select(['column_id as columnId', 'resource_id as resourceId'])
    .where('resource_id', '=', resourceId)
    .executeTakeFirst();
  if (listing) await pinForHours(lively, listing, act.detail + 1);
}

async function playUnit(lively: LivelyDistrict, act: Act): Promise<void> {
  const { office, bureau } = lively.district;
  const name = `区${act.flag ? '教育' : '政府'}机构${String(act.which)}`;
  const change = pick([{ name }, { shortName: name }, { position: act.detail }], act.detail);
  await renameUnit(lively, (act.flag ? office : bureau).id, change);
}

interface Player {
  /** How often among all. */
  readonly weight: number;
  readonly play: (lively: LivelyDistrict, act: Act) => Promise<void>;
}

/** Everything that may happen. What gets a line here is tried among everything else. */
const players = {
  publish: { weight: 6, play: playPublish },
  compose: { weight: 4, play: playCompose },
  alarm: { weight: 2, play: playAlarm },
  tick: { weight: 1, play: playTick },
  edit: { weight: 3, play: playEdit },
  withdraw: {
    weight: 4,
    play: async ({ stage, district, resources }, act) => {
      if (resources.length > 0) await withdraw(stage, district.actor, pick(resources, act.which));
    },
  },
  place: {
    weight: 4,
    play: async (lively, act) => {
      const { stage, district, resources } = lively;
      if (resources.length === 0) return;
      await place(stage, district.actor, pick(resources, act.which), columnsOf(lively, act));
    },
  },
  relist: { weight: 5, play: playRelist },
  map: {
    weight: 3,
    play: async (lively, act) => {
      const sourceColumnIds = act.flag ? columnsOf(lively, act) : [];
      const columnId = pick(lively.columns, act.which);
      await lively.stage.perform(lively.district.actor, setMappings, { columnId, sourceColumnIds });
    },
  },
  bringIn: { weight: 1, play: playImport },
  changeColumn: { weight: 4, play: playColumn },
  changeSite: { weight: 4, play: playSite },
  giveHours: { weight: 4, play: playHours },
  letTimePass: { weight: 3, play: letTimePass },
  changeUnit: { weight: 2, play: playUnit },
} satisfies Record<string, Player>;

export const anAct: fc.Arbitrary<Act> = fc.record({
  what: fc.oneof(
    ...Object.entries(players).map(([what, { weight }]) => ({
      weight,
      arbitrary: fc.constant(what as keyof typeof players),
    })),
  ),
  which: fc.nat(40),
  columns: fc.array(fc.nat(40), { minLength: 1, maxLength: 3 }),
  flag: fc.boolean(),
  detail: fc.nat(23),
});

export async function play(lively: LivelyDistrict, act: Act): Promise<void> {
  const { play: perform }: Player = players[act.what];
  await perform(lively, act);
}

/** Numbers of an act drawn from a chance between 0 and 1, for stories longer than those of `anAct`. */
export function drawAct(chance: () => number): Act {
  const among = (most: number): number => Math.floor(chance() * (most + 1));
  const names = Object.entries(players).flatMap(([what, { weight }]) =>
    Array.from({ length: weight }, () => what as Act['what']),
  );
  return {
    what: pick(names, among(names.length - 1)),
    which: among(4_000),
    columns: Array.from({ length: 1 + among(2) }, () => among(40)),
    flag: chance() < 0.5,
    detail: among(23),
  };
}
