import type { Actor } from '../contracts/actor.ts';
import type { Resource, ResourceContent } from '../contracts/library.ts';
import type { Parts } from '../server/app.ts';
import { createResource, resourceTypeOf, scheduleResource } from '../server/modules/library/index.ts';
import { decideReview, secrecyItemsOn, submitResource } from '../server/modules/review/index.ts';
import {
  changeListing,
  homeUrlOf,
  presentAddress,
  setPlacements,
  withdrawResource,
} from '../server/modules/sites/index.ts';
import { dayInChina } from '../server/platform/china-time.ts';
import { convertHtml } from '../server/platform/rich-text/index.ts';
import { issuerNamed, regionsOf } from './classify.ts';
import { composeBlocks } from './compose-blocks.ts';
import type { DemoEntry, DemoTerm } from './district.ts';
import { attachmentsOf, fileOf, pictureOf } from './upload-files.ts';

export interface Cast {
  readonly units: ReadonlyMap<string, string>;
  /** `site:column` → column id */
  readonly columns: ReadonlyMap<string, string>;
  readonly columnPaths: ReadonlyMap<string, string>;
  readonly sites: ReadonlyMap<string, { readonly id: string; readonly domain: string }>;
  readonly people: ReadonlyMap<string, Actor>;
  readonly terms: readonly DemoTerm[];
  readonly anchor: Date;
}

const day = 86_400_000;

/** Writes, submits, reviews, signs, returns and withdraws every entry as the unit's own people would; answers them by key. */
export async function playEntries(
  stage: {
    readonly parts: Parts;
    readonly cast: Cast;
    readonly images: string;
    readonly files: string;
  },
  entries: readonly DemoEntry[],
  onProgress: (done: number) => void,
): Promise<ReadonlyMap<string, Resource>> {
  const pictures = new Map<string, string>();
  const begun = new Map<string, Resource>();
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  for (const [index, entry] of entries.entries()) {
    await playEntry({ ...stage, entry, pictures, begun, byKey });
    onProgress(index + 1);
  }
  return begun;
}

interface Scene {
  readonly parts: Parts;
  readonly cast: Cast;
  readonly entry: DemoEntry;
  readonly images: string;
  readonly files: string;
  /** Entries that were begun, by their keys: an old document names what replaced it later. */
  readonly begun: Map<string, Resource>;
  readonly byKey: ReadonlyMap<string, DemoEntry>;
  /** unit and picture name → asset id */
  readonly pictures: Map<string, string>;
}

interface Team {
  readonly editor: Actor;
  readonly deciders: readonly [Actor, Actor, Actor];
}

function teamOf({ cast, entry }: Scene): Team {
  const unitId = cast.units.get(entry.unit);
  const members = [...cast.people.values()].filter((actor) => actor.unitId === unitId);
  const [first, second] = members.filter((actor) => actor.roles.includes('reviewer'));
  const editor = members.find((actor) => actor.roles.includes('editor'));
  const principal = members.find((actor) => actor.roles.includes('principal'));
  if (!editor || !first || !second || !principal)
    throw new Error(`the unit ${entry.unit} has no full review team`);
  return { editor, deciders: [first, second, principal] };
}

/** The moment of an entry: so many days before the anchor, at its hour in China. */
function momentOf({ cast, entry }: Scene, daysAgo: number): Date {
  const [hours = 9, minutes = 0] = (entry.hour ?? '09:00').split(':').map(Number);
  const midnight = new Date(`${dayInChina(cast.anchor)}T00:00:00+08:00`).getTime();
  return new Date(Math.min(midnight - daysAgo * day + (hours * 60 + minutes) * 60_000, Date.now()));
}

/** The draft of an entry, or of one that another names before its own time has come. */
async function begin(scene: Scene): Promise<Resource> {
  const { parts, cast, entry, begun } = scene;
  const known = begun.get(entry.key);
  if (known) return known;
  const { editor } = teamOf(scene);
  const at = momentOf(scene, entry.publishedDaysAgo ?? entry.preparedDaysAgo ?? 0);
  const unitId = cast.units.get(entry.unit) ?? '0';
  const content = await contentOf(scene, editor, at);
  const draft = await parts.performAsSystem(
    createResource,
    { unitId, type: entry.type, content },
    { actor: editor, at },
  );
  begun.set(entry.key, draft);
  return draft;
}

/** Ids of other entries, which are begun for it. */
async function namedIds(scene: Scene, keys: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const key of keys) {
    const entry = scene.byKey.get(key);
    if (!entry) throw new Error(`${scene.entry.key} names ${key}, which is no entry`);
    ids.push((await begin({ ...scene, entry })).id);
  }
  return ids;
}

async function relationsOf(scene: Scene): Promise<Partial<ResourceContent>> {
  const { interpretationOf, replacedBy, activities } = scene.entry;
  return {
    ...(interpretationOf === undefined ? {} : { interprets: await namedIds(scene, [interpretationOf]) }),
    ...(replacedBy === undefined ? {} : { replacedBy: await namedIds(scene, [replacedBy]) }),
    ...(activities === undefined ? {} : { activities: await namedIds(scene, activities) }),
  };
}

