-- 更名: a unit is called otherwise from a day on, and what it was called stays known.
create table identity.former_name (
  unit_id bigint not null references identity.unit (id),
  ended_at timestamptz not null,
  name text not null check (length(name) between 2 and 60),
  short_name text not null check (length(short_name) between 2 and 20),
  basis text not null check (length(basis) between 2 and 200),
  primary key (unit_id, ended_at)
);

-- Of a renaming, the successor is the unit itself. `step` and `after_id` say how far those have come who follow.
alter table identity.reorganization
  add column kind text not null default 'merger' check (kind in ('merger', 'renaming')),
  add column new_name text check (length(new_name) between 2 and 60),
  add column new_short_name text check (length(new_short_name) between 2 and 20),
  add column step integer not null default 0,
  add column after_id bigint not null default 0,
  add column note text,
  add check ((kind = 'renaming') = (new_name is not null)),
  add check ((kind = 'renaming') = (new_short_name is not null));
