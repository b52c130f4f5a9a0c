-- The page engine: which public pages exist, what each was made from, and which of them must be made again.
create schema publishing;

create sequence publishing.request_generation;
create sequence publishing.intent_id;

-- What the page store must hold. Everything here can be made again from the page definitions.
create table publishing.page (
  key text primary key,
  kind text not null,
  rank smallint not null,
  site text not null,
  path text not null,
  outcome text not null check (outcome in ('page', 'gone', 'moved', 'file')),
  media_type text not null,
  digest bytea not null check (octet_length(digest) = 32),
  size bigint not null,
  tags text[] not null,
  target text,
  built_at timestamptz not null default clock_timestamp(),
  first_built_at timestamptz not null default clock_timestamp(),
  check ((outcome = 'moved') = (target is not null)),
  -- Deferred, so that two pages can exchange their addresses in one transaction.
  constraint page_path_is_taken_once unique (site, path) deferrable initially deferred
) with (fillfactor = 85);

-- Without fastupdate no single publication pays for cleaning up after thousands of others.
create index page_by_tag on publishing.page using gin (tags) with (fastupdate = off);

-- Pages that must be made again. One row per page, however many events ask for it.
create table publishing.dirty (
  page_key text primary key,
  priority smallint not null check (priority in (0, 1)),
  rank smallint not null,
  since timestamptz not null default clock_timestamp(),
  -- A new number for every request: a page that was asked for again while it was built stays dirty.
  generation bigint not null default nextval('publishing.request_generation'),
  forced boolean not null default false,
  failures integer not null default 0,
  retry_at timestamptz not null default '-infinity',
  problem text
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

create index dirty_in_order on publishing.dirty (priority, rank, since, page_key);
create index dirty_failing on publishing.dirty (failures) where failures > 0;

-- Addresses are for ever: where a page stood that now stands elsewhere.
create table publishing.redirect (
  site text not null,
  from_path text not null,
  to_url text not null,
  changed_at timestamptz not null default clock_timestamp(),
  primary key (site, from_path)
);

create index redirect_by_change on publishing.redirect (changed_at);

-- A batch of changes to the page store, announced before the first file changes. It is deleted in the
-- transaction that records the new pages, so one that nobody works on any more tells what a killed
-- process may have left behind.
create table publishing.intent (
  id bigint primary key,
  started_at timestamptz not null default clock_timestamp(),
  keys text[] not null,
  sites text[] not null,
  paths text[] not null,
  outcomes text[] not null,
  media_types text[] not null,
  digests text[] not null
);
