import { setTimeout as sleep } from 'node:timers/promises';

import {
  type CachedPage,
  cachedContent,
  cachedFile,
  type Content,
  IMMUTABLE,
  REVALIDATE,
} from './cached-page.ts';
import { mediaTypeOf } from './media-types.ts';
import { digestOf, isMacOf, macInGzip, macOf, unpackGzip, unpacksTo } from './page-forms.ts';
import { digestInPath } from './page-path.ts';
import type { PageProof } from './page-proof.ts';
import type { Outcome, ValidForm } from './page.types.ts';
import { LARGEST_IN_MEMORY, type PageReader, type Signature } from './page-reader.ts';
import { type FoundPage, readPage } from './read-page.ts';

export interface PageSource {
  readonly reader: PageReader;
  /** Absent: the seals in the files are the only proof. */
  readonly proof: PageProof | undefined;
  readonly key: Uint8Array;
}

export type LoadOutcome =
  | {
      readonly outcome: 'sound';
      readonly page: CachedPage;
      /** Of the form that was read. */
      readonly name: string;
      readonly signature: Signature;
      /** Proved by the files alone: to be asked again when the database is back. */
      readonly sealedOnly: boolean;
      /** A compressed form beside the page does not say what the page says. */
      readonly badForm: boolean;
    }
  | { readonly outcome: 'absent'; readonly valid: readonly ValidForm[] | undefined }
  /** Something lies there that must not be served. */
  | {
      readonly outcome: 'unsound';
      readonly valid: readonly ValidForm[] | undefined;
      readonly signature: Signature;
    };

interface Forms {
  readonly gzip: Buffer | undefined;
  readonly br: Buffer | undefined;
  readonly sealed: boolean;
}

const TRIES = 4;
const PAUSE_MS = 15;

async function readForms(source: PageSource, site: string, found: FoundPage): Promise<Forms> {
  const read = async (suffix: string) => (await source.reader.read(site, `${found.name}${suffix}`))?.bytes;
  const [gzip, br] = found.bytes === undefined ? [] : await Promise.all([read('.gz'), read('.br')]);
  const seal = gzip === undefined ? await read('.mac') : macInGzip(gzip);
  return { gzip, br, sealed: isMacOf(seal, macOf(source.key, site, found.name, found.digest)) };
}

/**
 * The page that the packed form beside another one holds, when its own seal vouches for it: the next version of a
 * page that is being replaced, or was when its worker was killed.
 */
function packedPage(source: PageSource, site: string, found: FoundPage, forms: Forms): FoundPage | undefined {
  if (forms.sealed || forms.gzip === undefined) return undefined;
  const bytes = unpackGzip(forms.gzip, LARGEST_IN_MEMORY);
  if (bytes === undefined) return undefined;
  const digest = digestOf(bytes);
  const isSealed = isMacOf(macInGzip(forms.gzip), macOf(source.key, site, found.name, digest));
  return isSealed ? { ...found, bytes, digest, size: bytes.length } : undefined;
}

interface Verdict {
  readonly outcome: Outcome;
  readonly mediaType: string;
  readonly sealedOnly: boolean;
}

const outcomesOfForm: Readonly<Record<FoundPage['form'], readonly Outcome[]>> = {
  content: ['page', 'file'],
  moved: ['moved'],
  gone: ['gone'],
};

/** Whether the database, or else the seal of the file, vouches for these bytes at this address. */
function judge(
  path: string,
  found: FoundPage,
  forms: Forms,
  valid: readonly ValidForm[] | undefined,
): Verdict | undefined {
  if (valid !== undefined) {
    const form = valid.find(
      (one) => one.digest === found.digest && outcomesOfForm[found.form].includes(one.outcome),
    );
    return form && { outcome: form.outcome, mediaType: form.mediaType, sealedOnly: false };
  }
  const provesItself = digestInPath(path) === found.digest;
  if (!forms.sealed && !provesItself) return undefined;
  const [outcome = 'page'] = outcomesOfForm[found.form];
  // Without the database nobody says what an uploaded file is; under /files/ no name is believed.
  const isUpload = path.startsWith('/files/');
  const named = mediaTypeOf(found.name);
  const mediaType = isUpload && /html|svg|xml|javascript/.test(named) ? 'application/octet-stream' : named;
  return { outcome: isUpload ? 'file' : outcome, mediaType, sealedOnly: true };
}

