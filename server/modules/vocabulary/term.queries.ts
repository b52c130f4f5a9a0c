import { sql } from 'kysely';

import type {
  Term,
  TermChange,
  TermReference,
  TermState,
  Vocabulary,
} from '../../../contracts/vocabulary.ts';
import type { Db } from '../../platform/db.ts';

const columns = sql`
  term.id, term.vocabulary, term.code, term.label, term.synonyms, parent.code as parent,
  term.valid_from::text as "validFrom", term.valid_until::text as "validUntil", successor.code as "replacedBy", term.version
  from vocabulary.term
  left join vocabulary.term as parent on parent.id = term.parent_id
  left join vocabulary.term as successor on successor.id = term.replaced_by_id`;

/** All terms of a vocabulary, also those that ended, in the order of their codes. */
export async function termsOf(db: Db, vocabulary: Vocabulary): Promise<readonly Term[]> {
  const { rows } = await sql<Term>`
    select ${columns} where term.vocabulary = ${vocabulary} order by term.code`.execute(db);
  return rows;
}

export async function termById(db: Db, id: string): Promise<Term | undefined> {
  const { rows } = await sql<Term>`select ${columns} where term.id = ${id}`.execute(db);
  return rows[0];
}

export async function termsNamed(db: Db, references: readonly string[]): Promise<readonly Term[]> {
  if (references.length === 0) return [];
  const { rows } = await sql<Term>`
    select ${columns} where term.reference = any(${[...references]}::text[])`.execute(db);
  return rows;
}

export interface LabelledTerm {
  readonly vocabulary: string;
  readonly label: string;
}

/** References to terms that may still be chosen, by what they are called: by label before synonym. */
export async function termsLabelled(
  db: Db,
  named: readonly LabelledTerm[],
): Promise<ReadonlyMap<string, string>> {
  if (named.length === 0) return new Map();
  const { rows } = await sql<LabelledTerm & { readonly reference: string }>`
    select distinct on (given.vocabulary, given.label) given.vocabulary, given.label, term.reference
    from unnest(${named.map((one) => one.vocabulary)}::text[], ${named.map((one) => one.label)}::text[])
      as given (vocabulary, label)
    join vocabulary.term on term.vocabulary = given.vocabulary and term.valid_until is null
      and (term.label = given.label or term.synonyms @> array[given.label])
    order by given.vocabulary, given.label, term.label = given.label desc, term.code`.execute(db);
  return new Map(rows.map((row) => [`${row.vocabulary}:${row.label}`, row.reference]));
}

/** One number for "somebody changes a vocabulary". */
const vocabularyLock = 7_246_080;

