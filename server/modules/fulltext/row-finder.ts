import type { Db } from '../../platform/db.ts';
import { type Found, type FoundBlock, foundIn, meetBlocks } from './find-rows.ts';
import { generationOf } from './index.queries.ts';
import type { Question } from './understand-question.ts';

/** A list, its facets and its next pages ask one question. At most 160 KB each, at 1.3 million rows. */
const mostRemembered = 16;

export interface RowFinder {
  find(db: Db, question: Question): Promise<Found>;
}

/** Finds rows, and remembers what the last few questions met as long as the index is the same. */
export function createRowFinder(): RowFinder {
  /** By tokens, the one asked last at the end. */
  const remembered = new Map<string, Remembered>();
  return {
    find: async (db, question) => {
      const key = question.tokens.join(' ');
      // Asked first: what is read after it is at least as new as it says.
      const generation = await generationOf(db);
      const known = remembered.get(key);
      remembered.delete(key);
      const isSame = known?.generation === generation;
      const blocks = isSame ? known.blocks : meetBlocks(db, question);
      remembered.set(key, { generation, blocks });
      for (const oldest of [...remembered.keys()].slice(0, -mostRemembered)) remembered.delete(oldest);
      try {
        return foundIn(await blocks, question);
      } catch (error) {
        if (remembered.get(key)?.blocks === blocks) remembered.delete(key);
        // Somebody else's request may have been ended; that is no reason to end this one.
        if (isSame) return foundIn(await meetBlocks(db, question), question);
        throw error;
      }
    },
  };
}

interface Remembered {
  readonly generation: string;
  readonly blocks: Promise<readonly FoundBlock[]>;
}
