import { digestOf } from '../../platform/digest.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import { type CleanBody, cleanBody } from './clean-body.ts';
import { decodePage } from './decode-page.ts';
import { addressOfName } from './old-address.rules.ts';
import { parsePage } from './parse-page.ts';
import { type PageInput, type ReadPage, readPage } from './read-page.ts';

export interface ToExamine {
  readonly address: string;
  readonly digest: string;
  readonly mediaType: string | null;
}

export interface Examined {
  readonly page: ReadPage;
  /** What is left of the body, where there is one. */
  readonly clean: CleanBody | undefined;
  /** Over all that would come in: changes when the article changes. */
  readonly contentDigest: string;
}

export async function bytesOf(store: AssetStore, digest: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of store.open(digest)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A stored page, read by the rules of its site. */
export async function examinePage(
  store: AssetStore,
  given: ToExamine,
  site: Pick<PageInput, 'hosts' | 'rules'>,
): Promise<Examined> {
  const html = decodePage(await bytesOf(store, given.digest), given.mediaType ?? '');
  return examineHtml(html, given.address, site);
}

export function examineHtml(
  html: string,
  address: string,
  site: Pick<PageInput, 'hosts' | 'rules'>,
): Examined {
  const input = { document: parsePage(html), address: addressOfName(address), ...site };
  const page = readPage(input);
  const clean = page.body && cleanBody(input, page.body);
  const { title, date, source } = page;
  return { page, clean, contentDigest: digestOf({ title, date, source, clean }).toString('hex') };
}
