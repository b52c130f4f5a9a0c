import type { OpenField, OpenResource } from '../../../contracts/open-exchange.ts';
import type { CatalogueFile, CataloguePage } from './export-catalogue.ts';
import { type MetadataElement, metadataEntries, wordsOf } from './metadata-elements.rules.ts';
import { namespaces } from './namespaces.ts';

type Node = Readonly<Record<string, unknown>>;

const chinese: Node = {
  '@id': 'http://id.loc.gov/vocabulary/iso639-1/zh',
  '@type': 'dct:LinguisticSystem',
};

/** A page of the catalogue in DCAT 3. */
export function writeDcat(page: CataloguePage): string {
  return JSON.stringify({
    // In every answer, so that nobody has to fetch it.
    '@context': namespaces,
    '@id': page.address,
    '@type': 'dcat:Catalog',
    'dct:title': page.name,
    'dct:publisher': agent(page.name),
    'dct:language': chinese,
    'dct:conformsTo': { '@id': 'https://www.w3.org/TR/vocab-dcat-3/' },
    'dcat:dataset': page.items.map((item) => datasetOf(page, item)),
    'dcat:record': page.items.map((item) => recordOf(page, item)),
    'hydra:view': {
      '@id': page.here,
      '@type': 'hydra:PartialCollectionView',
      ...(page.next === undefined ? {} : { 'hydra:next': { '@id': page.next } }),
    },
  });
}

const agent = (name: string, id?: string): Node => ({
  ...(id === undefined ? {} : { '@id': id }),
  '@type': 'foaf:Agent',
  'foaf:name': name,
});

const labelled = (type: string, label: string): Node => ({ '@type': type, 'rdfs:label': label });

function datasetOf(page: CataloguePage, resource: OpenResource): Node {
  const described = metadataEntries.flatMap(([field, { term }]) => {
    if (field === 'id' || field === 'text' || field === 'attachments' || field === 'format') return [];
    const shape = shapes[field];
    const values = wordsOf(resource, field).map((word, at) =>
      shape ? shape({ page, resource, word, at }) : plain(term, word),
    );
    if (values.length === 0) return [];
    return [[typeof term === 'string' ? term : term['@id'], values.length === 1 ? values[0] : values]];
  });
  return {
    '@id': page.addressOf(resource.id),
    '@type': 'dcat:Dataset',
    ...(Object.fromEntries(described) as Node),
    'dct:description': resource.abstract ?? resource.title ?? '',
    'dcat:distribution': distributionsOf(page, resource),
  };
}

interface Value {
  readonly page: CataloguePage;
  readonly resource: OpenResource;
  readonly word: string;
  /** Which of the words of the key it is. */
  readonly at: number;
}

const concept = ({ word }: Value): Node => ({ '@type': 'skos:Concept', 'skos:prefLabel': word });
const rights = ({ word }: Value): Node => labelled('dct:RightsStatement', word);

/** Keys whose term asks for more than a word. */
const shapes: Partial<Record<OpenField, (value: Value) => Node>> = {
  provider: ({ resource, word }) => agent(word, `urn:jiyue:unit:${resource.provider?.id ?? '0'}`),
  maintainer: ({ word }) => ({ '@type': 'vcard:Organization', 'vcard:fn': word }),
  issuer: ({ word }) => agent(word),
  author: ({ word }) => agent(word),
  editor: ({ word }) => agent(word),
  category: concept,
  type: concept,
  shareType: rights,
  securityLevel: rights,
  openScope: ({ word }) => labelled('dct:AgentClass', word),
  language: () => chinese,
  columns: ({ resource, word, at }) => ({
    '@id': `urn:jiyue:column:${resource.columns?.[at]?.id ?? '0'}`,
    'dct:title': word,
  }),
  relations: ({ page, word }) => ({ '@id': page.addressOf(word) }),
};

function plain(term: MetadataElement['term'], word: string): unknown {
  if (typeof term === 'string') return word;
  return term['@type'] === '@id' ? { '@id': word } : { '@type': term['@type'], '@value': word };
}

/** The page itself, and each of its files. */
function distributionsOf(page: CataloguePage, resource: OpenResource): readonly Node[] {
  const { url } = resource;
  const own: readonly Node[] =
    url === undefined
      ? []
      : [
          {
            '@type': 'dcat:Distribution',
            'dct:title': resource.title,
            'dcat:accessURL': { '@id': url },
            'dcat:mediaType': mediaType(resource.format ?? 'text/html'),
          },
        ];
  return [...own, ...page.filesOf(resource).map((file) => fileDistribution(file, url))];
}

function fileDistribution(file: CatalogueFile, page: string | undefined): Node {
  const access = file.url ?? page;
  return {
    '@type': 'dcat:Distribution',
    'dct:title': file.name,
    ...(access === undefined ? {} : { 'dcat:accessURL': { '@id': access } }),
    ...(file.url === undefined ? {} : { 'dcat:downloadURL': { '@id': file.url } }),
    'dcat:mediaType': mediaType(file.mediaType),
    'dcat:byteSize': { '@type': 'xsd:nonNegativeInteger', '@value': String(file.size) },
    'spdx:checksum': {
      '@type': 'spdx:Checksum',
      'spdx:algorithm': { '@id': 'spdx:checksumAlgorithm_sha256' },
      'spdx:checksumValue': { '@type': 'xsd:hexBinary', '@value': file.digest },
    },
  };
}

const mediaType = (name: string): Node => ({
  '@id': `https://www.iana.org/assignments/media-types/${name.split(';')[0] ?? name}`,
});

function recordOf(page: CataloguePage, resource: OpenResource): Node {
  const { publishedAt, updatedAt } = resource;
  const instant = (value: string | undefined) => ({ '@type': 'xsd:dateTime', '@value': value });
  return {
    '@id': `${page.addressOf(resource.id)}#record`,
    '@type': 'dcat:CatalogRecord',
    'dct:identifier': page.identifierOf(resource),
    'dct:issued': instant(publishedAt),
    'dct:modified': instant(updatedAt),
    'foaf:primaryTopic': { '@id': page.addressOf(resource.id) },
  };
}
