import { sql } from 'kysely';

import { isReadable } from '../../platform/document-text/readable-types.ts';
import type { DumpRow, LoadContext, LoadStep } from '../../platform/dump/dump.types.ts';
import { insertRows, settleIds, updateRows } from '../../platform/dump/load-rows.ts';
import { isSized } from '../../platform/picture-sizes.ts';
import { awaitFingerprints } from './fingerprint.queries.ts';
import { libraryParts as parts } from './package.queries.ts';
import { leaveAllTexts } from './text-waiting.queries.ts';

/** Columns of a resource that name revisions, and the state that holds only with them. */
const completed = [
  'stage',
  'version',
  'head_revision_id',
  'live_revision_id',
  'signed_revision_id',
  'index_number',
  'first_published_at',
  'last_published_at',
  'release_at',
  'expire_at',
] as const;

async function loadTypes({ db }: LoadContext, rows: readonly DumpRow[]): Promise<void> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as given (type text, number integer, "createdAt" timestamptz, "isCurrent" boolean)`;
  // The version in use may come in a later batch: until then the first one that came stands for it.
  await sql`insert into library.resource_type (key, current, created_at)
    select distinct on (type) type, number, "createdAt" from ${given} order by type, "isCurrent" desc, number
    on conflict (key) do nothing`.execute(db);
  await insertRows(db, parts.types, rows, { without: ['created_at', 'is_current'] });
  await sql`update library.resource_type set current = given.number from ${given}
    where given."isCurrent" and key = given.type and current <> given.number`.execute(db);
}

/** Scanned, read and given its sizes here, as if it had been uploaded here. What was infected stays so. */
async function loadFiles({ db, now }: LoadContext, rows: readonly DumpRow[], scans: boolean): Promise<void> {
  const noted = rows.map(({ digest, mediaType, size, infection }) => {
    const isSound = infection === null;
    const type = String(mediaType);
    return {
      ...{ digest, mediaType, size, infection },
      scan: isSound ? (scans ? 'waiting' : 'off') : 'infected',
      sizes: isSound && isSized(type) ? 'waiting' : 'none',
      words: isSound && isReadable(type) ? 'waiting' : 'none',
    };
  });
  await sql`insert into library.file (digest, media_type, size, infection, scan, scanned_at, scanned_with, sizes, words)
    select digest, "mediaType", size, infection, scan, case when scan = 'infected' then ${now}::timestamptz end,
      case when scan = 'infected' then 'package' end, sizes, words
    from jsonb_to_recordset(${JSON.stringify(noted)}::jsonb) as given
      (digest text, "mediaType" text, size bigint, infection text, scan text, sizes text, words text)`.execute(
    db,
  );
}

/** Bytes that an asset names and that the package does not have. */
export async function digestsWithoutFile(
  { db }: LoadContext,
  digests: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ digest: string }>`
    select asked.digest from unnest(${[...digests]}::text[]) as asked (digest)
    where not exists (select from library.file where file.digest = asked.digest)`.execute(db);
  return rows.map((row) => row.digest);
}

const simple = (name: keyof typeof parts, table?: string): LoadStep => ({
  name: parts[name].name,
  part: parts[name],
  load: ({ db }, rows) => insertRows(db, parts[name], rows),
  ...(table === undefined ? {} : { end: ({ db }) => settleIds(db, table) }),
});

export const typeStep: LoadStep = { name: 'types', part: parts.types, load: loadTypes };

/** Rows only: their bytes are in the store before. `scans`: whether somebody here looks into files. */
export const fileStep = (scans: boolean): LoadStep => ({
  name: parts.files.name,
  part: parts.files,
  load: (ctx, rows) => loadFiles(ctx, rows, scans),
});

export const assetStep = simple('assets', 'library.asset');

export const resourceSteps: readonly LoadStep[] = [
  {
    name: 'resources',
    part: parts.resources,
    // Without its revisions a resource is nothing yet: until the last step it is an empty draft.
    load: ({ db }, rows) =>
      insertRows(db, parts.resources, rows, {
        without: completed.filter((column) => column !== 'stage' && column !== 'version'),
        constants: {
          stage: sql`'draft'::text`,
          version: sql`0`,
          // Packages of earlier versions do not say these.
          release_held: sql`coalesce((one ->> 'releaseHeld')::boolean, false)`,
          taken_down: sql`coalesce((one ->> 'takenDown')::boolean, false)`,
        },
      }),
    end: ({ db }) => settleIds(db, 'library.resource'),
  },
  simple('revisions', 'library.revision'),
  simple('revisionFiles'),
  simple('indexCounters'),
  simple('indexNumbers'),
  simple('relations'),
  simple('rulings', 'library.validity_ruling'),
  simple('correctionNotes', 'library.correction_note'),
  simple('origins'),
];

/** The last of all: from here on a resource is what it was, and the change feed tells of it. */
export const completionStep: LoadStep = {
  name: 'resource-states',
  part: parts.resources,
  load: async ({ db }, rows) => {
    await updateRows(db, parts.resources, rows, completed);
    const heads = rows.flatMap(({ id, headRevisionId }) =>
      typeof headRevisionId === 'string' ? [{ resourceId: String(id), id: headRevisionId }] : [],
    );
    await awaitFingerprints(db, heads);
  },
  end: ({ db }) => leaveAllTexts(db),
};
