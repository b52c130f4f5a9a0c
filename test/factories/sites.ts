import { randomBytes } from 'node:crypto';

import type { Actor } from '../../contracts/actor.ts';
import type { Block } from '../../contracts/blocks.ts';
import type { ResourceContent, ResourceTypeKey } from '../../contracts/library.ts';
import type { RichDocument } from '../../contracts/rich-text.ts';
import type { ColumnKind } from '../../contracts/sites.ts';
import { recordEntry } from '../../server/modules/audit/index.ts';
import { createResource, saveDraft, submitHead } from '../../server/modules/library/index.ts';
import {
  type AtlasOptions,
  type ColumnRow,
  createColumn,
  createSite,
  type NewSite,
  publishRevision,
  type PublicBase,
  setPlacements,
  type SiteRow,
  withdrawResource,
} from '../../server/modules/sites/index.ts';
import { type Command, type Ctx, defineCommand, systemActor } from '../../server/platform/context.ts';
import type { Db } from '../../server/platform/db.ts';
import { createEventBus } from '../../server/platform/events.ts';
import { createRouteTools } from '../../server/platform/http.ts';
import { assessAsOpen } from './assessment.ts';
import { anAccount, aUnit, type TestUnit } from './identity.ts';

export const testBase: PublicBase = { scheme: 'http', port: null };

export function atlasOptions(): AtlasOptions {
  return { base: testBase, assetVersion: 'v1', chromes: new Map() };
}

/** Runs commands over a test database as the console and the worker do; events are written, nobody listens. */
export interface Stage {
  readonly db: Db;
  readonly clock: () => Date;
  readonly perform: <I, O>(actor: Actor, command: Command<I, O>, input: I) => Promise<O>;
  readonly performAsSystem: <I, O>(command: Command<I, O>, input: I) => Promise<O>;
}

export function aStage(db: Db, clock: () => Date = () => new Date()): Stage {
  const bus = createEventBus({ send: () => Promise.resolve(null) }, new Proxy({}, { get: () => [] }));
  const tools = createRouteTools({
    db,
    clock,
    announceIn: (on, now) => bus.announceIn(on, now),
    record: recordEntry,
  });
  const perform: Stage['perform'] = (actor, command, input) =>
    tools.perform({ actor, requestId: 'test', address: null, sessionId: null }, command, input);
  return {
    db,
    clock,
    perform,
    performAsSystem: (command, input) => perform(systemActor('test'), command, input),
  };
}

/** Runs a part of a command as a command of its own. */
export function asCommand<I, O>(run: (ctx: Ctx, input: I) => Promise<O>): Command<I, O> {
  return defineCommand('test.act', () => ({ kind: 'test', id: null }), run);
}

/** Somebody who may do everything in the given units: for tests that are not about who may. */
export async function aFactotum(db: Db, units: readonly { readonly id: string }[]): Promise<Actor> {
  const [unit] = units;
  const account = await anAccount(db, { ...(unit ? { unit } : {}), roles: ['editor'] });
  return {
    ...account.actor,
    roles: ['editor', 'reviewer', 'principal', 'operator'],
    scope: { kind: 'units', unitIds: units.map((one) => one.id) },
  };
}

const founder: Actor = { ...systemActor('test'), roles: ['operator'] };

export function aSite(
  stage: Stage,
  wishes: Partial<NewSite> & { readonly unitId: string },
): Promise<SiteRow> {
  const key = wishes.key ?? `s${randomBytes(5).toString('hex')}`;
  return stage.perform(founder, createSite, {
    key,
    name: `测试网站${key}`,
    shortName: key.slice(0, 20),
    isPortal: false,
    state: 'online',
    description: '测试用的网站',
    domains: [`${key}.localhost`],
    identityCode: '3604030001',
    icpNumber: '赣ICP备12345678号',
    policeNumber: '赣公网安备36040302000001号',
    organiser: '测试区人民政府办公室',
    contact: '0792-1234567',
    address: '测试路1号',
    theme: { primary: '#a61c1c' },
    demonstration: false,
    ...wishes,
  });
}

export interface ColumnWishes {
  readonly site: SiteRow;
  readonly parent?: { readonly id: string };
  readonly unitId?: string;
  readonly name?: string;
  readonly slug?: string;
  readonly kind?: ColumnKind;
  readonly inNavigation?: boolean;
  readonly homePosition?: number | null;
  readonly hiddenWhenEmpty?: boolean;
  readonly updateDays?: number | null;
}

/** Also where a column without entries may not be put any more: there are such from before. */
export async function aColumn(stage: Stage, wishes: ColumnWishes): Promise<ColumnRow> {
  const slug = wishes.slug ?? `c${randomBytes(4).toString('hex')}`;
  const column = await stage.perform(founder, createColumn, {
    siteId: wishes.site.id,
    parentId: wishes.parent?.id ?? null,
    unitId: wishes.unitId ?? wishes.site.unitId,
    name: wishes.name ?? `栏目${slug}`,
    slug,
    kind: wishes.kind ?? 'notice',
    description: '测试栏目的说明',
    keywords: '测试,栏目',
    updateRule: typeof wishes.updateDays === 'number' ? { kind: 'days', days: wishes.updateDays } : null,
    hiddenWhenEmpty: wishes.hiddenWhenEmpty ?? false,
  });
  const { inNavigation = false, homePosition = null } = wishes;
  await stage.db
    .updateTable('sites.column')
    .set({ in_navigation: inNavigation, home_position: homePosition })
    .where('id', '=', column.id)
    .execute();
  return { ...column, inNavigation, homePosition };
}

