import { Worker } from 'node:worker_threads';

import { hourInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import {
  contentsOfRevisions,
  estimateResources,
  liveIdsAfter,
  liveRevisionIds,
  textOf,
} from '../library/index.ts';
import { digestOfSpellingFile } from './spelling-model-file.ts';
import { lastTraining, recordTraining } from './spelling.queries.ts';
import { usualLimits } from './train-spelling.ts';
import type { TextToLearn, TrainingSetup } from './spelling.types.ts';
import { listenTo } from './training-thread.ts';

export interface SpellingTeacher {
  readonly db: Db;
  readonly clock: () => Date;
  /** Where the model lies. */
  readonly file: string;
  /** Fewer characters teach too little: the finder stays silent. */
  readonly leastCharacters?: number;
}

/** With less the finder would say too much that is wrong: a cautious choice, not a measured one (docs/adr/0058). */
const usualLeast = 2_000_000;
/** More would not fit into the table; with more texts every so-manieth is read. */
const mostTexts = 40_000;
const mostCharactersOfText = 20_000;
const batch = 200;
/** One in so many is kept apart. */
const keptApart = 8n;
/** At night, before what is published is looked through. */
const [beginsAt, endsAt] = [0, 2];
/** With so much more than was learned from, it is learned anew. */
const growth = 1.1;

/**
 * One cheap look: it is night, and the library is a tenth larger than what was learned from, never was learned from, or
 * the file is not the one that was made of it: it got lost, or another version of the program wrote it.
 */
export async function isLearningWanted({ db, clock, file }: SpellingTeacher): Promise<boolean> {
  const hour = hourInChina(clock());
  if (hour < beginsAt || hour >= endsAt) return false;
  const resources = await estimateResources(db);
  const last = await lastTraining(db);
  if (resources > (last?.resources ?? 0) * growth) return true;
  return last?.digest != null && (await digestOfSpellingFile(file)) !== last.digest;
}

// Compiled, the files beside this one end in .js as it does itself.
const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './spelling-thread.ts' : './spelling-thread.js',
  import.meta.url,
);

/**
 * Learns from everything published, in order of id, in a thread of its own; the same texts give the same model. What was
 * withdrawn since the last time is forgotten, because nothing is carried over. Undefined when it was told to stop.
 */
export async function learnSpelling(
  teacher: SpellingTeacher,
  signal: AbortSignal,
): Promise<'learned' | 'too-little' | undefined> {
  const { db, clock, file, leastCharacters = usualLeast } = teacher;
  const resources = await estimateResources(db);
  const setup: TrainingSetup = { file, places: placesFor(resources) };
  const thread = new Worker(threadFile, { workerData: setup, name: 'spelling' });
  const { tell } = listenTo(thread);
  try {
    let [characters, texts] = [0, 0];
    for await (const some of textsToLearn(db, resources)) {
      if (signal.aborted) return undefined;
      const reply = await tell({ kind: 'texts', texts: some }, signal);
      if (reply.kind === 'taken') ({ characters } = reply);
      texts += some.length;
    }
    const about = { resources, texts, trainedAt: clock() };
    if (characters < leastCharacters) {
      await recordTraining(db, { ...about, characters, digest: null, threshold: null, measured: 0 });
      return 'too-little';
    }
    const reply = await tell({ kind: 'finish' }, signal);
    if (reply.kind !== 'finished') throw new Error('the training thread answered something else');
    await recordTraining(db, { ...about, ...reply.learned });
    return 'learned';
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    await thread.terminate();
  }
}

/** A small library needs no large table. */
const placesOfText = 1_000;
const [fewestPlaces, mostPlaces] = [2 ** 18, usualLimits.places];

function placesFor(resources: number): number {
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(1, resources * placesOfText)));
  return Math.min(mostPlaces, Math.max(fewestPlaces, wanted));
}

/** The texts of what is public, a batch at a time; of a large library every so-manieth, always the same. */
async function* textsToLearn(db: Db, resources: number): AsyncGenerator<readonly TextToLearn[]> {
  const every = BigInt(Math.max(1, Math.ceil(resources / mostTexts)));
  for (let after = '0'; ;) {
    const ids = await liveIdsAfter(db, after, batch * Number(every));
    const last = ids.at(-1);
    if (last === undefined) return;
    after = last;
    const live = await liveRevisionIds(
      db,
      ids.filter((id) => BigInt(id) % every === 0n),
    );
    const contents = await contentsOfRevisions(db, [...live.values()]);
    yield [...live].flatMap(([id, revisionId]) => {
      const content = contents.get(revisionId);
      if (!content) return [];
      const text = `${content.title}\n${textOf(content)}`.slice(0, mostCharactersOfText);
      return [{ text, isKeptApart: (BigInt(id) / every) % keptApart === 0n }];
    });
  }
}
