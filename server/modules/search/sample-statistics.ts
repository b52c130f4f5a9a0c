import type { Table } from '@lancedb/lancedb';

import type { Generation } from './generation.ts';
import { startTermSample, type TermSample, type TermStatistics } from './term-statistics.ts';

const samplePages = 2_000;
const sampleCharacters = 6_000_000;
/** Few at a time, so that a server that also answers other requests is never held up. */
const batchPages = 25;
const refreshAfter = 10 * 60_000;

async function sampleTable(table: Table, sample: TermSample): Promise<void> {
  const rows = await table.countRows();
  const step = Math.max(1, Math.ceil(rows / samplePages));
  const offsets = Array.from({ length: Math.ceil(rows / step) }, (_, i) => i * step);
  let characters = 0;
  for (let i = 0; i < offsets.length && characters < sampleCharacters; i += batchPages) {
    const batch = (await table
      .takeOffsets(offsets.slice(i, i + batchPages))
      .select(['bodyTokens'])
      .toArray()) as { bodyTokens: string }[];
    for (const { bodyTokens } of batch) {
      sample.add(bodyTokens);
      characters += bodyTokens.length;
    }
  }
}

async function takeStatistics({ main, recent }: Generation): Promise<TermStatistics> {
  const sample = startTermSample();
  await sampleTable(main, sample);
  await sampleTable(recent, sample);
  return sample.finish();
}

/** Statistics over both tables, taken on first use and again, in the background, when they have aged. */
export function sampleStatistics(generation: Generation): () => Promise<TermStatistics> {
  let taken: Promise<TermStatistics> | undefined;
  let takenAt = 0;
  return () => {
    const isDue = performance.now() - takenAt > refreshAfter;
    if (taken && !isDue) return taken;
    takenAt = performance.now();
    const fresh = takeStatistics(generation);
    const previous = taken;
    if (!previous) taken = fresh;
    fresh.then(
      () => {
        taken = fresh;
      },
      () => {
        // A failed sample must not stay: the next query tries again.
        taken = previous;
        if (!previous) takenAt = 0;
      },
    );
    return taken ?? fresh;
  };
}
