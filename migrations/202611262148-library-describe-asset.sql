-- What editors say of a file, and which file took the place of which.
alter table library.asset
  add column alt text not null default '' check (length(alt) <= 500),
  add column copyright text not null default '' check (length(copyright) <= 200),
  add column source text not null default '' check (length(source) <= 200),
  add column replaces_id bigint references library.asset (id),
  add check (replaces_id <> id);

-- A file has one successor: a replacement is replaced in its turn.
create unique index asset_replaces on library.asset (replaces_id) where replaces_id is not null;
create index asset_unit on library.asset (unit_id, id);
