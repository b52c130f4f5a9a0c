import { randomBytes, randomUUID } from 'node:crypto';

import type { Actor } from '../../contracts/actor.ts';
import type { Resource, ResourceContent, ResourceTypeKey } from '../../contracts/library.ts';
import type { ColumnKind } from '../../contracts/sites.ts';
import { recordEntry } from '../../server/modules/audit/index.ts';
import { createResource } from '../../server/modules/library/index.ts';
import type { Command } from '../../server/platform/context.ts';
import type { Db } from '../../server/platform/db.ts';
import { createEventBus, type Event, type Subscriptions } from '../../server/platform/events.ts';
import { createRouteTools } from '../../server/platform/http.ts';

/** Every event is listed and nobody listens: the event rows are written, no job is sent. */
const nobodyListens = new Proxy<Subscriptions>({}, { get: () => [] });

export interface PerformWishes {
  readonly clock?: () => Date;
  /** Called with every announced event, besides the event row. */
  readonly onEvent?: (event: Event) => void;
}

export type PerformAs = <I, O>(command: Command<I, O>, input: I) => Promise<O>;

/** Runs commands as somebody, as the console does: in a transaction, with audit rows and event rows. */
export function performAs(
  database: { readonly db: Db },
  who: Actor | { readonly actor: Actor },
  wishes: PerformWishes = {},
): PerformAs {
  const { db } = database;
  const actor = 'actor' in who ? who.actor : who;
  const bus = createEventBus({ send: async () => null }, nobodyListens);
  const tools = createRouteTools({
    db,
    clock: wishes.clock ?? (() => new Date()),
    announceIn:
      (on, now) =>
      async (...events) => {
        for (const event of events) wishes.onEvent?.(event);
        await bus.announceIn(on, now)(...events);
      },
    record: recordEntry,
  });
  return (command, input) =>
    tools.perform({ actor, requestId: randomUUID(), address: null, sessionId: null }, command, input);
}

export interface TestColumn {
  readonly id: string;
  readonly siteId: string;
  readonly path: string;
}
export interface TestSite {
  readonly id: string;
  readonly key: string;
  readonly domain: string;
}

/** A site that is online, with one column of the same unit. */
export async function aSiteWithColumn(
  db: Db,
  unit: { readonly id: string },
  wishes: { readonly kind?: ColumnKind; readonly updateDays?: number } = {},
): Promise<{ readonly site: TestSite; readonly column: TestColumn }> {
  const key = `s${randomBytes(5).toString('hex')}`;
  const domain = `${key}.example.test`;
  const { id } = await db
    .insertInto('sites.site')
    .values({
      unit_id: unit.id,
      key,
      name: `测试站点${key}`,
      short_name: '测试站点',
      state: 'online',
      description: '测试用站点。',
      identity_code: '3604030001',
      icp_number: '赣ICP备12345678号-1',
      police_number: '赣公网安备 36040302000001号',
      organiser: '测试单位',
      contact: '0792-1234567',
      address: '测试路1号',
      theme: JSON.stringify({ primary: '#005bac' }),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db.insertInto('sites.site_domain').values({ domain, site_id: id, is_primary: true }).execute();
  const column = await aColumn(db, { siteId: id, unit, ...wishes });
  return { site: { id, key, domain }, column };
}

export async function aColumn(
  db: Db,
  wishes: {
    readonly siteId: string;
    readonly unit: { readonly id: string };
    readonly kind?: ColumnKind;
    readonly updateDays?: number;
  },
): Promise<TestColumn> {
  const slug = `c${randomBytes(5).toString('hex')}`;
  const path = `/${slug}/`;
  const { id } = await db
    .insertInto('sites.column')
    .values({
      site_id: wishes.siteId,
      unit_id: wishes.unit.id,
      name: '通知公告',
      slug,
      path,
      kind: wishes.kind ?? 'notice',
      description: '测试用栏目。',
      keywords: '通知,公告',
      update_days: wishes.updateDays ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, siteId: wishes.siteId, path };
}

export async function place(db: Db, resourceId: string, column: { readonly id: string }): Promise<void> {
  await db
    .insertInto('sites.placement')
    .values({ resource_id: resourceId, column_id: column.id, is_main: true, created_at: new Date() })
    .execute();
}

/** Content that is complete for submission, of an article or a policy. */
export function someContent(part: Partial<ResourceContent> = {}): ResourceContent {
  return {
    title: `关于测试工作的通知${randomBytes(3).toString('hex')}`,
    body: {
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: '现将有关事项通知如下。' }] }],
    },
    source: '测试单位',
    category: '通知公告',
    openMode: '主动公开',
    producedOn: '2026-11-20',
    openTimeLimit: '常年公开',
    openScope: '面向全社会',
    ...part,
  };
}

export const policyFacts: Partial<ResourceContent> = {
  documentNumber: '测府发〔2026〕1号',
  issuer: '测试区人民政府',
  writtenOn: '2026-11-20',
  validity: '有效',
};

export interface DraftWishes {
  readonly editor: { readonly actor: Actor; readonly unitId: string };
  readonly column?: { readonly id: string };
  readonly content?: Partial<ResourceContent>;
  readonly type?: ResourceTypeKey;
  readonly clock?: () => Date;
}

/** A draft made through the real command; with `column` it is placed there. */
export async function aDraft(db: Db, wishes: DraftWishes): Promise<Resource> {
  const type = wishes.type ?? 'article';
  const content = someContent({ ...(type === 'policy' ? policyFacts : {}), ...wishes.content });
  const clock = wishes.clock === undefined ? {} : { clock: wishes.clock };
  const draft = await performAs(
    { db },
    wishes.editor,
    clock,
  )(createResource, {
    unitId: wishes.editor.unitId,
    type,
    content,
  });
  if (wishes.column) await place(db, draft.id, wishes.column);
  return draft;
}
