import { setImmediate } from 'node:timers/promises';

import type { ResourceContent } from '../../../contracts/library.ts';
import type { ChineseWords } from '../../platform/chinese-words.ts';
import type { Db } from '../../platform/db.ts';
import { readSetting, writeSetting } from '../../platform/settings.ts';
import {
  contentsOfRevisions,
  estimateResources,
  feedHead,
  type FeedStep,
  liveRevisionIds,
  sampledChanges,
  textOf,
} from '../library/index.ts';
import { isKeywordForm } from './keyword.rules.ts';
import {
  changeFrequencies,
  countedRevisions,
  countedTexts,
  mayCountWords,
  noteCounted,
  outsideOfSample,
} from './word-frequency.queries.ts';

const positionSetting = 'describing.words-counted';
const everySetting = 'describing.words-sampled';
/** More texts would not make the frequencies truer. With more than these every second one is left out. */
const mostTexts = 40_000;
const textsAtOnce = 50;
/** So much of the feed is looked through in one statement. */
const feedAtOnce = 5_000;
/** What a text is about, its beginning says. */
const mostCharacters = 20_000;

export interface WordCounting {
  readonly db: Db;
  /** Loaded when there is something to count. */
  readonly words: () => ChineseWords;
  readonly most?: number;
}

/**
 * One step towards the frequencies of words in what is public now: follows the change feed, a few texts in each
 * transaction. However large the library is, the sample stays small.
 */
export function countWords({ db, words, most = mostTexts }: WordCounting): Promise<FeedStep> {
  return db.transaction().execute(async (on) => {
    if (!(await mayCountWords(on))) return 'elsewhere';
    const every = await sampleOf(on, most);
    const leaving = await outsideOfSample(on, every, textsAtOnce);
    if (leaving.length > 0) {
      await recount(on, words, { ids: leaving, live: new Map() });
      return 'more';
    }
    const after = (await readSetting(on, positionSetting)) ?? '0';
    const head = BigInt(await feedHead(on));
    const farthest = BigInt(after) + BigInt(feedAtOnce);
    const upTo = String(head < farthest ? head : farthest);
    if (upTo === after) return 'at-the-end';
    const changes = await sampledChanges(on, { after, upTo, every }, textsAtOnce);
    const ids = [...new Set(changes.map((one) => one.resourceId))];
    await recount(on, words, { ids, live: await liveRevisionIds(on, ids) });
    const position = changes.length < textsAtOnce ? upTo : (changes.at(-1)?.position ?? upTo);
    await writeSetting(on, positionSetting, position);
    return 'more';
  });
}

/** Every so-manieth resource is in the sample: a power of two, so that a smaller sample is part of the larger one. */
async function sampleOf(on: Db, most: number): Promise<number> {
  const before = await readSetting(on, everySetting);
  if (before !== undefined && (await countedTexts(on)) <= most) return Number(before);
  const every = before === undefined ? firstSample(await estimateResources(on), most) : Number(before) * 2;
  await writeSetting(on, everySetting, String(every));
  return every;
}

function firstSample(resources: number, most: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, resources) / most)));
}

interface Recount {
  readonly ids: readonly string[];
  /** Which revision of them is to be counted; none where it is missing. */
  readonly live: ReadonlyMap<string, string>;
}

/** Takes the words of what was counted out again and those of what is public now in. */
async function recount(on: Db, words: () => ChineseWords, { ids, live }: Recount): Promise<void> {
  const counted = await countedRevisions(on, ids);
  const changed = ids.filter((id) => counted.get(id) !== live.get(id));
  if (changed.length === 0) return;
  const revisionIds = changed.flatMap((id) => [counted.get(id) ?? [], live.get(id) ?? []].flat());
  const contents = await contentsOfRevisions(on, revisionIds);
  const changes = new Map<string, number>();
  const add = (revisionId: string | undefined, by: number): void => {
    const content = revisionId === undefined ? undefined : contents.get(revisionId);
    if (!content) return;
    for (const word of wordsIn(words(), content)) changes.set(word, (changes.get(word) ?? 0) + by);
  };
  for (const id of changed) {
    add(counted.get(id), -1);
    add(live.get(id), 1);
    // Whatever else this process does comes between two texts.
    await setImmediate();
  }
  await noteCounted(on, changed, live);
  await changeFrequencies(on, changes);
}

function wordsIn(words: ChineseWords, content: ResourceContent): ReadonlySet<string> {
  const text = `${content.title}\n${textOf(content)}`.slice(0, mostCharacters);
  return new Set(words.cut(text).filter(isKeywordForm));
}
