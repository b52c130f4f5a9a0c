-- What the search index holds and what of it must be looked at again. The index itself is files; it can be made again from the modules' live state.
create schema search;

create sequence search.request_generation;

-- Which content of the index files the records below speak of. Another identity there means: rebuild.
create table search.state (
  singleton boolean primary key default true check (singleton),
  index_id text not null,
  rebuilt_at timestamptz not null default clock_timestamp()
);

-- One row per page that is or was findable.
create table search.document (
  key text primary key,
  index_id text not null,
  site text not null,
  unit text not null,
  version bigint not null,
  -- Null while the index files are being written: after a crash nobody knows what they hold.
  digest bytea check (octet_length(digest) = 32),
  -- Set when the page was taken out of the index; the row stays as its tombstone.
  deleted_at timestamptz
) with (fillfactor = 85);

-- A renamed unit or site changes what is shown with its pages.
create index document_by_site on search.document (site) where deleted_at is null;
create index document_by_unit on search.document (unit) where deleted_at is null;

-- Pages whose live state must be compared with the index. One row per page, however many events ask for it.
create table search.dirty (
  key text primary key,
  since timestamptz not null default clock_timestamp(),
  -- A new number for every request: a page that was asked for again while it was indexed stays dirty.
  generation bigint not null default nextval('search.request_generation'),
  failures integer not null default 0,
  retry_at timestamptz not null default '-infinity'
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

create index dirty_in_order on search.dirty (since, key);
