import type { OpenResource } from '../../../contracts/open-exchange.ts';
import { metadataEntries, wordsOf } from './metadata-elements.rules.ts';

/** XML 1.0 knows no control characters, whatever stands in a text. */
const unwritable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

export function escapeXml(text: string): string {
  return text
    .replace(unwritable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

/** `2026-11-26T08:00:00Z`: the protocol knows whole seconds. */
export function secondOf(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

export interface OaiEnvelope {
  readonly responseDate: Date;
  readonly baseUrl: string;
  /** What was asked; nothing when the question itself was wrong. */
  readonly asked: Readonly<Record<string, string>>;
}

export function writeEnvelope({ responseDate, baseUrl, asked }: OaiEnvelope, inside: string): string {
  const attributes = Object.entries(asked).map(([name, value]) => ` ${name}="${escapeXml(value)}"`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
    ' xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">',
    element('responseDate', secondOf(responseDate)),
    `<request${attributes.join('')}>${escapeXml(baseUrl)}</request>`,
    inside,
    '</OAI-PMH>\n',
  ].join('\n');
}

export interface OaiHeader {
  readonly identifier: string;
  readonly datestamp: Date;
  readonly sets: readonly string[];
  readonly deleted: boolean;
}

export function writeHeader(header: OaiHeader): string {
  return [
    header.deleted ? '<header status="deleted">' : '<header>',
    element('identifier', header.identifier),
    element('datestamp', secondOf(header.datestamp)),
    ...header.sets.map((set) => element('setSpec', set)),
    '</header>',
  ].join('');
}

/** A resource in the fifteen elements of Dublin Core. */
export function writeDublinCore(resource: OpenResource): string {
  const elements = metadataEntries.flatMap(([field, { dublinCore, unless }]) => {
    if (dublinCore === undefined || (unless !== undefined && wordsOf(resource, unless).length > 0)) return [];
    return wordsOf(resource, field).map((word) => element(`dc:${dublinCore}`, word));
  });
  return [
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
    ' xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">',
    ...elements,
    '</oai_dc:dc>',
  ].join('');
}
