-- The library: resources, their immutable revisions, index numbers, assets.
create schema library;

create table library.resource (
  id bigint generated always as identity primary key,
  unit_id bigint not null,
  type text not null,
  -- draft, in-review, returned, scheduled (signed, waits for its hour), live, withdrawn, expired, discarded
  stage text not null check (stage in ('draft', 'in-review', 'returned', 'scheduled', 'live', 'withdrawn', 'expired', 'discarded')),
  version integer not null default 1,
  head_revision_id bigint,
  live_revision_id bigint,
  -- Signed off and waiting for release_at; becomes live_revision_id when due.
  signed_revision_id bigint,
  title text not null,
  index_number text unique,
  first_published_at timestamptz,
  last_published_at timestamptz,
  release_at timestamptz,
  expire_at timestamptz,
  withdrawn_at timestamptz,
  withdrawal_reason text,
  discarded_at timestamptz,
  imported_from text,
  created_by bigint,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (stage <> 'live' or live_revision_id is not null),
  check (live_revision_id is null or (index_number is not null and first_published_at is not null))
);
comment on column library.resource.first_published_at is 'Set by the system at the first release, never typed, never changed (rules R10).';
comment on column library.resource.version is 'Optimistic lock: every change of head, stage or schedule counts one up.';
create index resource_unit_updated on library.resource (unit_id, updated_at desc, id desc);
create index resource_updated on library.resource (updated_at desc, id desc);
create index resource_unit_stage on library.resource (unit_id, stage, updated_at desc, id desc);
create index resource_stage_updated on library.resource (stage, updated_at desc, id desc);
create index resource_published on library.resource (first_published_at desc, id desc) where live_revision_id is not null;
create index resource_due_release on library.resource (release_at, id) where signed_revision_id is not null;
create index resource_due_expiry on library.resource (expire_at, id) where live_revision_id is not null and expire_at is not null;
create unique index resource_imported on library.resource (unit_id, imported_from) where imported_from is not null;

-- Titles are searched by any two neighbouring characters: trigrams know no Chinese in a C locale, and most
-- Chinese words are two characters.
create function library.character_pairs(value text) returns text[] language sql immutable parallel safe strict as $$
  select coalesce(array_agg(distinct substr(lower(value), place, 2)), '{}')
  from generate_series(1, length(value) - 1) as place
$$;
create index resource_title_pairs on library.resource using gin (library.character_pairs(title));
create index resource_unit_published on library.resource (unit_id, first_published_at) where live_revision_id is not null;

create table library.revision (
  id bigint generated always as identity primary key,
  resource_id bigint not null references library.resource,
  number integer not null,
  content jsonb not null,
  digest bytea not null,
  origin text not null check (origin in ('saved', 'autosaved', 'restored', 'imported')),
  created_by bigint,
  created_by_name text not null,
  created_at timestamptz not null,
  unique (resource_id, number)
);
comment on table library.revision is 'Immutable snapshots. digest is SHA-256 over the canonical JSON of content: what was reviewed is exactly what is published.';
alter table library.resource
  add foreign key (head_revision_id) references library.revision,
  add foreign key (live_revision_id) references library.revision,
  add foreign key (signed_revision_id) references library.revision;

create function library.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'revisions and index numbers are never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger immutable before update or delete on library.revision for each row execute function library.refuse_change();

-- One row per unit and year; its row lock makes the next number safe under concurrency.
create table library.index_counter (
  unit_id bigint not null,
  year integer not null,
  last integer not null,
  primary key (unit_id, year)
);
-- Every number ever given, also of withdrawn resources: never reused, and gaps can be audited.
create table library.index_number (
  index_number text primary key,
  unit_id bigint not null,
  year integer not null,
  serial integer not null,
  resource_id bigint not null unique references library.resource,
  given_at timestamptz not null,
  unique (unit_id, year, serial)
);
create trigger immutable before update or delete on library.index_number for each row execute function library.refuse_change();

create table library.asset (
  id bigint generated always as identity primary key,
  unit_id bigint not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  file_name text not null,
  media_type text not null,
  size bigint not null,
  width integer,
  height integer,
  uploaded_by bigint,
  uploaded_at timestamptz not null
);
create unique index asset_content on library.asset (unit_id, digest, file_name);
comment on table library.asset is 'One name for stored bytes. The bytes themselves lie in the asset store under their digest, once.';

-- Which revision shows or attaches which asset.
create table library.revision_asset (
  revision_id bigint not null references library.revision,
  asset_id bigint not null references library.asset,
  role text not null check (role in ('image', 'attachment')),
  primary key (revision_id, asset_id, role)
);
create index revision_asset_asset on library.revision_asset (asset_id);
