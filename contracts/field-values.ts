import type { ResourceContent } from './library.ts';

/** Whether only a type's description knows the field: its value lies in `values`. */
export function isOwnField(key: string): boolean {
  return key.includes('.');
}

/** The value of a field, wherever a content keeps it. */
export function fieldValue(content: ResourceContent, key: string): unknown {
  const held = isOwnField(key) ? content.values : content;
  return (held as Readonly<Record<string, unknown>> | undefined)?.[key];
}

/** Of an article that is a reprint: where the original stands. */
export const sourceAddressKey = 'article.sourceAddress';

/** The content with another value of a field. */
export function withFieldValue(content: ResourceContent, key: string, value: unknown): ResourceContent {
  if (!isOwnField(key)) return { ...content, [key]: value };
  return { ...content, values: { ...content.values, [key]: value as string } };
}
