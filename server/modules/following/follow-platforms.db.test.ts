import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ResourceContent } from '../../../contracts/library.ts';
import { aKey } from '../../../test/factories/exchange.ts';
import {
  aSubscription,
  catchUp,
  follow,
  aPlatform,
  type Platform,
} from '../../../test/factories/following.ts';
import {
  aColumn,
  aPublished,
  edit,
  place,
  publish,
  someContent,
  withdraw,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { aSystem } from '../../../test/system.ts';
import { receiveUpload, registerAsset } from '../library/index.ts';
import { Readable } from 'node:stream';

const upper = aDatabase();
const lower = aDatabase();
const upperSystem = aSystem(upper);
const lowerSystem = aSystem(lower);
let above: Platform;
let below: Platform;

beforeAll(async () => {
  above = await aPlatform(upper, upperSystem);
  below = await aPlatform(lower, lowerSystem);
});
afterAll(async () => {
  await above.exchange.app.close();
  await below.exchange.app.close();
});

interface Received {
  readonly state: string;
  readonly problem_code: string | null;
  readonly resource_id: string | null;
  readonly stage: string | null;
  readonly isLive: boolean | null;
  readonly content: ResourceContent;
}

async function received(platform: Platform, subscriptionId: string, sourceId: string): Promise<Received> {
  const { rows } = await sql<Received>`
    select item.state, item.problem_code, item.resource_id, resource.stage,
      resource.live_revision_id is not null as "isLive", revision.content
    from following.item left join library.resource on resource.id = item.resource_id
    left join library.revision on revision.id = resource.head_revision_id
    where subscription_id = ${subscriptionId} and source_id = ${sourceId}`.execute(platform.db);
  const [row] = rows;
  if (row) return row;
  const { trouble } = await subscriptionOf(platform, subscriptionId);
  throw new Error(`nothing is known of ${sourceId}: ${String(trouble)}`);
}

const subscriptionOf = (platform: Platform, id: string) =>
  platform.db.selectFrom('following.subscription').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

async function anAsset({ system, stage, district }: Platform, name: string, bytes: Buffer): Promise<string> {
  const upload = await receiveUpload(system.parts.assets, Readable.from([bytes]), {
    fileName: name,
    limitBytes: 1_000_000,
  });
  const { id } = await stage.perform(district.actor, registerAsset, {
    ...upload,
    unitId: district.office.id,
  });
  return id;
}

test('everything that a key sees comes, whole: texts, files, links and where it was first', async () => {
  const { stage, district, column } = above;
  const dot = sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } });
  const picture = await anAsset(above, '图.png', await dot.png().toBuffer());
  const paper = await anAsset(above, '附件.csv', Buffer.from('项目,数量\n沙袋,300\n'));
  const id = await aPublished(stage, district.actor, {
    unitId: district.office.id,
    columnIds: [column.id],
    content: {
      title: '关于做好防汛工作的通知',
      source: '市防汛办',
      attachments: [{ assetId: paper, name: '附件一' }],
      body: {
        type: 'doc',
        content: [
          {
            type: 'paragraph',
            content: [
              { type: 'text', text: '见上文', marks: [{ type: 'link', attrs: { href: '/art/1.html' } }] },
            ],
          },
          { type: 'image', attrs: { assetId: picture, alt: '水位' } },
        ],
      },
    },
  });
  const subscription = await follow(below, above);
  await catchUp(below);
  const got = await received(below, subscription, id);
  expect(got).toMatchObject({ state: 'taken', stage: 'live', isLive: true });
  expect(got.content).toMatchObject({ title: '关于做好防汛工作的通知', source: '市防汛办' });
  const { rows } = await sql<{ digest: string; file_name: string }>`
    select asset.digest, asset.file_name from library.revision_asset
    join library.asset on asset.id = asset_id
    join library.resource on live_revision_id = revision_id where resource.id = ${got.resource_id}
    order by asset.file_name`.execute(below.db);
  const theirs = await sql<{ digest: string }>`
    select digest from library.asset where id in (${picture}, ${paper}) order by file_name`.execute(above.db);
  expect(rows.map((row) => row.digest)).toEqual(theirs.rows.map((row) => row.digest));
  expect(JSON.stringify(got.content.body)).toContain(
    `http://${above.district.portal.domains[0] ?? ''}/art/1.html`,
  );
  const origin = await below.db.selectFrom('library.origin').selectAll().executeTakeFirstOrThrow();
  expect(origin).toMatchObject({ instance: above.instance, source_id: id });
  expect(origin.chain).toMatchObject([{ instance: above.instance, id, name: '测试区人民政府' }]);
});

