import type { Block } from '../contracts/blocks.ts';
import { convertHtml } from '../server/platform/rich-text/index.ts';

/** A block as the content of the demonstration has it: with keys where a block has ids, addresses and bodies. */
export type DemoBlock = Readonly<Record<string, unknown>>;

/** What the keys in blocks stand for. */
export interface BlockLexicon {
  /** `site:column` → the column's id */
  readonly column: (key: string) => string;
  /** `image:<name>` or `film:<name>` → the file's id */
  readonly asset: (key: string) => Promise<string>;
  /** `entry:<key>`, `column:<site>:<column>`, `site:<key>` or an address → an address */
  readonly link: (key: string) => Promise<string>;
}

type Reading = (lexicon: BlockLexicon, value: unknown) => unknown;

/** The parts of blocks that are written as keys, wherever in a block they stand. */
const readings: Readonly<Record<string, Reading>> = {
  columnId: ({ column }, value) => column(String(value)),
  secondColumnId: ({ column }, value) => column(String(value)),
  columnIds: ({ column }, value) => (value as readonly string[]).map((key) => column(key)),
  assetId: ({ asset }, value) => asset(String(value)),
  posterAssetId: ({ asset }, value) => asset(String(value)),
  url: ({ link }, value) => link(String(value)),
  body: (_lexicon, value) => convertHtml(String(value), { resolveImage: () => null }).document,
};

export async function composeBlocks(lexicon: BlockLexicon, blocks: readonly DemoBlock[]): Promise<Block[]> {
  const composed: Block[] = [];
  for (const [at, block] of blocks.entries()) {
    const key = `block${String(at + 1).padStart(2, '0')}`;
    // The command that keeps it looks whether it is a block.
    composed.push({ key, ...(await readRecord(lexicon, block)) } as unknown as Block);
  }
  return composed;
}

async function readRecord(lexicon: BlockLexicon, record: object): Promise<Record<string, unknown>> {
  const read: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) read[key] = await readValue(lexicon, key, value);
  return read;
}

async function readValue(lexicon: BlockLexicon, key: string, value: unknown): Promise<unknown> {
  const reading = readings[key];
  if (reading) return reading(lexicon, value);
  if (!Array.isArray(value)) return value;
  const items: unknown[] = [];
  for (const item of value as unknown[])
    items.push(typeof item === 'object' && item !== null ? await readRecord(lexicon, item) : item);
  return items;
}
