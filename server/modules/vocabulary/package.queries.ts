import { sql } from 'kysely';

import { choose } from '../../platform/dump/dump-rows.ts';
import type { Db } from '../../platform/db.ts';
import type { DumpPart, LoadStep } from '../../platform/dump/dump.types.ts';
import { insertRows, settleIds, updateRows } from '../../platform/dump/load-rows.ts';

/** All of them, whatever else is chosen: what was written in one of them must be readable. */
const terms: DumpPart = {
  name: 'terms',
  from: sql.table('vocabulary.term'),
  fields: {
    id: 'id',
    vocabulary: 'text',
    code: 'text',
    label: 'text',
    synonyms: 'texts',
    parent_id: 'id?',
    valid_from: 'day?',
    valid_until: 'day?',
    replaced_by_id: 'id?',
    version: 'integer',
    created_at: 'instant',
    updated_at: 'instant',
  },
  left: { reference: 'made of vocabulary and code' },
  order: ['id'],
};

const changes: DumpPart = {
  name: 'term-changes',
  from: sql.table('vocabulary.term_change'),
  fields: {
    term_id: 'id',
    number: 'integer',
    act: 'text',
    state: 'json',
    note: 'text',
    changed_by: 'id?',
    changed_by_name: 'text',
    changed_at: 'instant',
  },
  order: ['term_id', 'number'],
};

/** Whose acts the history of terms speaks of. */
export const chooseTermChangers = (trx: Db): Promise<void> =>
  choose(trx, 'account', sql`select changed_by from vocabulary.term_change where changed_by is not null`);

export const vocabularyParts = { terms, changes } as const;

const others = ['parent_id', 'replaced_by_id'];
const given = Object.keys(terms.fields).filter((column) => column !== 'id' && !others.includes(column));

export const vocabularySteps: readonly LoadStep[] = [
  {
    name: 'terms',
    part: terms,
    // Every database begins with the same terms; they become what the package says of them.
    load: ({ db }, rows) =>
      insertRows(db, terms, rows, {
        without: others,
        conflict: sql`on conflict (id) do update set ${sql.join(
          given.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`),
        )}`,
      }),
    end: ({ db }) => settleIds(db, 'vocabulary.term'),
  },
  {
    name: 'term-tree',
    part: terms,
    load: ({ db }, rows) => updateRows(db, terms, rows, others),
  },
  {
    name: 'term-changes',
    part: changes,
    load: ({ db }, rows) => insertRows(db, changes, rows, { conflict: sql`on conflict do nothing` }),
  },
];