function checkForms(found: FoundPage, forms: Forms, isPage: boolean): { forms: Forms; bad: boolean } {
  const { bytes } = found;
  if (bytes === undefined || !isPage)
    return { forms: { ...forms, gzip: undefined, br: undefined }, bad: false };
  const gzip = forms.gzip && unpacksTo('gzip', forms.gzip, bytes) ? forms.gzip : undefined;
  const br = forms.br && unpacksTo('br', forms.br, bytes) ? forms.br : undefined;
  return { forms: { ...forms, gzip, br }, bad: gzip !== forms.gzip || br !== forms.br };
}

interface Look {
  readonly found: FoundPage;
  readonly forms: Forms;
  readonly packed: FoundPage | undefined;
  readonly valid: readonly ValidForm[] | undefined;
}

interface Believed {
  readonly found: FoundPage;
  readonly forms: Forms;
  readonly verdict: Verdict;
}

/** The page itself when somebody vouches for it; without the database, else what its packed form holds. */
function believe(path: string, { found, forms, packed, valid }: Look): Believed | undefined {
  const verdict = judge(path, found, forms, valid);
  if (verdict) return { found, forms, verdict };
  if (valid !== undefined || packed === undefined) return undefined;
  const sealed = { ...forms, br: undefined, sealed: true };
  const second = judge(path, packed, sealed, valid);
  return second && { found: packed, forms: sealed, verdict: second };
}

interface Place {
  readonly source: PageSource;
  readonly site: string;
  readonly path: string;
}

function toCachedPage(place: Place, { found, verdict }: Believed, forms: Forms): CachedPage {
  const { source, site, path } = place;
  if (verdict.outcome === 'moved') {
    return { kind: 'moved', to: found.bytes?.toString() ?? '/', digest: found.digest };
  }
  const content: Content = {
    outcome: verdict.outcome,
    mediaType: verdict.outcome === 'gone' ? 'text/html' : verdict.mediaType,
    digest: found.digest,
    modified: found.modified,
    cacheControl: digestInPath(path) === found.digest ? IMMUTABLE : REVALIDATE,
  };
  if (found.bytes === undefined) {
    const { signature, name, size } = found;
    return cachedFile(content, size, (start, end) =>
      source.reader.stream(site, name, { start, end, signature }),
    );
  }
  return cachedContent(content, {
    identity: found.bytes,
    ...(forms.gzip && { gzip: forms.gzip }),
    ...(forms.br && { br: forms.br }),
  });
}

function toLoaded(place: Place, believed: Believed) {
  const { found, forms: read, verdict } = believed;
  const { forms, bad } = checkForms(found, read, verdict.outcome === 'page' || verdict.outcome === 'gone');
  return {
    outcome: 'sound' as const,
    page: toCachedPage(place, believed, forms),
    name: found.name,
    signature: found.signature,
    sealedOnly: verdict.sealedOnly,
    badForm: bad,
  };
}

const isNext = (packed: FoundPage | undefined, valid: readonly ValidForm[] | undefined): boolean =>
  packed !== undefined && (valid?.some((form) => form.digest === packed.digest) ?? true);

/**
 * Reads the page at an address and believes nothing that lies on the disk: the bytes must be the ones
 * that were published, or they are not served. A page that is being replaced this very moment may be
 * seen half old and half new, so a doubt is looked at again before it counts.
 */
export async function loadPage(source: PageSource, site: string, path: string): Promise<LoadOutcome> {
  let last: LoadOutcome = { outcome: 'absent', valid: undefined };
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    if (attempt > 1) await sleep(PAUSE_MS * attempt);
    const found = await readPage(source.reader, site, path);
    if (found === undefined) return { outcome: 'absent', valid: undefined };
    const [read, valid] = await Promise.all([readForms(source, site, found), source.proof?.(site, path)]);
    const packed = packedPage(source, site, found, read);
    const believed = believe(path, { found, forms: read, packed, valid });
    if (believed === undefined) {
      // Nothing is published here: a stray file, or a compressed form that was asked for by its own name.
      last =
        valid?.length === 0
          ? { outcome: 'absent', valid }
          : { outcome: 'unsound', valid, signature: found.signature };
      continue;
    }
    last = toLoaded({ source, site, path }, believed);
    // The form of the next version is nothing wrong.
    if (!last.badForm || isNext(packed, valid)) return { ...last, badForm: false };
  }
  return last;
}

/** Whether the page at an address that lost its file ought to be there. */
export async function isPublished(
  source: PageSource,
  site: string,
  path: string,
  digest: string,
): Promise<boolean> {
  const valid = await source.proof?.(site, path);
  return valid?.some((form) => form.digest === digest) === true;
}
