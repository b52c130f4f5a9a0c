import type { Table } from '@lancedb/lancedb';

import type { Generation } from './generation.ts';
import { createTermStatistics, type TermStatistics } from './term-statistics.ts';

const samplePages = 2_000;
const sampleCharacters = 6_000_000;
const batchPages = 100;
const refreshAfter = 10 * 60_000;

async function sampleTable(table: Table): Promise<string[]> {
  const rows = await table.countRows();
  const step = Math.max(1, Math.ceil(rows / samplePages));
  const offsets = Array.from({ length: Math.ceil(rows / step) }, (_, i) => i * step);
  const sample: string[] = [];
  let characters = 0;
  for (let i = 0; i < offsets.length && characters < sampleCharacters; i += batchPages) {
    const batch = (await table
      .takeOffsets(offsets.slice(i, i + batchPages))
      .select(['bodyTokens'])
      .toArray()) as { bodyTokens: string }[];
    for (const { bodyTokens } of batch) {
      sample.push(bodyTokens);
      characters += bodyTokens.length;
    }
  }
  return sample;
}

/** Statistics over both tables, taken on first use and again when they have aged. */
export function sampleStatistics(generation: Generation): () => Promise<TermStatistics> {
  let taken: Promise<TermStatistics> | undefined;
  let takenAt = 0;
  const take = async (): Promise<TermStatistics> =>
    createTermStatistics([
      ...(await sampleTable(generation.main)),
      ...(await sampleTable(generation.recent)),
    ]);
  return () => {
    if (!taken) {
      takenAt = performance.now();
      taken = take();
      // A failed sample must not stay: the next query tries again.
      taken.catch(() => {
        taken = undefined;
      });
    } else if (performance.now() - takenAt > refreshAfter) {
      takenAt = performance.now();
      const previous = taken;
      void take().then(
        (fresh) => {
          taken = Promise.resolve(fresh);
        },
        () => {
          taken = previous;
        },
      );
    }
    return taken;
  };
}
