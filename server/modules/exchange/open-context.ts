import { metadataEntries } from './metadata-elements.rules.ts';

const terms = Object.fromEntries(metadataEntries.map(([field, { term }]) => [field, term]));

/** Every key of a resource as a term of Dublin Core, DCAT or PROV; what these have no word for keeps its own. */
export const openContext = {
  '@context': {
    '@version': 1.1,
    dct: 'http://purl.org/dc/terms/',
    dcat: 'http://www.w3.org/ns/dcat#',
    prov: 'http://www.w3.org/ns/prov#',
    xsd: 'http://www.w3.org/2001/XMLSchema#',
    jiyue: 'urn:jiyue:terms:',
    ...terms,
    name: 'dct:title',
    mediaType: 'dcat:mediaType',
    size: { '@id': 'dcat:byteSize', '@type': 'xsd:integer' },
    kind: 'dct:type',
  },
} as const;
