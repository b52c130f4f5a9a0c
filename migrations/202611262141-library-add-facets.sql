-- The list of resources is narrowed by openness, validity and year too. Like the title, these are of the newest
-- revision, kept beside the resource so that a list reads no content.
alter table library.resource add column open_mode text, add column validity text, add column year smallint;
comment on column library.resource.year is 'Of the day on which it was written or produced; null when nobody knows.';
create index resource_type_updated on library.resource (type, updated_at desc, id desc);
create index resource_year_updated on library.resource (year, updated_at desc, id desc) where year is not null;
create index resource_validity_updated on library.resource (validity, updated_at desc, id desc) where validity is not null;
-- Nearly all is open to all, and needs no index to be found.
create index resource_closed_updated on library.resource (open_mode, updated_at desc, id desc) where open_mode <> '主动公开';

create table library.saved_view (
  id bigint generated always as identity primary key,
  account_id bigint not null,
  name text not null,
  -- The list's address, as the console writes it.
  search text not null,
  created_at timestamptz not null,
  unique (account_id, name)
);
comment on table library.saved_view is 'Filters that somebody keeps for themselves; at most thirty.';
