-- 机构改革: which units merged into which, planned by one person and confirmed by another.
alter table identity.unit
  add column successor_id bigint references identity.unit (id),
  add check (successor_id is null or closed_at is not null),
  add check (successor_id <> id);

create index unit_successor on identity.unit (successor_id) where successor_id is not null;

create table identity.reorganization (
  id bigint generated always as identity primary key,
  name text not null check (length(name) between 2 and 80),
  basis text not null check (length(basis) between 2 and 200),
  successor_id bigint not null references identity.unit (id),
  starts_at timestamptz not null,
  state text not null default 'planned'
    check (state in ('planned', 'confirmed', 'running', 'done', 'cancelled')),
  moved jsonb not null default '{}',
  planned_by bigint not null,
  planned_by_name text not null,
  planned_at timestamptz not null,
  confirmed_by bigint,
  confirmed_by_name text,
  confirmed_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  version integer not null default 1,
  check (confirmed_by <> planned_by),
  check ((state in ('confirmed', 'running', 'done')) <= (confirmed_by is not null))
);

create index reorganization_waiting on identity.reorganization (starts_at, id)
  where state in ('confirmed', 'running');

create table identity.reorganization_unit (
  reorganization_id bigint not null references identity.reorganization (id),
  unit_id bigint not null references identity.unit (id),
  primary key (reorganization_id, unit_id)
);

create index reorganization_unit_unit on identity.reorganization_unit (unit_id);
