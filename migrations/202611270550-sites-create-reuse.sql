-- A unit shows in a column of its own what another unit published, by reference: nothing is copied.
create table sites.reuse (
  id bigint generated always as identity primary key,
  resource_id bigint not null,
  column_id bigint not null references sites.column,
  made_by_name text not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  ended_by_name text,
  end_reason text,
  check ((ended_at is null) = (ended_by_name is null) and (ended_at is null) = (end_reason is null))
);
create unique index reuse_standing on sites.reuse (resource_id, column_id) where ended_at is null;
create index reuse_column on sites.reuse (column_id, id desc);
comment on table sites.reuse is 'Never deleted: who showed what of whom, until when, and why no longer.';

-- Given at the first reuse on a site and kept for ever, like the address of a resource.
create table sites.reuse_address (
  site_id bigint not null references sites.site,
  resource_id bigint not null,
  column_id bigint not null references sites.column,
  path text not null,
  primary key (site_id, resource_id),
  unique (site_id, path)
);
create index reuse_address_resource on sites.reuse_address (resource_id);

alter table sites.placement add column reuse_id bigint references sites.reuse;
comment on column sites.placement.reuse_id is 'Of a placement that another unit made; null for those that the resource''s own unit chose.';

alter table sites.bulk_act drop constraint bulk_act_kind_check;
alter table sites.bulk_act add constraint bulk_act_kind_check
  check (kind in ('place', 'take-off', 'withdraw', 'set-category', 'reuse'));
