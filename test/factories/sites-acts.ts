import fc from 'fast-check';

import { type ColumnChange, homeLayouts, type SiteChange, siteStates } from '../../contracts/sites.ts';
import {
  allSites,
  changeColumn,
  changeListing,
  changeSite,
  columnById,
  importArchive,
  setMappings,
} from '../../server/modules/sites/index.ts';
import { type Chances, columnsOf, type LivelyDistrict, pick } from './lively-district.ts';
import { playReuse } from './reuse-acts.ts';
import { playAlarm, playCompose, playEdit, playPublish, playTick } from './resource-acts.ts';
import { place, someContent, withdraw } from './sites.ts';
import { playLink, playOffer, playRule } from './ways-acts.ts';
import { expireLater, letTimePass, pinForHours, publishLater, renameUnit } from './sites-hours.ts';

export { ageColumns, aLivelyDistrict, type LivelyDistrict, pictureBytes } from './lively-district.ts';

export interface Act extends Chances {
  readonly what: keyof typeof players;
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
  reuse: { weight: 5, play: playReuse },
  rule: { weight: 5, play: playRule },
  offer: { weight: 4, play: playOffer },
  link: { weight: 2, play: playLink },
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
