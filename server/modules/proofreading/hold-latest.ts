/** What was made last, with the key that it belongs to. */
export interface Latest<T> {
  /** The same for everybody who asks by one key: it is made once, however many ask meanwhile. */
  readonly get: (key: string, make: () => Promise<T>) => Promise<T>;
}

/**
 * A failure is told to whoever made it and forgotten: it may have been that of their transaction alone. Of those who
 * waited, one tries anew and the others wait for that one.
 */
export function holdLatest<T extends object>(): Latest<T> {
  let held: { readonly key: string; readonly value: Promise<T | undefined> } | undefined;
  return {
    async get(key, make) {
      for (let waited = held; waited?.key === key; waited = held) {
        const value = await waited.value;
        if (value !== undefined) return value;
        if (held === waited) held = undefined;
      }
      const made = make();
      held = { key, value: made.catch(() => undefined) };
      return made;
    },
  };
}
