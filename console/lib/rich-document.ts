import { emptyDocument, richAttributes, type RichDocument } from '../../contracts/rich-text.ts';

interface LooseNode {
  readonly type?: unknown;
  readonly attrs?: unknown;
  readonly content?: unknown;
  readonly marks?: unknown;
  readonly text?: unknown;
}

/** Attributes that say nothing when they have this value. */
const initials: Readonly<Record<string, unknown>> = { colspan: 1, rowspan: 1, start: 1 };

function keptAttributes(type: string, attributes: unknown): Record<string, unknown> | null {
  if (typeof attributes !== 'object' || attributes === null) return null;
  const allowed = richAttributes[type] ?? [];
  const kept = Object.entries(attributes).filter(
    ([key, value]) =>
      allowed.includes(key) && value !== null && value !== undefined && initials[key] !== value,
  );
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

function cleanNode(node: LooseNode): Record<string, unknown> | null {
  if (typeof node.type !== 'string' || !(node.type in richAttributes)) return null;
  const attributes = keptAttributes(node.type, node.attrs);
  const content = cleanList(node.content);
  const marks = cleanList(node.marks).sort((a, b) => (String(a['type']) < String(b['type']) ? -1 : 1));
  return {
    type: node.type,
    ...(attributes ? { attrs: attributes } : {}),
    ...(typeof node.text === 'string' ? { text: node.text } : {}),
    ...(content.length > 0 ? { content } : {}),
    ...(marks.length > 0 ? { marks } : {}),
  };
}

function cleanList(list: unknown): Record<string, unknown>[] {
  if (!Array.isArray(list)) return [];
  return (list as LooseNode[]).flatMap((node) => {
    const clean = cleanNode(node);
    return clean ? [clean] : [];
  });
}

/** The editor's JSON without what is the editor's own: exactly the vocabulary of the contract. */
export function richDocumentFrom(json: unknown): RichDocument {
  const clean = cleanNode(json ?? {});
  if (clean?.['type'] !== 'doc' || !Array.isArray(clean['content'])) return emptyDocument;
  return clean as unknown as RichDocument;
}