/** Whoever changes a vocabulary waits for whoever is changing one. */
export async function lockVocabularies(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${vocabularyLock})`.execute(db);
}

const idOf = (vocabulary: Vocabulary, code: string | null) =>
  sql`(select id from vocabulary.term where vocabulary = ${vocabulary} and code = ${code})`;

export interface NewTermRow extends TermState {
  readonly vocabulary: Vocabulary;
  readonly code: string;
}

export async function insertTerm(db: Db, term: NewTermRow, at: Date): Promise<string> {
  const { vocabulary, parent, replacedBy } = term;
  const { rows } = await sql<{ id: string }>`
    insert into vocabulary.term (vocabulary, code, label, synonyms, parent_id, valid_from, valid_until, replaced_by_id,
      created_at, updated_at)
    values (${vocabulary}, ${term.code}, ${term.label}, ${[...term.synonyms]}::text[], ${idOf(vocabulary, parent)},
      ${term.validFrom}, ${term.validUntil}, ${idOf(vocabulary, replacedBy)}, ${at}, ${at})
    returning id`.execute(db);
  return rows[0]?.id ?? '0';
}

export async function updateTerm(db: Db, term: Term, state: TermState, at: Date): Promise<void> {
  const { vocabulary, id } = term;
  await sql`
    update vocabulary.term set label = ${state.label}, synonyms = ${[...state.synonyms]}::text[],
      parent_id = ${idOf(vocabulary, state.parent)}, valid_from = ${state.validFrom}, valid_until = ${state.validUntil},
      replaced_by_id = ${idOf(vocabulary, state.replacedBy)}, version = version + 1, updated_at = ${at}
    where id = ${id}`.execute(db);
}

/** Gives a term that was made in this transaction its place among the others; that is no second version. */
export async function placeTerm(db: Db, { id, vocabulary }: Term, state: TermState): Promise<void> {
  await sql`
    update vocabulary.term set parent_id = ${idOf(vocabulary, state.parent)}, valid_until = ${state.validUntil},
      replaced_by_id = ${idOf(vocabulary, state.replacedBy)}
    where id = ${id}`.execute(db);
}

export interface NewTermChange {
  readonly termId: string;
  readonly number: number;
  readonly act: TermChange['act'];
  readonly state: TermState;
  readonly note: string;
  readonly by: string | null;
  readonly byName: string;
  readonly at: Date;
}

export async function insertTermChange(db: Db, change: NewTermChange): Promise<void> {
  await db
    .insertInto('vocabulary.term_change')
    .values({
      term_id: change.termId,
      number: change.number,
      act: change.act,
      state: JSON.stringify(change.state),
      note: change.note,
      changed_by: change.by,
      changed_by_name: change.byName,
      changed_at: change.at,
    })
    .execute();
}

export function changesOfTerm(db: Db, termId: string, limit: number) {
  return db
    .selectFrom('vocabulary.term_change')
    .select([
      'number',
      sql<TermChange['act']>`act`.as('act'),
      sql<TermState>`state`.as('state'),
      'note',
      'changed_by_name as byName',
      'changed_at as at',
    ])
    .where('term_id', '=', termId)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
}

/** The terms, all that are narrower, and all whose place one of them took: where what is classified by them is found. */
export async function withNarrower(db: Db, references: readonly string[]): Promise<readonly TermReference[]> {
  const { rows } = await sql<{ reference: TermReference }>`
    with recursive found as (
      select id, reference from vocabulary.term where reference = any(${[...references]}::text[])
      union
      select term.id, term.reference from found join vocabulary.term
        on term.parent_id = found.id or term.replaced_by_id = found.id
    ) select reference from found`.execute(db);
  return rows.map((row) => row.reference);
}

/** The same of each term by itself. */
export async function narrowerOfEach(
  db: Db,
  references: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  if (references.length === 0) return new Map();
  const { rows } = await sql<{ root: string; reference: TermReference }>`
    with recursive found as (
      select reference as root, id, reference from vocabulary.term where reference = any(${[...references]}::text[])
      union
      select found.root, term.id, term.reference from found join vocabulary.term
        on term.parent_id = found.id or term.replaced_by_id = found.id
    ) select root, reference from found`.execute(db);
  const ofRoot = Map.groupBy(rows, (row) => row.root);
  return new Map([...ofRoot].map(([root, found]) => [root, new Set(found.map((row) => row.reference))]));
}

export interface FoundUnder {
  readonly term: TermReference;
  /** The term itself, what is broader, and what took its place. */
  readonly reference: TermReference;
  readonly label: string;
  readonly synonyms: readonly string[];
}

/** Under which terms what has these terms is found, and by which words. */
export async function withBroader(db: Db, references: readonly string[]): Promise<readonly FoundUnder[]> {
  if (references.length === 0) return [];
  const { rows } = await sql<FoundUnder>`
    with recursive found as (
      select reference as term, id, parent_id, replaced_by_id from vocabulary.term
      where reference = any(${[...references]}::text[])
      union
      select found.term, term.id, term.parent_id, term.replaced_by_id from found join vocabulary.term
        on term.id = found.parent_id or term.id = found.replaced_by_id
    )
    select found.term, term.reference, term.label, term.synonyms from found join vocabulary.term using (id)
    order by found.term, term.reference`.execute(db);
  return rows;
}

/** Kinds of documents and stations of a life: their synonyms are no other names of the same thing. */
const unnamed: readonly Vocabulary[] = ['genre', 'life-event'];

/**
 * What vocabularies call these things today: each name that is a label or a synonym of a term, with the label of that
 * term or of the one that took its place. Of several vocabularies the one that comes last by its name answers.
 */
export async function preferredLabels(
  db: Db,
  names: readonly string[],
  day: string,
): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map();
  const asked = [...names];
  const { rows } = await sql<{ names: readonly string[]; label: string }>`
    with recursive called as (
      select id, label, synonyms from vocabulary.term where label = any(${asked}::text[])
      union
      select id, label, synonyms from vocabulary.term where synonyms && ${asked}::text[]
    ), line as (
      select called.id as called_id, term.* from called join vocabulary.term using (id)
      union
      select line.called_id, term.* from line join vocabulary.term on term.id = line.replaced_by_id
    )
    select called.label || called.synonyms as names, line.label from line join called on called.id = line.called_id
    where (line.valid_until is null or line.valid_until > ${day}::date)
      and (line.valid_from is null or line.valid_from <= ${day}::date)
      and line.vocabulary <> all(${[...unnamed]}::text[])
    order by line.vocabulary, line.id desc`.execute(db);
  const wanted = new Set(names);
  // The last one is kept.
  return new Map(
    rows.flatMap((row) => row.names.filter((name) => wanted.has(name)).map((name) => [name, row.label])),
  );
}
