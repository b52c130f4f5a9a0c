import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'templates/styles';

export interface StyleRule {
  readonly file: string;
  readonly selector: string;
  /** The conditions around it: `@media print`, or nothing. */
  readonly within: string;
  readonly declarations: readonly (readonly [property: string, value: string])[];
}

export function styleText(): string {
  return styleFiles()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('');
}

function styleFiles(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.css'))
    .sort();
}

/** The rules of the public style sheet in order. Knows what it is written in: rules, and rules within one at-rule. */
export function styleRules(): readonly StyleRule[] {
  return styleFiles().flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    return rulesIn(text, '').map((rule) => ({ file, ...rule }));
  });
}

function rulesIn(text: string, within: string): Omit<StyleRule, 'file'>[] {
  const rules: Omit<StyleRule, 'file'>[] = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf('{', at);
    if (open < 0) return rules;
    const selector = text.slice(at, open).trim();
    const close = endOfBlock(text, open);
    const body = text.slice(open + 1, close);
    if (selector.startsWith('@media')) rules.push(...rulesIn(body, selector));
    else rules.push({ selector, within, declarations: declarationsIn(body) });
    at = close + 1;
  }
}

function endOfBlock(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error('a block of the style sheet does not end');
}

function declarationsIn(body: string): (readonly [string, string])[] {
  return body
    .split(';')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const;
    });
}