async function playEntry(scene: Scene): Promise<void> {
  const { parts, cast, entry } = scene;
  const team = teamOf(scene);
  const at = momentOf(scene, entry.publishedDaysAgo ?? entry.preparedDaysAgo ?? 0);
  const as = { actor: team.editor, at };
  const resource = await begin(scene);
  const resourceId = resource.id;
  const columnIds = entry.columns.map((key) => cast.columns.get(key) ?? '0');
  // Columns of another unit take the entry by agreement; the system stands in for it. A home page stands in none.
  if (columnIds.length > 0)
    await parts.performAsSystem(
      setPlacements(parts.atlas.base),
      { resourceId, columnIds },
      { at, actor: { ...team.editor, kind: 'system' } },
    );
  if (entry.state === 'draft') return;
  let version = resource.version;
  if (entry.state === 'scheduled') {
    const releaseAt = new Date(Date.now() + (entry.releaseInDays ?? 3) * day).toISOString();
    const input = { resourceId, expectedVersion: version, releaseAt, expireAt: null };
    version = (await parts.performAsSystem(scheduleResource, input, as)).version;
  }
  const submitted = await parts.performAsSystem(submitResource, { resourceId, expectedVersion: version }, as);
  await decide(scene, team, resourceId, submitted.head.digest);
  if (entry.state === 'withdrawn') await withdraw(scene, team, resourceId);
  if (entry.pinned && entry.state === 'live') await pin(scene, team, resourceId, columnIds[0] ?? '0');
}

const stepsOf: Readonly<Record<DemoEntry['state'], number>> = {
  draft: 0,
  'in-review-1': 0,
  'in-review-2': 1,
  'in-review-3': 2,
  returned: 0,
  live: 3,
  withdrawn: 3,
  scheduled: 3,
};

async function decide(scene: Scene, team: Team, resourceId: string, revisionDigest: string): Promise<void> {
  const { parts, entry } = scene;
  const at = momentOf(scene, entry.publishedDaysAgo ?? entry.preparedDaysAgo ?? 0);
  const review = await parts.db
    .selectFrom('review.review')
    .select('id')
    .where('resource_id', '=', resourceId)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow();
  const items = await secrecyItemsOn(parts.db, dayInChina(at));
  const answers = items.map(({ key }) => ({ item: key, answer: 'no' as const }));
  const assessment = { openMode: '主动公开', answers } as const;
  for (const [step, actor] of team.deciders.slice(0, stepsOf[entry.state]).entries()) {
    await parts.performAsSystem(
      decideReview,
      {
        reviewId: review.id,
        action: 'approve',
        step,
        revisionDigest,
        assessment,
        signedBy: { method: 'password' },
      },
      { actor, at },
    );
  }
  if (entry.state !== 'returned') return;
  const reason = entry.returnReason ?? '请补充信息来源后再提交。';
  await parts.performAsSystem(
    decideReview,
    { reviewId: review.id, action: 'return', step: 0, revisionDigest, reason },
    { actor: team.deciders[0], at },
  );
}

async function withdraw(scene: Scene, team: Team, resourceId: string): Promise<void> {
  const { parts, entry } = scene;
  const { version } = await parts.db
    .selectFrom('library.resource')
    .select('version')
    .where('id', '=', resourceId)
    .executeTakeFirstOrThrow();
  const reason = entry.withdrawalReason ?? '内容有误，更正后重新发布。';
  const at = momentOf(scene, entry.withdrawnDaysAgo ?? 0);
  const actor = team.deciders[2];
  await parts.performAsSystem(
    withdrawResource,
    { resourceId, expectedVersion: version, reason },
    { actor, at },
  );
}

async function pin(scene: Scene, team: Team, resourceId: string, columnId: string): Promise<void> {
  const pinnedUntil = new Date(Date.now() + 90 * day).toISOString();
  const actor: Actor = { ...team.editor, kind: 'system', roles: ['operator'] };
  await scene.parts.performAsSystem(changeListing, { columnId, resourceId, pinnedUntil }, { actor });
}

/** A text without a cover of its own shows its first picture. */
function firstOf(assets: ReadonlyMap<string, string>): string | null {
  return assets.values().next().value ?? null;
}

