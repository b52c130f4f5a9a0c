-- Sites, their column trees, and which resources stand in which columns.
create schema sites;

create table sites.site (
  id bigint generated always as identity primary key,
  unit_id bigint not null,
  key text not null unique check (key ~ '^[a-z][a-z0-9-]{0,30}$'),
  name text not null,
  short_name text not null,
  is_portal boolean not null default false,
  state text not null check (state in ('preparing', 'testing', 'online', 'offline', 'closed')),
  description text not null,
  identity_code text not null check (identity_code ~ '^([0-9]{10}|bm[0-9]{8})$'),
  icp_number text not null,
  police_number text not null,
  organiser text not null,
  contact text not null,
  address text not null,
  theme jsonb not null,
  demonstration boolean not null default false,
  version integer not null default 1
);
create unique index site_one_portal on sites.site (is_portal) where is_portal;

create table sites.site_domain (
  domain text primary key check (domain = lower(domain)),
  site_id bigint not null references sites.site on delete cascade,
  is_primary boolean not null default false
);
create unique index site_domain_primary on sites.site_domain (site_id) where is_primary;

create table sites.column (
  id bigint generated always as identity primary key,
  site_id bigint not null references sites.site,
  parent_id bigint references sites.column,
  unit_id bigint not null,
  name text not null,
  slug text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,40}$'),
  path text not null check (path ~ '^(/[a-z0-9][a-z0-9-]{0,40})+/$'),
  kind text not null check (kind in ('channel', 'news', 'notice', 'policy', 'interpretation', 'overview', 'institution', 'leader', 'disclosure-guide', 'disclosure-system', 'annual-report', 'interaction', 'service', 'data', 'topic')),
  description text not null,
  keywords text not null,
  update_days integer check (update_days > 0),
  position integer not null default 0,
  in_navigation boolean not null default false,
  -- Order of its block on the home page; null: not shown there.
  home_position integer,
  hidden_when_empty boolean not null default false,
  closed_at timestamptz,
  -- Numbers of listings, counted up and never reused: list pages are numbered from the oldest.
  last_sequence bigint not null default 0,
  version integer not null default 1,
  unique (site_id, path)
);
create index column_parent on sites.column (parent_id);
create index column_unit on sites.column (unit_id);
comment on column sites.column.update_days is 'Longest time without a new entry before the column counts as overdue (rules R03, R04, R06); null: no duty.';

-- The first of the four ways to keep a column filled: it shows what another column shows.
create table sites.mapping (
  column_id bigint not null references sites.column,
  source_column_id bigint not null references sites.column,
  primary key (column_id, source_column_id),
  check (column_id <> source_column_id)
);
create index mapping_source on sites.mapping (source_column_id);

-- What an editor chose: this resource belongs into that column. The first is the main one.
create table sites.placement (
  id bigint generated always as identity primary key,
  column_id bigint not null references sites.column,
  resource_id bigint not null,
  is_main boolean not null default false,
  title_override text,
  pinned_until timestamptz,
  visible_from timestamptz,
  visible_until timestamptz,
  created_at timestamptz not null,
  unique (resource_id, column_id)
);
create unique index placement_main on sites.placement (resource_id) where is_main;
create index placement_column on sites.placement (column_id);
create index placement_due_from on sites.placement (visible_from) where visible_from is not null;
create index placement_due_until on sites.placement (visible_until) where visible_until is not null;

-- What a citizen sees in a column now: live entries only, own and mapped.
create table sites.listing (
  column_id bigint not null references sites.column,
  sequence bigint not null,
  resource_id bigint not null,
  -- The column the entry came from by mapping; null for the column's own placements.
  via_column_id bigint references sites.column,
  title_override text,
  pinned_until timestamptz,
  listed_at timestamptz not null,
  primary key (column_id, sequence)
);
create unique index listing_resource on sites.listing (resource_id, column_id);
create index listing_pinned on sites.listing (column_id, pinned_until) where pinned_until is not null;

-- The one canonical address of a resource, given at its first release and kept for ever.
create table sites.address (
  resource_id bigint primary key,
  site_id bigint not null references sites.site,
  column_id bigint not null references sites.column,
  path text not null,
  unique (site_id, path)
);
create index address_column on sites.address (column_id);
