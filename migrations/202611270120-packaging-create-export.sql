-- Why: an export is made in the background and fetched later; how far an import got must survive any kill.
create schema packaging;

create table packaging.export (
  id bigint generated always as identity primary key,
  -- What was asked for: the whole library when empty.
  selection jsonb not null,
  stage text not null default 'waiting'
    check (stage in ('waiting', 'running', 'done', 'failed', 'expired')),
  -- Times the worker began: an export that kills it is not tried for ever.
  attempts integer not null default 0,
  -- Rows and files written so far.
  written bigint not null default 0,
  -- SHA-256 of the whole, from the manifest, and the bytes of the archive.
  digest text check (digest ~ '^[0-9a-f]{64}$'),
  size bigint,
  problem_code text,
  problem_message text,
  requested_by bigint not null,
  requested_by_name text not null,
  requested_at timestamptz not null,
  finished_at timestamptz,
  -- When the archive is deleted; the record of it stays.
  expires_at timestamptz,
  check ((stage in ('done', 'expired')) = (digest is not null and size is not null and expires_at is not null))
);

create index export_waiting on packaging.export (id) where stage in ('waiting', 'running');
create index export_to_expire on packaging.export (expires_at) where stage = 'done';
-- One at a time for each person: a second order would only write the same again.
create unique index export_open on packaging.export (requested_by) where stage in ('waiting', 'running');

-- Steps of an import, each with the rows of its part that are in the database.
create table packaging.import_step (
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  step text not null,
  rows bigint not null default 0,
  finished_at timestamptz,
  primary key (digest, step)
);
