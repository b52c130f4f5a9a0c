import type { Readable } from 'node:stream';

import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';

/** Plain values: threads of their own open the same bucket. */
export interface S3Settings {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

export interface S3Found {
  readonly size: number;
  readonly modified: Date;
  /** Changes whenever the object is put anew. */
  readonly mark: string;
}

export interface S3Object extends S3Found {
  readonly body: Readable;
}

interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A bucket of any S3-compatible store, and nothing of what lies in it. Absence is undefined; trouble is thrown. */
export interface S3Bucket {
  head(key: string): Promise<S3Found | undefined>;
  get(key: string, range?: ByteRange): Promise<S3Object | undefined>;
  put(key: string, body: Uint8Array | Readable, size: number): Promise<void>;
  remove(key: string): Promise<void>;
  keys(prefix: string): AsyncGenerator<string>;
  /** First parts of keys, before the first slash. */
  folders(): Promise<readonly string[]>;
  hasAny(prefix: string): Promise<boolean>;
  close(): void;
}

const isAbsence = (error: unknown): boolean =>
  error instanceof Error && ['NoSuchKey', 'NotFound'].includes(error.name);

/** In the shape of a file system's refusal: whoever writes pages tries again after one, and gives up on a mistake. */
async function asking<T>(what: string, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (isAbsence(error)) throw error;
    const name = error instanceof Error ? error.name : 'Error';
    throw Object.assign(new Error(`the page store refused ${what}: ${name}`, { cause: error }), {
      code: 'EIO',
      syscall: `s3 ${what}`,
    });
  }
}

async function unlessAbsent<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

interface Described {
  readonly ContentLength?: number | undefined;
  readonly LastModified?: Date | undefined;
  readonly ETag?: string | undefined;
}

function foundOf({ ContentLength = 0, LastModified = new Date(0), ETag = '' }: Described): S3Found {
  return {
    size: ContentLength,
    modified: LastModified,
    mark: `${ETag}-${String(LastModified.getTime())}`,
  };
}

export function openS3Bucket(settings: S3Settings): S3Bucket {
  const { bucket: Bucket } = settings;
  const client = new S3Client({
    endpoint: settings.endpoint,
    region: settings.region,
    credentials: { accessKeyId: settings.accessKey, secretAccessKey: settings.secretKey },
    // Names of buckets in host names need a name server that knows them.
    forcePathStyle: true,
    // What we read is compared with digests of our own; not every store knows these sums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  });

  async function* keys(prefix: string): AsyncGenerator<string> {
    for (let ContinuationToken: string | undefined; ;) {
      const page = await asking(
        'ListObjects',
        client.send(new ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken })),
      );
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
      ContinuationToken = page.NextContinuationToken;
      if (ContinuationToken === undefined) return;
    }
  }

  return {
    async head(Key) {
      const sent = asking('HeadObject', client.send(new HeadObjectCommand({ Bucket, Key })));
      const found = await unlessAbsent(sent);
      return found && foundOf(found);
    },
    async get(Key, range) {
      const Range = range && `bytes=${String(range.start)}-${String(range.end)}`;
      const found = await unlessAbsent(
        asking('GetObject', client.send(new GetObjectCommand({ Bucket, Key, ...(Range ? { Range } : {}) }))),
      );
      return found && { ...foundOf(found), body: found.Body as Readable };
    },
    async put(Key, Body, ContentLength) {
      await asking('PutObject', client.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength })));
    },
    async remove(Key) {
      await unlessAbsent(asking('DeleteObject', client.send(new DeleteObjectCommand({ Bucket, Key }))));
    },
    keys,
    async folders() {
      const names: string[] = [];
      for (let ContinuationToken: string | undefined; ;) {
        const page = await asking(
          'ListObjects',
          client.send(new ListObjectsV2Command({ Bucket, Delimiter: '/', ContinuationToken })),
        );
        for (const { Prefix } of page.CommonPrefixes ?? []) if (Prefix) names.push(Prefix.slice(0, -1));
        ContinuationToken = page.NextContinuationToken;
        if (ContinuationToken === undefined) return names;
      }
    },
    async hasAny(Prefix) {
      const page = await asking(
        'ListObjects',
        client.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: 1 })),
      );
      return (page.KeyCount ?? page.Contents?.length ?? 0) > 0;
    },
    close() {
      client.destroy();
    },
  };
}
