import { randomBytes } from 'node:crypto';

import { createResource, insertPreview } from '../server/modules/library/index.ts';
import { performAs, someContent } from './factories/library.ts';
import { formOf } from './form-data.ts';
import {
  anybody,
  type Attempt,
  insidersAnd,
  insidersAs,
  nothing,
  on,
  readers,
  type World,
} from './route-rules.ts';
import { marker } from './secret-unit.ts';

/** A file of the secret unit; with `replaces`, one that took another's place. */
async function anAsset({ db, secret }: World, replaces: string | null = null): Promise<string> {
  const { id } = await db
    .insertInto('library.asset')
    .values({
      unit_id: secret.unit.id,
      digest: randomBytes(32).toString('hex'),
      file_name: `${marker}.txt`,
      media_type: 'text/plain; charset=utf-8',
      size: 10,
      uploaded_at: new Date(),
      replaces_id: replaces,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The uploaded file of the secret unit, as if it had a page, which looks like the file itself. */
async function aDrawnAsset({ db, assetId }: World): Promise<string> {
  const { digest, size } = await db
    .selectFrom('library.asset')
    .select(['digest', 'size'])
    .where('id', '=', assetId)
    .executeTakeFirstOrThrow();
  const page = { digest, width: 1, height: 1, bytes: Number(size) };
  const drawn = {
    kind: 'pages',
    pages: [page],
    totalPages: 1,
    body: null,
    isWhole: true,
    findings: [],
  } as const;
  await insertPreview(db, { ...drawn, digest }, new Date());
  return assetId;
}

const changers = insidersAnd('operator', 'editor');

export const assetAttempts: readonly Attempt[] = [
  { endpoint: 'library.listAssets', what: 'all in sight', rule: anybody, ask: nothing },
  {
    endpoint: 'library.describeAsset',
    what: 'of the unit',
    rule: changers,
    ask: ({ assetId }) => ({ ...on(assetId), payload: { alt: '图', copyright: '', source: '' } }),
  },
  { endpoint: 'library.getAssetUses', what: 'of the unit', rule: readers, ask: ({ assetId }) => on(assetId) },
  {
    endpoint: 'library.getAssetWords',
    what: 'of the unit',
    rule: readers,
    ask: ({ assetId }) => on(assetId),
  },
  {
    endpoint: 'library.getAssetPreview',
    what: 'of the unit',
    rule: readers,
    ask: ({ assetId }) => on(assetId),
  },
  {
    endpoint: 'library.getAssetPreviewPage',
    what: 'of the unit',
    rule: readers,
    ask: async (world) => ({ params: { id: await aDrawnAsset(world), number: '1' } }),
  },
  {
    endpoint: 'library.getAssetHistory',
    what: 'of the unit',
    rule: readers,
    ask: ({ assetId }) => on(assetId),
  },
  {
    endpoint: 'library.replaceAsset',
    what: 'of the unit',
    rule: changers,
    ask: async (world) => ({
      ...on(await anAsset(world)),
      ...formOf({}, { name: 'plan.txt', bytes: `plan ${randomBytes(8).toString('hex')}` }),
    }),
  },
  {
    endpoint: 'library.adoptReplacement',
    what: 'of the unit',
    // A platform role writes no content: it brings files and no words.
    rule: insidersAs('editor'),
    ask: async (world) => {
      const old = await anAsset(world);
      await anAsset(world, old);
      const made = await performAs({ db: world.db }, world.secret.staff.editor)(createResource, {
        unitId: world.secret.unit.id,
        type: 'article',
        content: someContent({ title: `计划${marker}`, attachments: [{ assetId: old, name: '附件' }] }),
      });
      return { ...on(old), payload: { resourceId: made.id, expectedVersion: made.version } };
    },
  },
  { endpoint: 'library.getAssetStorage', what: 'all in sight', rule: anybody, ask: nothing },
  { endpoint: 'library.listQuarantine', what: 'all in sight', rule: anybody, ask: nothing },
];
