import { createFileReader } from './file-reader.ts';
import { createFileStore } from './file-store.ts';
import type { PageReader } from './page-reader.ts';
import type { PageStore } from './page-store.ts';
import type { S3Settings } from './s3-bucket.ts';

/** Where pages lie: a folder of this machine, or a bucket. Plain values, so that threads can be told. */
export type PagePlace =
  | { readonly kind: 'files'; readonly directory: string; readonly durable?: boolean }
  | ({ readonly kind: 's3' } & S3Settings);

/** Loaded only where pages lie in a bucket: its client takes 37 MB in every thread that has it. */
async function openS3(settings: S3Settings) {
  const [{ openS3Bucket }, { createS3Reader, createS3Store }] = await Promise.all([
    import('./s3-bucket.ts'),
    import('./s3-store.ts'),
  ]);
  const bucket = openS3Bucket(settings);
  return { store: () => createS3Store(bucket), reader: () => createS3Reader(bucket) };
}

export async function openPageStore(place: PagePlace): Promise<PageStore> {
  if (place.kind === 's3') return (await openS3(place)).store();
  return createFileStore(place.directory, { durable: place.durable ?? false });
}

export async function openPageReader(place: PagePlace): Promise<PageReader> {
  return place.kind === 's3' ? (await openS3(place)).reader() : createFileReader(place.directory);
}
