import { type Connection, Index, type Table } from '@lancedb/lancedb';
import * as arrow from 'apache-arrow';

import { foldText } from '../../platform/text-runs.ts';
import { normalizeDocumentNumber } from './query-plan.ts';
import type { Tokenizer } from './tokenizer.ts';
import type { SearchDocument } from './search.types.ts';

const text = (name: string): arrow.Field => new arrow.Field(name, new arrow.Utf8(), false);

export const tableSchema = new arrow.Schema([
  text('key'),
  new arrow.Field('version', new arrow.Float64(), false),
  text('site'),
  text('siteName'),
  text('unit'),
  text('unitName'),
  text('kind'),
  text('title'),
  text('body'),
  text('summary'),
  text('documentNumber'),
  text('numberKey'),
  text('url'),
  new arrow.Field('publishedAt', new arrow.Int64(), false),
  new arrow.Field('year', new arrow.Int32(), false),
  // `|name:value|name:value|`
  text('facts'),
  // All that show it: its own, and those in `elsewhere`, which is JSON.
  new arrow.Field('sites', new arrow.List(new arrow.Field('item', new arrow.Utf8(), false)), false),
  text('elsewhere'),
  text('titleTokens'),
  text('bodyTokens'),
]);

type Row = Readonly<Record<string, unknown>>;

export function rowOf(document: SearchDocument, tokenizer: Tokenizer): Row {
  const number = document.documentNumber ?? '';
  const elsewhere = document.elsewhere ?? [];
  return {
    ...document,
    facts: `|${(document.facts ?? []).map((fact) => fact.replaceAll('|', '')).join('|')}|`,
    sites: [...new Set([document.site, ...elsewhere.map((one) => one.site)])],
    elsewhere: JSON.stringify(elsewhere),
    documentNumber: number,
    numberKey: number === '' ? '' : normalizeDocumentNumber(number),
    publishedAt: BigInt(document.publishedAt.getTime()),
    titleTokens: tokenizer.indexText(document.title),
    // The body index holds the title too, so that "every word" may be met by both together.
    bodyTokens: tokenizer.indexText(
      [document.title, number, document.summary, document.body].filter((part) => part !== '').join('\n'),
    ),
  };
}

/** Rows to Arrow by our schema; letting the library guess would make an empty column a null column. */
export function arrowOf(rows: readonly Row[]): arrow.Table {
  const columns: Record<string, arrow.Vector> = {};
  for (const field of tableSchema.fields) {
    columns[field.name] = arrow.vectorFromArray(
      rows.map((row) =>
        field.type instanceof arrow.List ? [...(row[field.name] as string[])] : row[field.name],
      ),
      field.type as arrow.DataType,
    );
  }
  return new arrow.Table(tableSchema, columns);
}

const fullText = {
  baseTokenizer: 'whitespace',
  stem: false,
  removeStopWords: false,
  lowercase: false,
  asciiFolding: false,
  withPosition: true,
  maxTokenLength: 200,
} as const;

export async function createFullTextIndexes(table: Table): Promise<void> {
  await table.createIndex('titleTokens', { config: Index.fts(fullText) });
  await table.createIndex('bodyTokens', { config: Index.fts(fullText) });
}

/** For the large table only; a few thousand rows are filtered faster by reading them. */
export async function createFilterIndexes(table: Table): Promise<void> {
  await table.createIndex('key', { config: Index.btree() });
  await table.createIndex('numberKey', { config: Index.btree() });
  await table.createIndex('sites', { config: Index.labelList() });
  for (const column of ['unit', 'kind', 'year']) {
    await table.createIndex(column, { config: Index.bitmap() });
  }
}

/** Whether the table has every column that this version asks for. */
export async function isCurrentTable(table: Table): Promise<boolean> {
  const names = new Set((await table.schema()).fields.map((field) => field.name));
  return tableSchema.fields.every((field) => names.has(field.name));
}

export function createTable(connection: Connection, name: string): Promise<Table> {
  return connection.createEmptyTable(name, tableSchema);
}

/** Pages that a site shows. */
export function siteFilter(site: string): string {
  return `array_has_any(sites, [${quoteLiteral(site)}])`;
}

/** A fact as it is written in the table; `like` knows no escape for what it takes for signs of its own. */
export function factFilter(fact: string): string {
  return `strpos(facts, ${quoteLiteral(`|${fact.replaceAll('|', '')}|`)}) > 0`;
}

/** A text literal of the engine's SQL. */
export function quoteLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

export function keyFilter(keys: readonly string[]): string {
  return `key in (${keys.map(quoteLiteral).join(', ')})`;
}

/** Text as scoring compares it: folded, without white space, which line breaks put anywhere. */
export function scoringText(value: string): string {
  return foldText(value).replace(/\s+/gu, '');
}