describe('what happens there happens here', () => {
  let subscription = '';
  beforeAll(async () => {
    await sql`update following.subscription set state = 'ended', sealed_key = null`.execute(below.db);
    subscription = await follow(below, above);
  });
  const write = (content: Partial<ResourceContent> = {}, columnIds = [above.column.id]) =>
    aPublished(above.stage, above.district.actor, {
      unitId: above.district.office.id,
      columnIds,
      content: { source: '市府', ...content },
    });
  const rewrite = async (id: string, title: string) => {
    await edit(above.stage, above.district.actor, id, someContent({ title }));
    await publish(above.stage, above.district.actor, id);
  };

  test('an edit is a new revision, a withdrawal takes it down, and a new release brings it back', async () => {
    const id = await write({ title: '第一版' });
    await catchUp(below);
    const first = await received(below, subscription, id);
    await rewrite(id, '第二版');
    await catchUp(below);
    const second = await received(below, subscription, id);
    expect(second).toMatchObject({ state: 'taken', isLive: true, content: { title: '第二版' } });
    expect(second.resource_id).toBe(first.resource_id);
    await withdraw(above.stage, above.district.actor, id);
    await catchUp(below);
    expect(await received(below, subscription, id)).toMatchObject({
      state: 'removed',
      stage: 'withdrawn',
      isLive: false,
    });
    const listed = () =>
      below.db.selectFrom('sites.listing').selectAll().where('resource_id', '=', first.resource_id).execute();
    expect(await listed()).toEqual([]);
    await rewrite(id, '第三版');
    await catchUp(below);
    expect(await received(below, subscription, id)).toMatchObject({
      state: 'taken',
      isLive: true,
      content: { title: '第三版' },
    });
    expect(await listed()).toHaveLength(1);
  });

  test('what people changed here stays and is said, until it is taken down there', async () => {
    const id = await write({ title: '原题' });
    await catchUp(below);
    const { resource_id: ours } = await received(below, subscription, id);
    await edit(below.stage, below.district.actor, ours ?? '', someContent({ title: '本地改题' }));
    await publish(below.stage, below.district.actor, ours ?? '');
    await rewrite(id, '对方改题');
    await catchUp(below);
    expect(await received(below, subscription, id)).toMatchObject({
      state: 'changed-here',
      content: { title: '本地改题' },
    });
    await withdraw(above.stage, above.district.actor, id);
    await catchUp(below);
    expect(await received(below, subscription, id)).toMatchObject({ state: 'removed', isLive: false });
  });

  test('a column of theirs goes to the column of ours that a rule names, also later', async () => {
    const theirs = await aColumn(above.stage, { site: above.district.portal });
    const ours = await aColumn(below.stage, { site: below.district.portal });
    const rules = [{ sourceColumnId: theirs.id, sourceName: '政策', columnId: ours.id }];
    await sql`update following.subscription set rules = ${JSON.stringify(rules)}::jsonb where id = ${subscription}`.execute(
      below.db,
    );
    const id = await write({ title: '按规则上栏目' }, [theirs.id]);
    await catchUp(below);
    const { resource_id: resource } = await received(below, subscription, id);
    const columns = async () =>
      (
        await below.db
          .selectFrom('sites.listing')
          .select('column_id')
          .where('resource_id', '=', resource)
          .execute()
      ).map((row) => row.column_id);
    expect(await columns()).toEqual([ours.id]);
    await place(above.stage, above.district.actor, id, [above.column.id]);
    await catchUp(below);
    expect(await columns()).toEqual([below.column.id]);
  });

  test('a relation follows when what it names has come', async () => {
    const policy = await aPublished(above.stage, above.district.actor, {
      unitId: above.district.office.id,
      columnIds: [above.column.id],
      type: 'policy',
      content: { title: '甲办法' },
    });
    const other = await write({ title: '另见甲办法', seeAlso: [policy] });
    // The one that names it comes first.
    await edit(above.stage, above.district.actor, policy, someContent({ title: '甲办法（修订）' }, 'policy'));
    await publish(above.stage, above.district.actor, policy);
    await catchUp(below);
    const { resource_id: ours } = await received(below, subscription, policy);
    const { content } = await received(below, subscription, other);
    expect(content.seeAlso).toEqual([ours]);
  });

  test('what leaves the reach of the key is taken down, and comes back with it', async () => {
    const key = await aKey(above.db);
    await sql`update following.subscription set state = 'paused' where id = ${subscription}`.execute(
      below.db,
    );
    const column = await aColumn(above.stage, { site: above.district.portal });
    const [inside, outside] = [
      await write({ title: '范围内' }, [column.id]),
      await write({ title: '范围外' }),
    ];
    const narrow = await aSubscription(below, { ...above, key: key.secret }, { mode: 'pending' });
    await catchUp(below);
    expect(await received(below, narrow, outside)).toMatchObject({ state: 'taken', stage: 'draft' });
    await reach(key.id, [column.id]);
    await catchUp(below);
    expect(await received(below, narrow, inside)).toMatchObject({ state: 'taken', stage: 'draft' });
    expect(await received(below, narrow, outside)).toMatchObject({ state: 'removed', stage: 'discarded' });
    await reach(key.id, null);
    await catchUp(below);
    expect(await received(below, narrow, outside)).toMatchObject({ state: 'taken', stage: 'draft' });
    await sql`update following.subscription set state = 'active' where id = ${subscription}`.execute(
      below.db,
    );
    await sql`update following.subscription set state = 'paused' where id = ${narrow}`.execute(below.db);
  });

  const reach = (keyId: string, columnIds: string[] | null) =>
    above.db
      .updateTable('exchange.access_key')
      .set({ column_ids: columnIds })
      .where('id', '=', keyId)
      .execute();

  test('a key that is revoked ends it until there is a new one', async () => {
    const key = await aKey(above.db);
    const id = await aSubscription(below, { ...above, key: key.secret });
    await sql`update exchange.access_key set revoked_at = now(), revocation_reason = '不再使用' where id = ${key.id}`.execute(
      above.db,
    );
    await catchUp(below);
    expect(await subscriptionOf(below, id)).toMatchObject({
      state: 'barred',
      trouble_code: 'following.key-refused',
    });
  });

  test('drafts are handed to the unit: what is reviewed is not changed under the eyes of those who review', async () => {
    await sql`update following.subscription set state = 'ended', sealed_key = null`.execute(below.db);
    const pending = await follow(below, above, { mode: 'pending' });
    const id = await write({ title: '待审的' });
    await catchUp(below);
    const draft = await received(below, pending, id);
    expect(draft).toMatchObject({ state: 'taken', stage: 'draft', isLive: false });
    await sql`update library.resource set stage = 'in-review' where id = ${draft.resource_id}`.execute(
      below.db,
    );
    await rewrite(id, '待审的新版');
    await catchUp(below);
    expect(await received(below, pending, id)).toMatchObject({
      state: 'waiting',
      problem_code: 'in-review',
      content: { title: '待审的' },
    });
    await sql`update library.resource set stage = 'draft' where id = ${draft.resource_id}`.execute(below.db);
    await catchUp(below);
    expect(await received(below, pending, id)).toMatchObject({
      state: 'taken',
      stage: 'draft',
      content: { title: '待审的新版' },
    });
    await publish(below.stage, below.district.actor, draft.resource_id ?? '');
    await rewrite(id, '再改');
    await catchUp(below);
    const { rows } = await sql<{ title: string }>`select content ->> 'title' as title from library.revision
      join library.resource on live_revision_id = revision.id where resource.id = ${draft.resource_id}`.execute(
      below.db,
    );
    expect(rows).toEqual([{ title: '待审的新版' }]);
    expect(await received(below, pending, id)).toMatchObject({ content: { title: '再改' }, isLive: true });
    await sql`update following.subscription set state = 'paused' where state = 'active'`.execute(below.db);
  });
});