async function contentOf(scene: Scene, editor: Actor, at: Date): Promise<ResourceContent> {
  const { entry, cast } = scene;
  const daysBefore = (days: number): string => dayInChina(new Date(cast.anchor.getTime() - days * day));
  const { disclosure } = entry;
  const usual: ResourceContent = {
    title: entry.title,
    summary: entry.summary ?? '',
    keywords: [...(entry.keywords ?? [])],
    source: entry.source,
    author: entry.author ?? '',
    editor: editor.name,
    category: disclosure.category,
    openMode: disclosure.method,
    producedOn: daysBefore(disclosure.producedOn.daysAgo),
    openTimeLimit: disclosure.timeLimit,
    openScope: disclosure.scope,
  };
  return {
    ...(Object.fromEntries(
      Object.entries(usual).filter(([key]) => has(entry, key as keyof ResourceContent)),
    ) as ResourceContent),
    ...(await wordsOf(scene, editor, at)),
    ...(entry.film === undefined ? {} : { filmAssetId: await fileOf(scene, entry.film, editor, at) }),
    ...fieldsOf(scene),
    ...(await relationsOf(scene)),
    ...regionsOf(entry),
    ...(entry.type === 'policy' ? policyFields(scene, daysBefore) : {}),
    ...(entry.endsDaysAgo === undefined ? {} : { endsOn: daysBefore(entry.endsDaysAgo) }),
    ...(entry.type === 'home' ? { siteId: cast.sites.get(entry.site)?.id ?? '0' } : {}),
  };
}

/** As they are written, but for the address of a website: the program chooses its port itself. */
function fieldsOf({ parts, cast, entry }: Scene): Partial<ResourceContent> {
  const { fields = {} } = entry;
  const [kind, site = ''] = fields.website?.split(':') ?? [];
  if (kind !== 'site') return fields;
  return { ...fields, website: homeUrlOf(parts.atlas.base, known(cast.sites, site).domain) };
}

/** A text with its pictures and attachments, or the blocks of a composed page. */
async function wordsOf(scene: Scene, editor: Actor, at: Date): Promise<Partial<ResourceContent>> {
  const { entry } = scene;
  const names = [...entry.body.matchAll(/src="image:([a-z0-9-]+)"/g)].flatMap((match) => match[1] ?? []);
  const assets = new Map<string, string>();
  for (const name of names) assets.set(`image:${name}`, await pictureOf(scene, name, editor, at));
  const cover = entry.cover === undefined ? undefined : await pictureOf(scene, entry.cover, editor, at);
  const { document } = convertHtml(entry.body, {
    resolveImage: (src) => {
      const assetId = assets.get(src);
      return assetId === undefined ? null : { assetId };
    },
  });
  return {
    ...(has(entry, 'body') ? { body: document } : {}),
    ...(has(entry, 'coverAssetId') ? { coverAssetId: cover ?? firstOf(assets) } : {}),
    ...(has(entry, 'attachments') ? { attachments: await attachmentsOf(scene, editor, at) } : {}),
    ...(entry.blocks === undefined ? {} : { blocks: await blocksOf(scene, entry.blocks, editor, at) }),
  };
}

async function blocksOf(
  scene: Scene,
  blocks: NonNullable<DemoEntry['blocks']>,
  editor: Actor,
  at: Date,
): Promise<NonNullable<ResourceContent['blocks']>> {
  const lexicon = {
    column: (key: string): string => known(scene.cast.columns, key),
    asset: (key: string): Promise<string> => {
      const [kind, name = ''] = key.split(':');
      return kind === 'film' ? fileOf(scene, name, editor, at) : pictureOf(scene, name, editor, at);
    },
    link: (key: string): Promise<string> => addressOf(scene, key),
  };
  return composeBlocks(lexicon, blocks);
}

/** An address as a page of the entry's site leads to it. What a block leads to was published before it. */
async function addressOf({ parts, cast, entry, begun }: Scene, key: string): Promise<string> {
  const { base } = parts.atlas;
  const home = (site: string): string => homeUrlOf(base, known(cast.sites, site).domain);
  const [kind, name = '', column = ''] = key.split(':');
  if (kind === 'site') return home(name);
  if (kind !== 'entry' && kind !== 'column') return key;
  const url =
    kind === 'column'
      ? home(name) + known(cast.columnPaths, `${name}:${column}`).slice(1)
      : (await presentAddress(parts.db, base, known(begun, name).id)).url;
  if (url === null) throw new Error(`${entry.key} leads to ${name}, which is not published before it`);
  return url.startsWith(home(entry.site)) ? url.slice(home(entry.site).length - 1) : url;
}

function known<T>(things: ReadonlyMap<string, T>, key: string): T {
  const thing = things.get(key);
  if (thing === undefined) throw new Error(`the demonstration has no ${key}`);
  return thing;
}

/** Not every type has every field. */
const has = (entry: DemoEntry, field: keyof ResourceContent): boolean =>
  resourceTypeOf(entry.type).fields.some((one) => one.key === field);

function policyFields(
  { entry, cast }: Scene,
  daysBefore: (days: number) => string,
): Partial<ResourceContent> {
  const isOver = entry.validity === '废止' || entry.validity === '失效';
  return {
    documentNumber: entry.documentNumber ?? '',
    issuer: issuerNamed(cast.terms, entry.issuer ?? entry.source),
    writtenOn: daysBefore(entry.writtenDaysAgo ?? entry.publishedDaysAgo ?? 0),
    validity: entry.validity ?? '有效',
    validityChangedOn:
      entry.validityChangedDaysAgo === undefined ? '' : daysBefore(entry.validityChangedDaysAgo),
    abolishedBy: isOver ? '已由新的规范性文件替代，请以现行文件为准。' : '',
  };
}
