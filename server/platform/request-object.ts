/** The thing that a request is about, for the audit record. */
export interface RequestObject {
  readonly kind: string;
  readonly id: string;
}

/** Keys by which a list is narrowed to what belongs to one thing. */
const narrowing = ['resource', 'column', 'site', 'unit'] as const;

/**
 * What the address says: `/api/resources/:id/…` is about a resource (collections are plural nouns), and a list with
 * `?siteId=` about a site. Undefined when it is about no single thing.
 */
export function objectOf(
  path: string,
  params: Readonly<Record<string, unknown>>,
  query: Readonly<Record<string, unknown>>,
): RequestObject | undefined {
  const [, kind] = /\/([a-z-]+)s\/:id(?:\/|$)/.exec(path) ?? [];
  const { id } = params;
  if (kind !== undefined && typeof id === 'string') return { kind, id };
  for (const one of narrowing) {
    const named = query[`${one}Id`];
    if (typeof named === 'string') return { kind: one, id: named };
  }
  return undefined;
}
