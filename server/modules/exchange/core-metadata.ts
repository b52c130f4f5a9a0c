import type { OpenResource } from '../../../contracts/open-exchange.ts';
import type { CataloguePage } from './export-catalogue.ts';
import { metadataEntries, wordsOf } from './metadata-elements.rules.ts';
import { element, escapeXml } from './oai-xml.ts';

/** A page of the catalogue in the core elements of GB/T 21063.3. */
export function writeCoreMetadata(page: CataloguePage): string {
  const next = page.next === undefined ? '' : ` 下一页="${escapeXml(page.next)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<核心元数据集 xmlns="urn:jiyue:gbt-21063.3"${next}>`,
    ...page.items.map((item) => `<核心元数据>${elementsOf(page, item).join('')}</核心元数据>`),
    '</核心元数据集>\n',
  ].join('\n');
}

function elementsOf(page: CataloguePage, resource: OpenResource): readonly string[] {
  return metadataEntries.flatMap(([field, { core }]) =>
    core === undefined ? [] : valuesOf(page, resource, field).map((value) => element(core, value)),
  );
}

/** What must be there is there: a resource without an abstract is told by its title, one without a class by its type. */
function valuesOf(page: CataloguePage, resource: OpenResource, field: keyof OpenResource): readonly string[] {
  const own = wordsOf(resource, field);
  switch (field) {
    case 'id':
      return [page.identifierOf(resource)];
    case 'abstract':
      return own.length > 0 ? own : wordsOf(resource, 'title');
    case 'category':
      return own.length > 0 ? own : wordsOf(resource, 'type');
    case 'publishedAt':
    case 'updatedAt':
      return own.map((instant) => page.dayOf(instant));
    case 'url':
      return [...own, ...page.filesOf(resource).flatMap(({ url }) => (url === undefined ? [] : [url]))];
    default:
      return own;
  }
}
