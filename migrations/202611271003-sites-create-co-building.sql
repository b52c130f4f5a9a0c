-- Why: several units write into one column of the portal (共建), and who answers for it may take an entry out.
create table sites.column_writers (
  id bigint primary key references sites.column,
  unit_ids bigint[] not null check (cardinality(unit_ids) > 0),
  version integer not null default 1
);
comment on column sites.column_writers.id is 'The column.';

create table sites.entry_removal (
  id bigint generated always as identity primary key,
  column_id bigint not null references sites.column,
  resource_id bigint not null,
  unit_id bigint not null,
  title text not null,
  reason text not null,
  removed_by_name text not null,
  removed_at timestamptz not null
);
create index entry_removal_unit on sites.entry_removal (unit_id, removed_at desc);
comment on table sites.entry_removal is 'Never deleted: what was taken out of a column whose entries several units write, and why.';
