import { expect, it } from 'vitest';

import { subscriptions } from '../server/app.ts';
import { endReuse, makeReuse, searchables, setMappings } from '../server/modules/sites/index.ts';
import {
  aColumn,
  aDistrict,
  aFactotum,
  aPublished,
  aStage,
  atlasOptions,
  testBase,
} from './factories/sites.ts';
import { aDatabase } from './harness.ts';

const { db } = aDatabase();
const stage = aStage(db);

it('a reuse is told to search when it begins and ends, also where a mapping showed the text before', async () => {
  const { office, bureau, portal, bureauSite, actor } = await aDistrict(stage);
  const editor = await aFactotum(db, [office]);
  const source = await aColumn(stage, { site: bureauSite });
  const target = await aColumn(stage, { site: portal });
  await stage.perform(actor, setMappings, { columnId: target.id, sourceColumnIds: [source.id] });
  const resourceId = await aPublished(stage, actor, { unitId: bureau.id, columnIds: [source.id] });
  /** Keys of what is to be found that search hears of during an act. */
  const heardDuring = async <T>(act: () => Promise<T>): Promise<[T, ReadonlySet<string>]> => {
    const { last } = await db
      .selectFrom('platform.event')
      .select(({ fn }) => fn.max('id').as('last'))
      .executeTakeFirstOrThrow();
    const result = await act();
    const events = await db
      .selectFrom('platform.event')
      .select(['name', 'tags'])
      .where('id', '>', last)
      .execute();
    const tags = events.filter(({ name }) => subscriptions[name]?.includes('search.apply-event'));
    const keys = tags.flatMap((event) =>
      event.tags.flatMap((tag) => searchables(atlasOptions()).flatMap((one) => one.keysForTag(tag))),
    );
    return [result, new Set(keys)];
  };
  const input = { resourceId, columnId: target.id };
  const [reuse, begun] = await heardDuring(() => stage.perform(editor, makeReuse(testBase), input));
  expect(begun).toContain(`article/${resourceId}`);
  const end = { reuseId: reuse.id, reason: '内容已经过时' };
  const [, ended] = await heardDuring(() => stage.perform(editor, endReuse(testBase), end));
  expect(ended).toContain(`article/${resourceId}`);
});
