import { libraryApi, type PageUse, type ResourceUses } from '../contracts/library.ts';
import { getResource, liveHeadings, resourceTag } from './modules/library/index.ts';
import { pagesWithTag } from './modules/publishing/index.ts';
import { nameAddresses, presentSiteUses, type PublicBase } from './modules/sites/index.ts';
import type { Db } from './platform/db.ts';
import type { Routes } from './platform/http.ts';

const mostPages = 100;

/**
 * Where a resource is used. It stands here because it joins columns and home pages with what the page engine knows of
 * every page, which is the truth about where something can be seen.
 */
export function resourceUseRoutes(base: PublicBase): Routes {
  return (mount, { consult }) => {
    mount(libraryApi.listUses, ({ caller, params }) =>
      consult(caller, 'library.list-uses', async (reader): Promise<ResourceUses> => {
        const resource = await getResource(reader, params.id);
        const pages = await pagesWithTag(reader.db, resourceTag(resource.id), mostPages + 1);
        return {
          ...(await presentSiteUses(reader, resource)),
          pages: await presentPages(reader.db, base, pages.slice(0, mostPages)),
          count: { value: Math.min(pages.length, mostPages), capped: pages.length > mostPages },
        };
      }),
    );
  };
}

interface StoredPage {
  readonly key: string;
  readonly kind: string;
  readonly site: string;
  readonly path: string;
}

const articleOf = ({ kind, key }: StoredPage): readonly string[] =>
  kind === 'article' ? [key.slice(key.indexOf('/') + 1)] : [];

async function presentPages(db: Db, base: PublicBase, pages: readonly StoredPage[]): Promise<PageUse[]> {
  const headings = await liveHeadings(db, pages.flatMap(articleOf));
  const places = await nameAddresses(db, base, pages);
  return pages.flatMap((page, at) => {
    const place = places[at];
    if (!place) return [];
    const [article] = articleOf(page);
    const title = article === undefined ? null : (headings.get(article)?.title ?? null);
    return [{ kind: page.kind, title, ...place }];
  });
}