test('two platforms that follow each other give nothing back, and come to rest', async () => {
  await sql`update following.subscription set state = 'paused' where state = 'active'`.execute(below.db);
  const there = await aPublished(above.stage, above.district.actor, {
    ...{ unitId: above.district.office.id, columnIds: [above.column.id], content: { title: '上面写的' } },
  });
  const here = await aPublished(below.stage, below.district.actor, {
    ...{ unitId: below.district.office.id, columnIds: [below.column.id], content: { title: '下面写的' } },
  });
  const down = await follow(below, above);
  const up = await follow(above, below);
  for (let round = 0; round < 3; round += 1) {
    await catchUp(below);
    await catchUp(above);
  }
  const ours = await received(below, down, there);
  expect(ours.state).toBe('taken');
  expect((await received(above, up, here)).state).toBe('taken');
  expect(await received(above, up, ours.resource_id ?? '')).toMatchObject({
    state: 'looped',
    resource_id: null,
  });
  const revisions = async () =>
    (
      await Promise.all(
        [above, below].map(({ db }) =>
          sql<{ n: string }>`select count(*) as n from library.revision`.execute(db),
        ),
      )
    ).map(({ rows }) => rows[0]?.n);
  const before = await revisions();
  await catchUp(below);
  await catchUp(above);
  expect(await revisions()).toEqual(before);
});
