import { parse } from 'parse5';

interface Node {
  readonly tagName?: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly Node[];
}

const acting = /^(?:script|iframe|object|embed|base|svg|math|style)$/;
const leading = /^(?:href|src|action|formaction)$/;

function dangersOf({ tagName = '', attrs = [] }: Node): readonly string[] {
  const valueOf = (name: string): string => attrs.find((one) => one.name === name)?.value ?? '';
  const isOurs = valueOf('type') === 'application/ld+json' || valueOf('src').startsWith('/static/');
  const acts = acting.test(tagName) && !isOurs;
  const attributes = attrs.flatMap(({ name, value }) => {
    if (/^on|^srcdoc$|^style$/.test(name)) return [name];
    return leading.test(name) && /^\s*(?:javascript|data|vbscript):/i.test(value) ? [value] : [];
  });
  return acts ? [`<${tagName}>`, ...attributes] : attributes;
}

/** What of a page could act: elements and attributes that run something, or lead to something that runs. */
export function dangersIn(html: string): readonly string[] {
  const found: string[] = [];
  const open: Node[] = [parse(html) as Node];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    open.push(...(node.childNodes ?? []));
    found.push(...dangersOf(node));
  }
  return found;
}
