import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { digestOf } from './page-forms.ts';
import { LARGEST_IN_MEMORY, type PageReader, type StoredForm } from './page-reader.ts';
import type { PageStore } from './page-store.ts';
import type { S3Bucket } from './s3-bucket.ts';

const HOSTS = 'hosts.json';

const keyOf = (site: string, name: string): string => (site === '' ? name : `${site}/${name}`);

async function digestOfStream(body: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of body) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Pages as objects `<site>/<name>`. An object is put whole or not at all, so nothing is staged. */
export function createS3Store(bucket: S3Bucket): PageStore {
  const read = async (key: string): Promise<Buffer | undefined> => {
    const found = await bucket.get(key);
    return found && (await buffer(found.body));
  };
  return {
    read: (site, name) => read(keyOf(site, name)),
    has: async (site, name) => (await bucket.head(keyOf(site, name))) !== undefined,
    async digest(site, name) {
      const found = await bucket.get(keyOf(site, name));
      return found && digestOfStream(found.body);
    },
    put: (site, name, bytes) => bucket.put(keyOf(site, name), bytes, bytes.length),
    async putCopy(site, name, source) {
      const { size } = await stat(source);
      await bucket.put(keyOf(site, name), createReadStream(source), size);
    },
    remove: (site, name) => bucket.remove(keyOf(site, name)),
    sites: () => bucket.folders(),
    async *list(site) {
      const prefix = `${site}/`;
      for await (const key of bucket.keys(prefix)) yield key.slice(prefix.length);
    },
    sweep: () => Promise.resolve(),
    readHosts: () => read(HOSTS),
    putHosts: (bytes) => bucket.put(HOSTS, bytes, bytes.length),
    // No web server looks into a bucket by the names of hosts.
    linkHosts: () => Promise.resolve(),
  };
}

/** The same pages as the public server sees them. */
export function createS3Reader(bucket: S3Bucket): PageReader {
  return {
    async read(site, name): Promise<StoredForm | undefined> {
      const found = await bucket.get(keyOf(site, name));
      if (found === undefined) return undefined;
      const { size, modified, mark: signature, body } = found;
      const bytes = size <= LARGEST_IN_MEMORY ? await buffer(body) : undefined;
      const digest = bytes === undefined ? await digestOfStream(body) : digestOf(bytes);
      return { signature, size, modified, digest, bytes };
    },
    signature: async (site, name) => (await bucket.head(keyOf(site, name)))?.mark,
    hasFolder: (site, path) => bucket.hasAny(`${keyOf(site, path.slice(1))}/`),
    async stream(site, name, { start, end, signature }) {
      const found = await bucket.get(keyOf(site, name), { start, end });
      if (found === undefined || found.mark === signature) return found?.body;
      found.body.destroy();
      return undefined;
    },
  };
}
