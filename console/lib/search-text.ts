type Raw = Readonly<Record<string, unknown>>;

/** A plain word from the address bar, or nothing. */
export function textIn(raw: Raw, key: string, pattern = /^.{1,500}$/): string | undefined {
  const value = raw[key];
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && pattern.test(text) ? text : undefined;
}

export function choiceIn<T extends string>(raw: Raw, key: string, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === raw[key]);
}

export const idPattern = /^[1-9][0-9]{0,17}$/;
export const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** Without the absent ones, so that addresses stay short and types exact. */
export function compact<T extends object>(values: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

/** Plain `key=value` addresses: ids stay text and links stay readable. */
export function parseSearch(search: string): Record<string, unknown> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function stringifySearch(search: Raw): string {
  const pairs = Object.entries(search).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '',
  );
  const text = new URLSearchParams(pairs).toString();
  return text === '' ? '' : `?${text}`;
}
