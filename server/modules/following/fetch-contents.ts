import { AppError } from '../../platform/errors.ts';
import { namedThere } from './our-content.ts';
import { resourcesOfItems } from './item.queries.ts';
import type { Following } from './following.types.ts';
import { ourTermsFor } from './our-terms.ts';
import { partOf } from './open-platform.ts';
import { type ContentAnswer, readContent } from './platform-answer.ts';
import { type Prepared, prepareTake, type Refusal, typesByKey } from './prepare-take.ts';

export interface Fetched {
  readonly prepared: readonly Prepared[];
  /** The key does not see these (any more). */
  readonly gone: readonly string[];
  /** These are for the next time. */
  readonly rest: ReadonlySet<string>;
}

interface Raw {
  readonly contents: readonly unknown[];
  readonly rest: readonly string[];
  readonly tooLarge: readonly string[];
}

const unread = (
  sourceId: string,
): Pick<Refusal, 'sourceId' | 'digest' | 'mark' | 'title' | 'url' | 'indexNumber'> => ({
  sourceId,
  digest: null,
  mark: null,
  title: `（未能读取 ${sourceId}）`,
  url: null,
  indexNumber: null,
});

/** Resources whole, and ready to be written. */
export async function fetchContents(following: Following, ids: readonly string[]): Promise<Fetched> {
  if (ids.length === 0) return { prepared: [], gone: [], rest: new Set() };
  const { contents, rest, tooLarge } = await ask(following, ids);
  const asked = new Set(ids);
  const prepared = new Map<string, Prepared>(
    tooLarge.map((id) => [id, refusal(id, 'too-large', '内容太长，没有接收。')]),
  );
  const readable = new Map<string, ContentAnswer>();
  for (const one of contents.map(readContent)) {
    if (!asked.has(one.id)) continue;
    if ('wrong' in one) prepared.set(one.id, refusal(one.id, 'content-refused', '内容的格式与接口不符。'));
    else readable.set(one.id, one);
  }
  const { engine, row, instance, client, signal } = following;
  const named = [...readable.values()].flatMap(namedThere);
  const parts = {
    ...{ engine, subscription: row, client, instance, signal },
    resources: await resourcesOfItems(engine.db, row.id, [...new Set(named)]),
    types: await typesByKey(engine),
    terms: await ourTermsFor(engine.db, [...readable.values()]),
  };
  for (const [id, theirs] of readable) prepared.set(id, await prepareTake(parts, theirs));
  const later = new Set(rest.filter((id) => asked.has(id) && !prepared.has(id)));
  return {
    prepared: [...prepared.values()],
    gone: ids.filter((id) => !prepared.has(id) && !later.has(id)),
    rest: later,
  };
}

function refusal(id: string, code: Refusal['problem']['code'], message: string): Refusal {
  return { ...unread(id), outcome: 'refuse', problem: { code, message } };
}

/** An answer that is too long is asked for in halves, until one resource alone is what is too long. */
async function ask({ client, row, signal }: Following, ids: readonly string[]): Promise<Raw> {
  for (let many = ids.length; ; many = Math.ceil(many / 2)) {
    try {
      const answer = await client.contents(ids.slice(0, many), partOf(row), signal);
      return { contents: answer.items, rest: [...answer.rest, ...ids.slice(many)], tooLarge: [] };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'following.answer-too-large') throw error;
      if (many === 1) return { contents: [], rest: ids.slice(1), tooLarge: ids.slice(0, 1) };
    }
  }
}
