-- Why: old material comes in as files; what was found in one, how it is mapped and how far it is must survive any kill.
create schema intake;

create table intake.import (
  id bigint generated always as identity primary key,
  unit_id bigint not null,
  mode text not null check (mode in ('drafts', 'archive')),
  -- Where an archive is listed; drafts find their columns later.
  column_id bigint,
  type text not null,
  -- The file as it came, in the store of assets.
  file_name text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size >= 0),
  format text check (format in ('jsonl', 'csv', 'xlsx', 'documents', 'wxr')),
  stage text not null default 'inspecting'
    check (stage in ('inspecting', 'ready', 'checking', 'checked', 'running', 'done', 'failed', 'cancelled')),
  -- Columns or fields of the file, its first records as they stand there, and which of them gives which field.
  sources text[] not null default '{}',
  sample jsonb not null default '[]',
  mapping jsonb not null default '[]',
  -- Counts of the dry run and of the import; `read` is where the next batch begins.
  checked jsonb,
  imported jsonb,
  problem_code text,
  problem_message text,
  -- Times the worker began without getting any further: a file that kills it is not tried for ever.
  attempts integer not null default 0,
  version integer not null default 1,
  created_by bigint not null,
  created_by_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((mode = 'archive') = (column_id is not null))
);
create index import_unit on intake.import (unit_id, id desc);
create index import_waiting on intake.import (updated_at) where stage in ('inspecting', 'checking', 'running');

-- What became of one record. A dry run keeps those that need a look, an import keeps all.
create table intake.outcome (
  import_id bigint not null references intake.import,
  pass text not null check (pass in ('check', 'run')),
  -- The number of the record in the file, from 1.
  ordinal integer not null check (ordinal > 0),
  place text not null,
  key text not null,
  title text not null,
  result text not null check (result in ('good', 'known', 'refused')),
  resource_id bigint,
  old_address text,
  problems jsonb not null default '[]',
  primary key (import_id, pass, ordinal)
);
