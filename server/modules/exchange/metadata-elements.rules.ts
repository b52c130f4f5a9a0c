import type { OpenField, OpenResource } from '../../../contracts/open-exchange.ts';
import { builtInTypeName } from '../../../contracts/resource-type.ts';

/** A term of Dublin Core, DCAT or PROV; what these have no word for keeps its own. */
type Term = string | { readonly '@id': string; readonly '@type': string };

/** Elements of simple Dublin Core, as OAI-PMH carries it. */
type DublinCore =
  | 'title'
  | 'creator'
  | 'subject'
  | 'description'
  | 'publisher'
  | 'contributor'
  | 'date'
  | 'type'
  | 'format'
  | 'identifier'
  | 'source'
  | 'language'
  | 'relation'
  | 'rights';

/** What one key of a resource is called elsewhere. */
export interface MetadataElement {
  readonly term: Term;
  readonly dublinCore?: DublinCore;
  /** In simple Dublin Core only where that one is missing. */
  readonly unless?: OpenField;
  /** Its Chinese name in GB/T 21063.3 and DB37/T 2885, where they have it. */
  readonly core?: string;
}

const day = (id: string): Term => ({ '@id': id, '@type': 'xsd:date' });
const instant = (id: string): Term => ({ '@id': id, '@type': 'xsd:dateTime' });

/** The one place where the keys of a resource are mapped: contexts, DCAT, Dublin Core and core metadata follow it. */
export const metadataElements: Readonly<Record<OpenField, MetadataElement>> = {
  title: { term: 'dct:title', dublinCore: 'title', core: '信息资源名称' },
  subtitle: { term: 'dct:alternative', dublinCore: 'title' },
  identifier: { term: 'dct:identifier', dublinCore: 'identifier', core: '信息资源标识符' },
  abstract: { term: 'dct:abstract', dublinCore: 'description', core: '信息资源摘要' },
  provider: { term: 'dct:publisher', dublinCore: 'publisher', core: '信息资源提供方' },
  category: { term: 'dcat:theme', dublinCore: 'subject', core: '信息资源分类' },
  keywords: { term: 'dcat:keyword', dublinCore: 'subject', core: '关键字' },
  type: { term: 'dct:type', dublinCore: 'type' },
  format: { term: 'dct:format', dublinCore: 'format', core: '信息资源格式' },
  shareType: { term: 'dct:rights', core: '信息资源共享类型' },
  securityLevel: { term: 'dct:accessRights', core: '安全限制分级' },
  language: { term: 'dct:language', dublinCore: 'language', core: '语种' },
  publishedAt: { term: instant('dct:issued'), dublinCore: 'date', core: '信息资源发布日期' },
  url: {
    term: { '@id': 'dcat:landingPage', '@type': '@id' },
    dublinCore: 'identifier',
    core: '在线资源链接地址',
  },
  maintainer: { term: 'dcat:contactPoint', core: '元数据维护方' },
  metadataVersion: { term: 'dcat:version', core: '元数据版本' },
  updatedAt: { term: instant('dct:modified'), core: '元数据更新日期' },
  id: { term: '@id', core: '元数据标识符' },
  openMode: { term: 'jiyue:openMode', dublinCore: 'rights' },
  openScope: { term: 'dct:audience' },
  openTimeLimit: { term: 'jiyue:openTimeLimit' },
  source: { term: 'dct:source', dublinCore: 'source' },
  issuer: { term: 'prov:wasAttributedTo', dublinCore: 'creator' },
  author: { term: 'dct:creator', dublinCore: 'creator', unless: 'issuer' },
  editor: { term: 'dct:contributor', dublinCore: 'contributor' },
  documentNumber: { term: 'dct:bibliographicCitation', dublinCore: 'identifier' },
  writtenOn: { term: day('dct:created') },
  producedOn: { term: day('prov:generatedAtTime') },
  effectiveOn: { term: day('dct:valid') },
  validity: { term: 'jiyue:validity' },
  abolishedBy: { term: 'dct:isReplacedBy' },
  columns: { term: 'dct:isPartOf' },
  attachments: { term: 'dcat:distribution' },
  relations: { term: 'dct:relation', dublinCore: 'relation' },
  digest: { term: 'jiyue:sha256' },
  text: { term: 'dct:description' },
};

export const metadataEntries = Object.entries(metadataElements) as readonly (readonly [
  OpenField,
  MetadataElement,
])[];

/** Keys that hold more than one word. */
const composed: Partial<Record<OpenField, (resource: OpenResource) => readonly string[]>> = {
  keywords: ({ keywords = [] }) => keywords,
  relations: ({ relations = [] }) => relations.map((one) => one.id),
  columns: ({ columns = [] }) => columns.map((one) => one.name),
  attachments: ({ attachments = [] }) => attachments.map((one) => one.name),
  provider: ({ provider }) => (provider ? [provider.name] : []),
  type: ({ type }) => (type === undefined ? [] : [builtInTypeName(type) ?? type]),
};

/** The values of a key as words that people read. */
export function wordsOf(resource: OpenResource, field: OpenField): readonly string[] {
  const read = composed[field];
  if (read) return read(resource);
  const value = resource[field];
  return typeof value === 'string' || typeof value === 'number'
    ? [String(value)].filter((one) => one !== '')
    : [];
}
