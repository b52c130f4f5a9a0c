import { sql } from 'kysely';

import { isChosen } from '../../platform/dump/dump-rows.ts';
import type { DumpPart } from '../../platform/dump/dump.types.ts';

/** By which columns are filled from others. What of them has been done is found out again by whoever brings them in. */
export const mappingRules: DumpPart = {
  name: 'mapping-rules',
  from: sql.table('sites.mapping_rule'),
  fields: {
    id: 'id',
    column_id: 'id',
    mode: 'text',
    source_column_id: 'id?',
    unit_id: 'id?',
    unit_kind: 'text?',
    types: 'texts',
    term: 'text?',
    keyword: 'text?',
    version: 'integer',
    changed_by_name: 'text',
    changed_at: 'instant',
    ended_at: 'instant?',
  },
  left: {
    filled_version: 'everything is held against the rule again where it is brought in',
    filled_sources: 'the same',
  },
  order: ['id'],
};

export const mappingMatches: DumpPart = {
  name: 'mapping-matches',
  from: sql.table('sites.mapping_match'),
  fields: {
    rule_id: 'id',
    resource_id: 'id',
    state: 'text',
    found_at: 'instant',
    decided_by_name: 'text?',
    decided_at: 'instant?',
    reason: 'text?',
  },
  order: ['rule_id', 'resource_id'],
  among: isChosen('resource_id', 'resource'),
};

export const columnLinks: DumpPart = {
  name: 'column-links',
  from: sql.table('sites.column_link'),
  fields: { column_id: 'id', url: 'text', reason: 'text?', set_by_name: 'text', set_at: 'instant' },
  left: {
    checked_at: 'asked again where it is brought in',
    trouble: 'the same',
    failing_since: 'the same',
  },
  order: ['column_id'],
};

export const columnWriters: DumpPart = {
  name: 'column-writers',
  from: sql.table('sites.column_writers'),
  fields: { id: 'id', unit_ids: 'ids', version: 'integer' },
  order: ['id'],
};
