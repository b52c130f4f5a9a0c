import { type RawBuilder, sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import type { KnownDocument, KnownMention, Mention } from './version.types.ts';

/** One number for this work (test/repository.test.ts). */
const findingLock = 7_246_085;

/** False when another worker is at it: two at once would only get in each other's way. */
export async function mayFindVersions(db: Db): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(${findingLock}) as mine`.execute(db);
  return rows[0]?.mine === true;
}

export interface DocumentChange {
  readonly position: string;
  readonly resourceId: string;
}

/** Which documents came, changed or went, in the order of the change feed. */
export async function documentChanges(
  db: Db,
  range: { readonly after: string; readonly upTo: string },
  limit: number,
): Promise<readonly DocumentChange[]> {
  const { rows } = await sql<DocumentChange>`
    select change.position, change.resource_id as "resourceId" from library.change
    join library.resource on resource.id = change.resource_id
    where change.position > ${range.after}::bigint and change.position <= ${range.upTo}::bigint
      and change.kind <> 'relisted' and resource.type = 'policy'
    order by change.position limit ${limit}`.execute(db);
  return rows;
}

export interface ReadDocument extends Omit<KnownDocument, 'unitId'> {
  readonly revisionId: string;
  readonly mentions: readonly Mention[];
}

/** Every name that the documents have or mention. */
export async function namesAround(db: Db, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ name: string }>`
    select name from library.document where resource_id = any(${[...ids]}::bigint[])
    union select name from library.document_mention where resource_id = any(${[...ids]}::bigint[])`.execute(
    db,
  );
  return rows.map((row) => row.name);
}

/** Writes down how a document is cited and what it mentions, in place of what was known. */
export async function putDocument(db: Db, document: ReadDocument): Promise<void> {
  const { id, revisionId, name, writtenOn, issuer, mentions } = document;
  await sql`
    insert into library.document (resource_id, revision_id, name, written_on, issuer)
    values (${id}, ${revisionId}, ${name}, ${writtenOn}::date, ${issuer})
    on conflict (resource_id) do update set revision_id = excluded.revision_id, name = excluded.name,
      written_on = excluded.written_on, issuer = excluded.issuer`.execute(db);
  await db.deleteFrom('library.document_mention').where('resource_id', '=', id).execute();
  if (mentions.length === 0) return;
  await db
    .insertInto('library.document_mention')
    .values(
      mentions.map((one) => ({
        resource_id: id,
        kind: one.kind,
        name: one.name,
        issued_on: one.issuedOn,
        before: one.before,
        confidence: one.confidence,
        evidence: one.evidence,
      })),
    )
    .execute();
}

/** What is public no more is nobody's version. */
export async function forgetDocuments(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .deleteFrom('library.document')
    .where('resource_id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute();
}

/** More documents of one name than these are no versions of one; nothing is proposed among them. */
export const mostOfOneName = 30;
const mostMentions = 200;

const documentColumns: RawBuilder<unknown> = sql`document.resource_id as id, resource.unit_id as "unitId",
  document.name, to_char(document.written_on, 'YYYY-MM-DD') as "writtenOn", document.issuer`;

/** Documents by each of the names, one more than the bound where there are too many. */
export async function documentsNamed(db: Db, names: readonly string[]): Promise<readonly KnownDocument[]> {
  const { rows } = await sql<KnownDocument>`
    select ${documentColumns} from unnest(${[...names]}::text[]) as given (name)
    cross join lateral (
      select * from library.document where document.name = given.name limit ${mostOfOneName + 1}
    ) document
    join library.resource on resource.id = document.resource_id
    order by document.resource_id`.execute(db);
  return rows;
}

export interface DocumentLine {
  readonly id: string;
  readonly title: string;
  readonly writtenOn: string | null;
}

/** Live documents as a line of a list shows them. A text is opened only where its title has been changed since in a draft. */
export async function documentLines(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DocumentLine>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<DocumentLine>`
    select resource.id, to_char(document.written_on, 'YYYY-MM-DD') as "writtenOn",
      case when resource.head_revision_id = resource.live_revision_id then resource.title else (
        select content ->> 'title' from library.revision where revision.id = resource.live_revision_id
      ) end as title
    from library.resource left join library.document on document.resource_id = resource.id
    where resource.id = any(${[...ids]}::bigint[]) and resource.live_revision_id is not null`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

type MentionRow = Omit<KnownMention, 'by'> & {
  readonly id: string;
  readonly unitId: string;
  readonly ownName: string;
  readonly writtenOn: string | null;
  readonly issuer: string;
};

/** Who mentions one of the names. */
export async function mentionsOf(db: Db, names: readonly string[]): Promise<readonly KnownMention[]> {
  const { rows } = await sql<MentionRow>`
    select mention.kind, mention.name, to_char(mention.issued_on, 'YYYY-MM-DD') as "issuedOn",
      to_char(mention.before, 'YYYY-MM-DD') as before, mention.confidence, mention.evidence,
      document.resource_id as id, resource.unit_id as "unitId", document.name as "ownName",
      to_char(document.written_on, 'YYYY-MM-DD') as "writtenOn", document.issuer
    from unnest(${[...names]}::text[]) as given (name)
    cross join lateral (
      select * from library.document_mention where document_mention.name = given.name
      order by resource_id limit ${mostMentions}
    ) mention
    join library.document on document.resource_id = mention.resource_id
    join library.resource on resource.id = document.resource_id
    order by document.resource_id`.execute(db);
  return rows.map(({ id, unitId, ownName, writtenOn, issuer, ...mention }) => ({
    ...mention,
    by: { id, unitId, name: ownName, writtenOn, issuer },
  }));
}
