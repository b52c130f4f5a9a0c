import { openPool } from '../server/platform/db.ts';

const schemas = [
  'platform',
  'audit',
  'identity',
  'fulltext',
  'library',
  'sites',
  'review',
  'interaction',
  'intake',
  'publishing',
  'search',
  'relocation',
  'vocabulary',
  'transparency',
  'describing',
  'proofreading',
  'exchange',
  'webhook',
  'following',
  'packaging',
];

/** The migrated schema as text, in one stable order, for `db/schema.sql`: what a reviewer reads. */
export async function describeSchema(url: string): Promise<string> {
  const pool = openPool(url, { connections: 1 });
  const list = async (sql: string) =>
    (await pool.query<{ text: string }>(sql, [schemas])).rows.map((row) => row.text);
  try {
    const tables = await list(`
      select format(E'create table %I.%I (\n%s\n)%s;', n.nspname, c.relname,
        (select string_agg('  ' || line, E',\n' order by kind, place) from (
          select 1 as kind, a.attnum::int as place,
            format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
            || case when a.attidentity <> '' then ' generated always as identity' else '' end
            || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
            || case when a.attnotnull then ' not null' else '' end as line
          from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          union all
          select 2, row_number() over (order by contype desc, conname)::int, pg_get_constraintdef(k.oid)
          from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c')
        ) lines),
        case when c.relkind = 'p' then ' partition by ' || pg_get_partkeydef(c.oid) else '' end) as text
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition
      order by n.nspname, c.relname`);
    const indexes = await list(`
      select pg_get_indexdef(i.indexrelid) || ';' as text
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and not c.relispartition
        and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
      order by n.nspname, c.relname, i.indexrelid::regclass::text`);
    const functions = await list(`
      select pg_get_functiondef(p.oid) || ';' as text
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = any($1) order by n.nspname, p.proname`);
    const triggers = await list(`
      select pg_get_triggerdef(t.oid) || ';' as text
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and not t.tgisinternal and not c.relispartition
      order by n.nspname, c.relname, t.tgname`);
    const head =
      '-- The schema after all migrations, written by `npm run db:types`. Read it; never run or edit it.';
    return `${[head, ...tables, indexes.join('\n'), ...functions, triggers.join('\n')].join('\n\n')}\n`;
  } finally {
    await pool.end();
  }
}
