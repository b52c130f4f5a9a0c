import {
  cataloguePageSize,
  type CatalogueQuery,
  type OpenAttachment,
  type OpenResource,
} from '../../../contracts/open-exchange.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { KeyView } from './key-view.ts';
import { listOpenResources, type OpenReading } from './read-resources.ts';
import { findRepository } from './repository.ts';

export interface CatalogueFile extends OpenAttachment {
  /** Where it is fetched; nowhere with a key that reads no files. */
  readonly url: string | undefined;
}

/** One page of what a key sees, for whoever writes it in a form of others. */
export interface CataloguePage {
  /** Of the catalogue, of this page of it, and of the next one. */
  readonly address: string;
  readonly here: string;
  readonly next: string | undefined;
  readonly name: string;
  readonly items: readonly OpenResource[];
  addressOf(resourceId: string): string;
  /** As harvesters know it. */
  identifierOf(resource: OpenResource): string;
  filesOf(resource: OpenResource): readonly CatalogueFile[];
  dayOf(instant: string): string;
}

/** The same reach, order and places as lists of resources have; a page is bounded, however large the catalogue is. */
export async function readCataloguePage(
  reading: OpenReading,
  view: KeyView,
  { query, base, path }: { readonly query: CatalogueQuery; readonly base: string; readonly path: string },
): Promise<CataloguePage> {
  const { repositoryName, namespace } = await findRepository(reading.db);
  const { items, nextCursor } = await listOpenResources(reading, view, {
    limit: cataloguePageSize,
    ...query,
  });
  const address = `${base}${path}`;
  const pageAt = (cursor: string | undefined): string => {
    const entries = Object.entries({ ...query, cursor }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    );
    return entries.length === 0 ? address : `${address}?${new URLSearchParams(entries).toString()}`;
  };
  return {
    address,
    here: pageAt(query.cursor),
    next: nextCursor === null ? undefined : pageAt(nextCursor),
    name: repositoryName,
    items,
    addressOf: (id) => `${base}/v1/resources/${id}`,
    identifierOf: ({ id }) => `oai:${namespace}:${id}`,
    filesOf: ({ attachments = [] }) =>
      attachments.map((file) => ({
        ...file,
        url: view.fullText ? `${base}/v1/assets/${file.digest}` : undefined,
      })),
    dayOf: (instant) => dayInChina(new Date(instant)),
  };
}
