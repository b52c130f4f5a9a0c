-- Why: a column that is kept elsewhere is a link to there (链接), and whether it still answers is looked at.
create table sites.column_link (
  column_id bigint primary key references sites.column,
  url text not null check (url like 'https://%'),
  -- Why it leads to an address that is no government's.
  reason text,
  set_by_name text not null,
  set_at timestamptz not null,
  checked_at timestamptz,
  -- What the last look found: null while it answers.
  trouble text,
  failing_since timestamptz
);
create index column_link_due on sites.column_link (checked_at nulls first);
