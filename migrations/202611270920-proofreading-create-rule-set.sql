-- What texts are checked by: rule sets that operators keep, dated, each change a version.
create schema proofreading;

-- Counts every change of every set, so that a process knows by one row whether what it holds is still right.
create table proofreading.state (
  only_row boolean primary key default true check (only_row),
  generation bigint not null
);
insert into proofreading.state (generation) values (1);

create table proofreading.rule_set (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('word', 'leader', 'pattern')),
  name text not null unique,
  -- Of rules that state none of their own.
  severity text not null check (severity in ('blocks', 'needs-reason', 'note')),
  enabled boolean not null,
  effective_from date,
  effective_to date,
  version integer not null,
  -- How many rules it has now.
  rules integer not null
);

create table proofreading.rule_set_version (
  set_id bigint not null references proofreading.rule_set,
  number integer not null,
  -- The settings as they were since then.
  name text not null,
  severity text not null,
  enabled boolean not null,
  effective_from date,
  effective_to date,
  note text not null,
  added integer not null,
  removed integer not null,
  -- Null: the system itself.
  changed_by bigint,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (set_id, number)
);

-- A rule never changes: another one takes its place. It held from the version `since` on, up to and without `until`.
create table proofreading.rule (
  id bigint generated always as identity primary key,
  set_id bigint not null references proofreading.rule_set,
  key text not null,
  -- The place in the list: of leaders their order, of others 0.
  rank integer not null default 0,
  content jsonb not null,
  since integer not null,
  until integer
);
create unique index rule_now on proofreading.rule (set_id, rank, key collate "C") where until is null;
create unique index rule_key on proofreading.rule (set_id, key) where until is null;

-- What was found in a revision when it was handed in.
create table proofreading.checked_revision (
  revision_id bigint primary key,
  resource_id bigint not null,
  findings jsonb not null,
  -- False when the text was longer than what is checked.
  complete boolean not null,
  generation bigint not null,
  checked_at timestamptz not null
);

-- Handed in in spite of a finding: why, and who says so. Kept with the revision for ever.
create table proofreading.override (
  id bigint generated always as identity primary key,
  revision_id bigint not null,
  resource_id bigint not null,
  finding jsonb not null,
  reason text not null check (reason <> ''),
  given_by bigint not null,
  given_by_name text not null,
  given_at timestamptz not null
);
create index override_revision on proofreading.override (revision_id, id);

create function proofreading.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'reasons are never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger immutable before update or delete on proofreading.override
  for each row execute function proofreading.refuse_change();
