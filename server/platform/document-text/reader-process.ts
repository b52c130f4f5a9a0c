import { open } from 'node:fs/promises';

import { readBytes } from './read-bytes.ts';

/** What a reader is told to read. */
export interface ReadOrder {
  readonly path: string;
  readonly mediaType: string;
  readonly mostBytes: number;
}

// One order, one answer, and the process ends: what a document did to it ends with it.
process.once('message', (order: ReadOrder) => {
  void (async () => {
    const file = await open(order.path);
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, order.mostBytes));
    await file.read(bytes, 0, bytes.length, 0);
    await file.close();
    const answer = await readBytes(bytes, order.mediaType);
    process.send?.(answer, () => process.exit(0));
  })();
});
