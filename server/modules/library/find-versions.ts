import type { ResourceContent } from '../../../contracts/library.ts';
import { isDay } from '../../../contracts/day.ts';
import type { Db } from '../../platform/db.ts';
import { readSetting, writeSetting } from '../../platform/settings.ts';
import { feedHead } from './change-feed.queries.ts';
import { textOf } from './content-text.ts';
import { mentionsIn } from './document-mention.rules.ts';
import { documentName } from './document-name.rules.ts';
import {
  documentChanges,
  documentsNamed,
  forgetDocuments,
  mayFindVersions,
  mentionsOf,
  mostOfOneName,
  namesAround,
  putDocument,
  type ReadDocument,
} from './document.queries.ts';
import type { FeedStep } from './follow-feed.ts';
import { inPercent, likenessOf, stretchesOf } from './fingerprint.rules.ts';
import { type LiveResource, liveResources } from './live.queries.ts';
import { replaceProposals } from './proposal.queries.ts';
import {
  type Comparison,
  historyLine,
  proposalsFor,
  type SuccessivePair,
  successivePairs,
} from './version.rules.ts';
import type { KnownDocument, ProposedRelation } from './version.types.ts';

const positionSetting = 'library.versions-found';
/** Long texts take a tenth of a second each, and a transaction should end soon. */
const readAtOnce = 10;
/** So much of the feed is looked through for documents in one statement. */
const feedAtOnce = 5_000;

/** What is longer is no title: a book mark that was never closed. */
const longestName = 300;
/** 成文日期, or when the information came to be; of those of which nobody knows either, since when it holds. */
export const dayOfDocument = ({ writtenOn, producedOn, effectiveOn }: ResourceContent): string | null =>
  [writtenOn, producedOn, effectiveOn].find((day) => day !== undefined && isDay(day)) ?? null;

/** How a live document is cited, and what it says of others. */
function readDocument({ id, revisionId, content }: LiveResource): ReadDocument {
  const name = documentName(content.title);
  const mentions = mentionsIn({ title: content.title, text: textOf(content) }).filter(
    (one) => one.name.length <= longestName,
  );
  return { id, revisionId, name, writtenOn: dayOfDocument(content), issuer: content.issuer ?? '', mentions };
}

/** What of a live document is laid beside another of its title. */
interface ComparedText {
  readonly id: string;
  readonly day: string;
  readonly text: string;
  readonly stretches: ReadonlySet<number>;
}

/** Of longer texts the beginning stands for the whole. */
const comparedCharacters = 200_000;

async function comparedText(db: Db, id: string): Promise<ComparedText | undefined> {
  const one = (await liveResources(db, [id])).get(id);
  if (!one) return undefined;
  const text = textOf(one.content).slice(0, comparedCharacters);
  return { id, text, day: dayOfDocument(one.content) ?? '', stretches: stretchesOf(text) };
}

const compared = (older: ComparedText, newer: ComparedText): Comparison => ({
  likeness: inPercent(likenessOf(older.stretches, newer.stretches)),
  history: historyLine(newer.text, older.day),
});

/** Two texts at a time: thirty versions of a long document would be a hundred megabytes. */
async function proposedByVersions(
  db: Db,
  documents: readonly KnownDocument[],
): Promise<Parameters<typeof proposalsFor>[2]> {
  const comparisons: (readonly [SuccessivePair, Comparison])[] = [];
  // The newer one of a pair is the older one of the next.
  let last: ComparedText | undefined;
  for (const pair of successivePairs(documents)) {
    const older = last?.id === pair.older.id ? last : await comparedText(db, pair.older.id);
    last = await comparedText(db, pair.newer.id);
    if (older && last) comparisons.push([pair, compared(older, last)]);
  }
  return comparisons;
}

/** Ten documents may name two thousand others, each of them with its versions and whoever mentions it. */
const namesAtOnce = 50;

/** Brings together what each of the names stands for. */
async function proposeFor(db: Db, names: readonly string[], now: Date): Promise<void> {
  for (let from = 0; from < names.length; from += namesAtOnce)
    await proposeForSome(db, names.slice(from, from + namesAtOnce), now);
}

async function proposeForSome(db: Db, names: readonly string[], now: Date): Promise<void> {
  const documents = Map.groupBy(await documentsNamed(db, names), (one) => one.name);
  const mentions = Map.groupBy(await mentionsOf(db, names), (one) => one.name);
  const found: ProposedRelation[] = [];
  for (const [name, named] of documents) {
    if (named.length > mostOfOneName) continue;
    found.push(...proposalsFor(named, mentions.get(name) ?? [], await proposedByVersions(db, named)));
  }
  await replaceProposals(db, names, found, now);
}

/** Follows the change feed and proposes what belongs together among live documents, a few in each transaction. */
export function findVersions(db: Db, now: Date): Promise<FeedStep> {
  return db.transaction().execute(async (on) => {
    if (!(await mayFindVersions(on))) return 'elsewhere';
    const after = (await readSetting(on, positionSetting)) ?? '0';
    const head = BigInt(await feedHead(on));
    const farthest = BigInt(after) + BigInt(feedAtOnce);
    const upTo = String(head < farthest ? head : farthest);
    if (upTo === after) return 'at-the-end';
    const changes = await documentChanges(on, { after, upTo }, readAtOnce);
    const position = changes.length < readAtOnce ? upTo : (changes.at(-1)?.position ?? upTo);
    await lookAt(on, [...new Set(changes.map((one) => one.resourceId))], now);
    await writeSetting(on, positionSetting, position);
    return 'more';
  });
}

async function lookAt(on: Db, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  const before = await namesAround(on, ids);
  const live = await liveResources(on, ids);
  await forgetDocuments(
    on,
    ids.filter((id) => !live.has(id)),
  );
  for (const one of live.values()) await putDocument(on, readDocument(one));
  const names = [...new Set([...before, ...(await namesAround(on, ids))])];
  await proposeFor(on, names, now);
}
