import { createFileReader } from './file-reader.ts';
import { createFileStore } from './file-store.ts';
import type { PageReader } from './page-reader.ts';
import type { PageStore } from './page-store.ts';
import { openS3Bucket, type S3Settings } from './s3-bucket.ts';
import { createS3Reader, createS3Store } from './s3-store.ts';

/** Where pages lie: a folder of this machine, or a bucket. Plain values, so that threads can be told. */
export type PagePlace =
  | { readonly kind: 'files'; readonly directory: string; readonly durable?: boolean }
  | ({ readonly kind: 's3' } & S3Settings);

export function openPageStore(place: PagePlace): PageStore {
  if (place.kind === 's3') return createS3Store(openS3Bucket(place));
  return createFileStore(place.directory, { durable: place.durable ?? false });
}

export function openPageReader(place: PagePlace): PageReader {
  return place.kind === 's3' ? createS3Reader(openS3Bucket(place)) : createFileReader(place.directory);
}
