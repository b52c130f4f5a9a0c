import { metadataEntries } from './metadata-elements.rules.ts';
import { namespaces } from './namespaces.ts';

const { dct, dcat, prov, xsd, jiyue } = namespaces;
const terms = Object.fromEntries(metadataEntries.map(([field, { term }]) => [field, term]));

/** Every key of a resource as a term of Dublin Core, DCAT or PROV; what these have no word for keeps its own. */
export const openContext = {
  '@context': {
    '@version': 1.1,
    dct,
    dcat,
    prov,
    xsd,
    jiyue,
    ...terms,
    name: 'dct:title',
    mediaType: 'dcat:mediaType',
    size: { '@id': 'dcat:byteSize', '@type': 'xsd:integer' },
    kind: 'dct:type',
  },
} as const;
