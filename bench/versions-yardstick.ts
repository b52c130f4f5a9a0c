import type { ProposedKind } from '../contracts/library.ts';

export interface Law {
  readonly path: string;
  readonly title: string;
  readonly publish: string | null;
  readonly info: string;
  readonly body: string;
  /** As it stands in the file. */
  readonly line: string;
}

export interface Related {
  readonly kind: ProposedKind;
  readonly from: string;
  readonly to: string;
}

type Pair = readonly [string, string];

/** Made without the library's own rules, or it would find what it looks for. */
const bare = (title: string): string =>
  title
    .normalize('NFKC')
    .replaceAll('中华人民共和国', '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * What should be related: texts of one title in the order of their given days, and every document whose title stands in
 * one sentence with 废止 or 失效, or in the title of a decision to amend, when one of that title and an older day is there.
 */
export function yardsticks(laws: readonly Law[]): {
  readonly versions: readonly Pair[];
  readonly mentions: readonly Pair[];
} {
  const dated = laws.filter((law) => law.publish !== null && law.publish !== '');
  const titled = Map.groupBy(dated, (law) => bare(law.title));
  const versions: Pair[] = [];
  for (const group of titled.values()) {
    const ordered = group.toSorted((a, b) => (a.publish ?? '').localeCompare(b.publish ?? ''));
    for (const [at, law] of ordered.slice(1).entries()) {
      const before = ordered[at];
      if (before && before.publish !== law.publish) versions.push([before.path, law.path]);
    }
  }
  return { versions, mentions: dated.flatMap((law) => mentionedBy(law, titled)) };
}

function mentionedBy(law: Law, titled: ReadonlyMap<string, readonly Law[]>): readonly Pair[] {
  const sentences = law.body
    .split(/[。；\n]/u)
    .filter((sentence) => /(?:同时|即行|予以|自.*起|现)?(?:废止|失效)/u.test(sentence));
  if (/关于修改/u.test(law.title)) sentences.push(law.title);
  const names = sentences.flatMap((sentence) =>
    [...sentence.matchAll(/《((?:[^《》]|《[^《》]*》)+)》/gu)].map(([, title = '']) => bare(title)),
  );
  return [...new Set(names)].flatMap((name): Pair[] => {
    const older = (titled.get(name) ?? []).filter((one) => (one.publish ?? '') < (law.publish ?? ''));
    const last = older.toSorted((a, b) => (a.publish ?? '').localeCompare(b.publish ?? '')).at(-1);
    return last ? [[law.path, last.path]] : [];
  });
}

/** Pairs between which no relation was found, in neither direction. */
export function missedBy(wanted: readonly Pair[], related: readonly Related[]): readonly Pair[] {
  const key = (one: string, other: string): string => [one, other].toSorted().join('\t');
  const found = new Set(related.map(({ from, to }) => key(from, to)));
  return wanted.filter(([one, other]) => !found.has(key(one, other)));
}
