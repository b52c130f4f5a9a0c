import { answerInCage, readBeginning } from '../documents/caged-process.ts';
import { readBytes } from './read-bytes.ts';

/** What a reader is told to read. */
export interface ReadOrder {
  readonly path: string;
  readonly mediaType: string;
  readonly mostBytes: number;
}

answerInCage(async ({ path, mediaType, mostBytes }: ReadOrder) =>
  readBytes(await readBeginning(path, mostBytes), mediaType),
);
