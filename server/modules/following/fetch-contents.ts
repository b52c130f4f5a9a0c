import { namedThere } from './our-content.ts';
import { resourcesOfItems } from './item.queries.ts';
import type { Following } from './following.types.ts';
import { ourTermsFor } from './our-terms.ts';
import { askForContents } from './ask-for-contents.ts';
import type { ContentAnswer } from './platform-answer.ts';
import { type Prepared, prepareTake, type Refusal, type Seen, typesByKey } from './prepare-take.ts';

export interface Fetched {
  readonly prepared: readonly Prepared[];
  /** The key does not see these (any more). */
  readonly gone: readonly string[];
  /** These are for the next time. */
  readonly rest: ReadonlySet<string>;
}

const unread = (sourceId: string): Seen => ({
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
  const { contents, rest, unanswered, tooLarge } = await askForContents(following, ids);
  const asked = new Set(ids);
  const prepared = new Map<string, Prepared>([
    ...tooLarge.map((id) => [id, refusal(id, 'too-large', '内容太长，没有接收。')] as const),
    ...unanswered.map(({ id, message }) => [id, unansweredFor(id, message)] as const),
  ]);
  const readable = new Map<string, ContentAnswer>();
  for (const one of contents) {
    if (!asked.has(one.id)) continue;
    if ('wrong' in one) prepared.set(one.id, refusal(one.id, 'content-refused', '内容的格式与接口不符。'));
    else readable.set(one.id, one);
  }
  const later = new Set(rest.filter((id) => asked.has(id) && !prepared.has(id) && !readable.has(id)));
  for (const [id, one] of await prepareAll(following, ids, readable, later)) prepared.set(id, one);
  return {
    prepared: [...prepared.values()],
    gone: ids.filter((id) => !prepared.has(id) && !later.has(id)),
    rest: later,
  };
}

/** One after the other, as they were asked for. What there is no time for joins those that are for later. */
async function prepareAll(
  following: Following,
  ids: readonly string[],
  readable: ReadonlyMap<string, ContentAnswer>,
  later: Set<string>,
): Promise<ReadonlyMap<string, Prepared>> {
  const { engine, row, instance, client, signal } = following;
  const named = [...readable.values()].flatMap(namedThere);
  const parts = {
    ...{ engine, subscription: row, client, instance, signal },
    resources: await resourcesOfItems(engine.db, row.id, [...new Set(named)]),
    types: await typesByKey(engine),
    terms: await ourTermsFor(engine.db, [...readable.values()]),
  };
  const began = performance.now();
  const prepared = new Map<string, Prepared>();
  for (const id of ids) {
    const theirs = readable.get(id);
    if (!theirs) continue;
    if (prepared.size > 0 && performance.now() - began > engine.limits.begin) later.add(id);
    else prepared.set(id, await prepareTake(parts, theirs));
  }
  return prepared;
}

function refusal(id: string, code: Refusal['problem']['code'], message: string): Refusal {
  return { ...unread(id), outcome: 'refuse', problem: { code, message } };
}

const unansweredFor = (id: string, message: string): Prepared => ({
  ...unread(id),
  outcome: 'set-aside',
  isUnread: true,
  problem: { code: 'content-unavailable', message: `对方没有给出这一条的内容：${message}` },
});
