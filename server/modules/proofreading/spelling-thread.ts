import { parentPort, workerData } from 'node:worker_threads';

import { dict } from '@node-rs/jieba/dict.js';

import { loadCharacterLore, readDictionary } from './character-lore.ts';
import { writeSpellingModel } from './spelling-model-file.ts';
import type { TrainingOrder, TrainingReply, TrainingSetup } from './spelling.types.ts';
import { SpellingTraining, usualLimits } from './train-spelling.ts';

// A thread's main file: counting and learning take minutes that the worker's own thread does not have.
const { file, places } = workerData as TrainingSetup;
const ground = { lore: loadCharacterLore(), dictionary: readDictionary(dict) };
const training = new SpellingTraining(ground, { ...usualLimits, places });

async function follow(order: TrainingOrder): Promise<TrainingReply> {
  if (order.kind === 'texts') {
    for (const { text, isKeptApart } of order.texts) training.take(text, isKeptApart);
    return { kind: 'taken', characters: training.characters };
  }
  const { model, characters, measured } = training.finish();
  const digest = await writeSpellingModel(file, model);
  return { kind: 'finished', learned: { digest, characters, threshold: model.threshold, measured } };
}

parentPort?.on('message', (order: TrainingOrder) => {
  follow(order).then(
    (reply) => parentPort?.postMessage(reply),
    (error: unknown) => {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      parentPort?.postMessage({ kind: 'failed', reason } satisfies TrainingReply);
    },
  );
});
