import type { KnownDocument, KnownMention, ProposedRelation } from './version.types.ts';

interface Dated extends KnownDocument {
  readonly writtenOn: string;
}

const isDated = (one: KnownDocument): one is Dated => one.writtenOn !== null;
const isOfOneHand = (one: KnownDocument, other: KnownDocument): boolean =>
  one.unitId === other.unitId || (one.issuer !== '' && one.issuer === other.issuer);

/** The last documents of the list that are older than a day. */
function newestBefore(documents: readonly Dated[], day: string): readonly Dated[] {
  const older = documents.filter((one) => one.writtenOn < day);
  const last = older.reduce((newest, one) => (one.writtenOn > newest ? one.writtenOn : newest), '');
  return older.filter((one) => one.writtenOn === last);
}

const earlier = (one: string, other: string | null): string => (other !== null && other < one ? other : one);

/** Which document a mention means; undefined when none is known, or more than one could be. */
function meantBy(mention: KnownMention, documents: readonly Dated[]): Dated | undefined {
  const { by, issuedOn } = mention;
  if (by.writtenOn === null) return undefined;
  const others = documents.filter((one) => one.id !== by.id);
  const own = others.filter((one) => isOfOneHand(one, by));
  const candidates = own.length > 0 ? own : others;
  const [first, ...more] = candidates;
  // Two offices may each have one of that name.
  if (!first || more.some((one) => !isOfOneHand(one, first))) return undefined;
  // A new version ends the first one by its day, and versions in between had their own end.
  const isOwnName = by.name === mention.name;
  const found =
    isOwnName && issuedOn !== null
      ? candidates.filter((one) => one.writtenOn === issuedOn)
      : newestBefore(candidates, earlier(by.writtenOn, mention.before));
  const [meant, ...rest] = found;
  return meant && rest.length === 0 && meant.writtenOn < by.writtenOn ? meant : undefined;
}

/** What a mention of one name proposes; later versions of the one that ended it say so again, and say nothing new. */
function proposedByMentions(
  mentions: readonly KnownMention[],
  documents: readonly Dated[],
): readonly ProposedRelation[] {
  const first = new Map<string, { readonly by: KnownDocument; readonly relation: ProposedRelation }>();
  for (const mention of mentions) {
    const meant = meantBy(mention, documents);
    if (!meant) continue;
    const { by, kind, name, evidence, confidence } = mention;
    const relation: ProposedRelation = {
      ...{ fromId: by.id, kind, toId: meant.id, name, evidence, confidence },
      reason: 'said',
    };
    const key = `${kind} ${by.name} ${meant.id}`;
    const known = first.get(key);
    if (!known || (by.writtenOn ?? '') < (known.by.writtenOn ?? '')) first.set(key, { by, relation });
  }
  return [...first.values()].map((one) => one.relation);
}

/** Two texts of one title, the older first, that nothing stands between. */
export interface SuccessivePair {
  readonly older: KnownDocument;
  readonly newer: KnownDocument;
}

/** Versions in the order of their days. What shares a day with another is a copy of it, and nobody's version. */
export function successivePairs(documents: readonly KnownDocument[]): readonly SuccessivePair[] {
  const hands: Dated[][] = [];
  for (const one of documents.filter(isDated)) {
    const hand = hands.find(([first]) => first && isOfOneHand(first, one));
    if (hand) hand.push(one);
    else hands.push([one]);
  }
  return hands.flatMap((hand) => {
    const times = Map.groupBy(hand, (one) => one.writtenOn);
    const single = hand.filter((one) => times.get(one.writtenOn)?.length === 1);
    const ordered = single.toSorted((a, b) => a.writtenOn.localeCompare(b.writtenOn));
    return ordered.slice(1).flatMap((newer, at) => {
      const older = ordered[at];
      return older ? [{ older, newer }] : [];
    });
  });
}

/** What is known of two texts of one title when they are laid side by side. */
export interface Comparison {
  /** In hundredths. */
  readonly likeness: number;
  /** The line with which the newer one tells of its own history, if it does. */
  readonly history: string | null;
}

/** Rules are made anew; notices of one title recur every year and replace nothing. */
const isRule = (name: string): boolean =>
  /(?:法|法典|条例|规定|办法|细则|规则|规范|章程|准则|解释|守则|标准|制度|预案|方案|规划)[\p{N}一二三四五六七八九十]*$/u.test(
    name,
  );
const leastLikeness = 50;

/** One text that two places dated differently, passed and promulgated say, is no version of itself. */
const equal = 99;
const nearlyEqual = 90;
const mostDaysOfCopies = 45;
const daysBetween = ({ older, newer }: SuccessivePair): number =>
  (Date.parse(newer.writtenOn ?? '') - Date.parse(older.writtenOn ?? '')) / 86_400_000;
const isCopy = (pair: SuccessivePair, { likeness, history }: Comparison): boolean =>
  history === null &&
  (likeness >= equal || (likeness >= nearlyEqual && daysBetween(pair) <= mostDaysOfCopies));

function proposedByTitle(pair: SuccessivePair, comparison: Comparison): ProposedRelation | undefined {
  const [{ older, newer }, { likeness, history }] = [pair, comparison];
  if (isCopy(pair, comparison)) return undefined;
  const isLike = likeness >= leastLikeness;
  if (!isLike && history === null && !isRule(older.name)) return undefined;
  const days = `标题相同，日期为 ${older.writtenOn ?? ''} 和 ${newer.writtenOn ?? ''}，正文相同 ${String(likeness)}%`;
  return {
    fromId: older.id,
    kind: 'replacedBy',
    toId: newer.id,
    name: older.name,
    reason: 'same-title',
    evidence: history === null ? `${days}。` : `${days}；新文本写明：${history}`,
    confidence: isLike || history !== null ? 95 : 85,
  };
}

/**
 * Everything that a name brings together: its versions, and whoever says that it amends or repeals one of them. What a
 * text says outright goes before what two equal titles suggest.
 */
export function proposalsFor(
  documents: readonly KnownDocument[],
  mentions: readonly KnownMention[],
  compared: readonly (readonly [SuccessivePair, Comparison])[],
): readonly ProposedRelation[] {
  const said = proposedByMentions(mentions, documents.filter(isDated));
  const told = new Set(
    said.filter((one) => one.kind === 'repeals').map((one) => `${one.toId} ${one.fromId}`),
  );
  const versions = compared.flatMap(([pair, comparison]) => proposedByTitle(pair, comparison) ?? []);
  return [...said, ...versions.filter((one) => !told.has(`${one.fromId} ${one.toId}`))];
}

const historyWords = /(?:修正|修订|修改)/u;

/** The line at the beginning of a text that says when it was amended, if one does. */
export function historyLine(text: string, after: string): string | null {
  const [year = ''] = after.split('-');
  const line = text
    .slice(0, 3_000)
    .split('\n')
    .findLast((one) => historyWords.test(one) && /\d{4}年/u.test(one) && lastYear(one) >= year);
  return line === undefined ? null : line.trim().slice(0, 200);
}

const lastYear = (line: string): string => [...line.matchAll(/(\d{4})年/gu)].at(-1)?.[1] ?? '';