export function aBody(...lines: readonly string[]): RichDocument {
  return {
    type: 'doc',
    content: lines.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  };
}

/** Complete by the rules of a type whose page is composed of blocks. */
export function someComposition(
  type: 'home' | 'topic',
  blocks: readonly Block[],
  changes: Partial<ResourceContent> = {},
): ResourceContent {
  return {
    title: type === 'home' ? '新版首页' : '优化营商环境专题',
    openMode: '主动公开',
    ...(type === 'topic' ? { summary: '汇集政策、办事和成效。', source: '区政府办公室' } : {}),
    blocks: [...blocks],
    ...changes,
  };
}

/** Complete by the rules of articles and policies. */
export function someContent(
  changes: Partial<ResourceContent> = {},
  type: ResourceTypeKey = 'article',
): ResourceContent {
  return {
    title: '关于开展测试工作的通知',
    source: '区政府办公室',
    body: aBody('各有关单位：', '现将有关事项通知如下。'),
    category: '通知公告',
    openMode: '主动公开',
    producedOn: '2026-11-20',
    openTimeLimit: '常年公开',
    openScope: '面向全社会',
    ...(type === 'policy' ? { issuer: '区政府办公室', writtenOn: '2026-11-19', validity: '有效' } : {}),
    ...changes,
  };
}

export async function aDraft(
  stage: Stage,
  actor: Actor,
  wishes: {
    readonly unitId: string;
    readonly columnIds?: readonly string[];
    readonly type?: ResourceTypeKey;
    readonly content?: Partial<ResourceContent>;
  },
): Promise<string> {
  const type = wishes.type ?? 'article';
  const content =
    type === 'home' || type === 'topic'
      ? someComposition(type, wishes.content?.blocks ?? [], wishes.content)
      : someContent(wishes.content, type);
  const { id } = await stage.perform(actor, createResource, { unitId: wishes.unitId, type, content });
  if (wishes.columnIds) await place(stage, actor, id, wishes.columnIds);
  return id;
}

export function place(stage: Stage, actor: Actor, resourceId: string, columnIds: readonly string[]) {
  return stage.perform(actor, setPlacements(testBase), { resourceId, columnIds: [...columnIds] });
}

async function versionOf(db: Db, resourceId: string): Promise<number> {
  const row = await db
    .selectFrom('library.resource')
    .select('version')
    .where('id', '=', resourceId)
    .executeTakeFirstOrThrow();
  return row.version;
}

const submitAndSign = asCommand(async (ctx, input: { resourceId: string; expectedVersion: number }) => {
  const { revision } = await submitHead(ctx, input.resourceId, input.expectedVersion);
  await assessAsOpen(ctx.db, revision);
  return publishRevision(ctx, input.resourceId, revision.id);
});

/** Submitted and signed off without the people in between: those belong to the tests of review. */
export async function publish(stage: Stage, actor: Actor, resourceId: string) {
  const expectedVersion = await versionOf(stage.db, resourceId);
  return stage.perform(actor, submitAndSign, { resourceId, expectedVersion });
}

export async function aPublished(...[stage, actor, wishes]: Parameters<typeof aDraft>): Promise<string> {
  const id = await aDraft(stage, actor, wishes);
  await publish(stage, actor, id);
  return id;
}

export async function edit(stage: Stage, actor: Actor, resourceId: string, content: ResourceContent) {
  const expectedVersion = await versionOf(stage.db, resourceId);
  return stage.perform(actor, saveDraft, { resourceId, expectedVersion, content });
}

export async function withdraw(stage: Stage, actor: Actor, resourceId: string) {
  const expectedVersion = await versionOf(stage.db, resourceId);
  return stage.perform(actor, withdrawResource, {
    resourceId,
    expectedVersion,
    reason: '内容有误，撤回更正',
  });
}

export interface TestDistrict {
  readonly office: TestUnit;
  readonly bureau: TestUnit;
  readonly actor: Actor;
  readonly portal: SiteRow;
  readonly bureauSite: SiteRow;
}

/** A portal and one department's site, and somebody who may do everything in both. One per database. */
export async function aDistrict(stage: Stage): Promise<TestDistrict> {
  const office = await aUnit(stage.db, { name: '区政府办公室' });
  const bureau = await aUnit(stage.db, { name: '区教育局' });
  const actor = await aFactotum(stage.db, [office, bureau]);
  const portal = await aSite(stage, {
    unitId: office.id,
    isPortal: true,
    name: '测试区人民政府',
    shortName: '测试区',
  });
  const bureauSite = await aSite(stage, { unitId: bureau.id, name: '测试区教育局', shortName: '教育局' });
  return { office, bureau, actor, portal, bureauSite };
}
