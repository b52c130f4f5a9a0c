-- Why: old sites are walked and brought in by rules; a run that was killed goes on from what stands here.
create schema relocation;

create table relocation.project (
  id bigint generated always as identity primary key,
  name text not null check (length(name) between 1 and 80),
  -- The site whose host names answer for the old addresses, and the unit that owns what comes in.
  site_id bigint not null,
  unit_id bigint not null,
  -- Host names of the old site, with port where one was used; the first is the main one. Nothing else is asked.
  hosts text[] not null check (cardinality(hosts) between 1 and 20),
  source text not null check (source in ('copy', 'web')),
  start_addresses text[] not null default '{}',
  rules jsonb not null,
  limits jsonb not null,
  -- Takes articles whose old column nobody mapped.
  default_column_id bigint,
  goal text not null default 'sample' check (goal in ('sample', 'check', 'import')),
  phase text not null default 'new' check (phase in ('new', 'walking', 'importing', 'redirecting', 'done')),
  state text not null default 'idle' check (state in ('idle', 'running', 'paused')),
  -- Number of the current or last run.
  run integer not null default 0,
  problem text,
  -- All was read by these rules and nothing is in yet: an import can begin at once.
  checked boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  -- When a run last got on: one that waits for nothing is ended.
  progress_at timestamptz
);
create index project_running on relocation.project (id) where state = 'running';

-- A saved copy: which bytes (in data/oldsites, by SHA-256) stood at which address.
create table relocation.copy_file (
  project_id bigint not null references relocation.project on delete cascade,
  address text not null,
  digest text not null,
  size bigint not null,
  primary key (project_id, address)
);

-- Where articles of an old column go.
create table relocation.mapping (
  project_id bigint not null references relocation.project on delete cascade,
  key text not null,
  -- Null: they are left behind.
  column_id bigint,
  primary key (project_id, key)
);

-- Every address of the old site that was found: the queue of the walk, and what became of it.
create table relocation.page (
  id bigint generated always as identity primary key,
  project_id bigint not null references relocation.project on delete cascade,
  -- host/path?query, without scheme and fragment.
  address text not null,
  depth integer not null,
  -- The run that asked for it last.
  run integer not null,
  state text not null default 'waiting' check (state in ('waiting', 'read', 'failed')),
  kind text check (kind in ('article', 'list', 'other', 'file')),
  -- The bytes as they came last, and what the server said of them.
  digest text,
  media_type text,
  etag text,
  last_modified text,
  title text,
  produced_on date,
  source text,
  column_key text,
  column_name text,
  -- Over what was found in the page: changes when the article changes, not when the page around it does.
  content_digest text,
  imported_digest text,
  resource_id bigint,
  -- The page that the server named instead.
  moved_to text,
  -- The file as it was registered in the library, and from which bytes.
  asset_id bigint,
  asset_of text,
  -- Where the new page or file stands.
  target text,
  redirected_at timestamptz,
  problem text,
  problem_detail text,
  unique (project_id, address)
);
create index page_waiting on relocation.page (project_id, depth, id) where state = 'waiting';
create index page_to_import on relocation.page (project_id, produced_on, id)
  where kind = 'article' and content_digest is distinct from imported_digest;
create index page_to_redirect on relocation.page (project_id, id) where target is not null and redirected_at is null;
create index page_with_problem on relocation.page (project_id, problem, id) where problem is not null;
create index page_by_column on relocation.page (project_id, column_key) where kind = 'article';
