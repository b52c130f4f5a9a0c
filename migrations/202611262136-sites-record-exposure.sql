-- Why: whoever was shown a resource through a column must be told when it is there no more, also after the listing is
-- gone; and whoever never saw it must not learn of it.
create table sites.exposure (
  resource_id bigint not null,
  column_id bigint not null,
  primary key (resource_id, column_id)
);
create index exposure_column on sites.exposure (column_id, resource_id);
comment on table sites.exposure is 'Columns in which a resource was ever listed while the site of its address was online. Never deleted.';

create function sites.tell_listing() returns trigger language plpgsql as $$
begin
  -- First of all: two transactions that list the same resource would else wait for each other.
  perform library.lock_changes();
  if tg_op = 'INSERT' then
    insert into sites.exposure (resource_id, column_id)
    select listing.resource_id, listing.column_id from sites.listing
      join sites.address on address.resource_id = listing.resource_id
      join sites.site on site.id = address.site_id and site.state = 'online'
    where listing.column_id = new.column_id and listing.resource_id = new.resource_id
    on conflict do nothing;
  end if;
  perform library.record_relisting(case when tg_op = 'INSERT' then new.resource_id else old.resource_id end);
  return null;
end $$;
create constraint trigger tell_listing after insert or delete on sites.listing deferrable initially deferred
  for each row execute function sites.tell_listing();

-- A site that opens shows everything at once; one that goes offline shows nothing.
create function sites.tell_site() returns trigger language plpgsql as $$
begin
  perform library.lock_changes();
  if new.state = 'online' then
    insert into sites.exposure (resource_id, column_id)
    select listing.resource_id, listing.column_id from sites.address
      join sites.listing on listing.resource_id = address.resource_id
    where address.site_id = new.id
    on conflict do nothing;
  end if;
  perform library.record_relistings((select array_agg(resource_id) from sites.address where site_id = new.id));
  return null;
end $$;
create constraint trigger tell_site after update on sites.site deferrable initially deferred
  for each row when ((old.state = 'online') is distinct from (new.state = 'online'))
  execute function sites.tell_site();

insert into sites.exposure (resource_id, column_id)
select listing.resource_id, listing.column_id from sites.listing
  join sites.address on address.resource_id = listing.resource_id
  join sites.site on site.id = address.site_id and site.state = 'online'
union
select address.resource_id, address.column_id from sites.address
  join sites.site on site.id = address.site_id and site.state = 'online';
