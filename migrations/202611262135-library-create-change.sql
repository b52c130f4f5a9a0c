-- Why: others follow what is published (query API, OAI-PMH, webhooks) and must miss nothing. A number that is given when
-- a transaction begins to write can become visible after a larger one; so positions are given at the commit, one
-- transaction after the other. A trigger does it, so that no way of changing what is live can forget it.
create sequence library.change_position;

create table library.change (
  position bigint primary key,
  -- No foreign keys: their row locks, taken while a committing transaction holds the feed, could wait in a circle.
  resource_id bigint not null,
  kind text not null check (kind in ('released', 'withdrawn', 'expired', 'relisted')),
  revision_id bigint,
  digest bytea,
  -- The database's clock, which never runs back here.
  at timestamptz not null,
  check ((kind in ('released', 'relisted')) = (revision_id is not null)),
  check ((revision_id is null) = (digest is null))
);
create index change_resource on library.change (resource_id, position desc);
create index change_at on library.change (at, position);
comment on table library.change is 'The change feed: one row for each release, withdrawal and expiry, and for each change of where something is shown. The last row of a resource is its state.';

create function library.refuse_feed_change() returns trigger language plpgsql as $$
begin
  raise exception 'the change feed is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete on library.change
  for each row execute function library.refuse_feed_change();
create trigger no_truncate before truncate on library.change
  for each statement execute function library.refuse_feed_change();

-- Held until the transaction has committed and can be seen: whoever gets a later position was committed later.
create function library.lock_changes() returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7246042);
end $$;

create function library.record_change(changed bigint, what text, released bigint) returns void language plpgsql as $$
begin
  perform library.lock_changes();
  insert into library.change (position, resource_id, kind, revision_id, digest, at)
  values (nextval('library.change_position'), changed, what, released,
    (select digest from library.revision where id = released),
    greatest(clock_timestamp(), (select at from library.change order by position desc limit 1)));
end $$;

-- Where something is shown has changed. What is not live is shown nowhere, and what this transaction has told of
-- already needs no second row. Each statement finds one row by its key: plans that were made while the tables were
-- small stay good while an import fills them.
create function library.record_relisting(changed bigint) returns void language plpgsql as $$
declare live bigint;
begin
  perform library.lock_changes();
  select live_revision_id into live from library.resource where id = changed;
  if live is null or (
    select xmin from library.change where resource_id = changed order by position desc limit 1
  ) = pg_current_xact_id()::xid then
    return;
  end if;
  perform library.record_change(changed, 'relisted', live);
end $$;

-- The same for many at once, which happens seldom: planned anew each time.
create function library.record_relistings(changed bigint[]) returns void language plpgsql as $$
begin
  perform library.lock_changes();
  execute $many$
    insert into library.change (position, resource_id, kind, revision_id, digest, at)
    select nextval('library.change_position'), live.* from (
      select resource.id, 'relisted', revision.id, revision.digest, $2
      from library.resource join library.revision on revision.id = resource.live_revision_id
      where resource.id = any($1) order by resource.id
    ) as live
  $many$ using changed, greatest(clock_timestamp(), (select at from library.change order by position desc limit 1));
end $$;

create function library.tell_change() returns trigger language plpgsql as $$
begin
  if new.live_revision_id is not null then
    perform library.record_change(new.id, 'released', new.live_revision_id);
  elsif old.expire_at is not null and new.expire_at is null then
    perform library.record_change(new.id, 'expired', null);
  else
    perform library.record_change(new.id, 'withdrawn', null);
  end if;
  return null;
end $$;
create constraint trigger tell_change after update on library.resource deferrable initially deferred
  for each row when (old.live_revision_id is distinct from new.live_revision_id)
  execute function library.tell_change();
create constraint trigger tell_new after insert on library.resource deferrable initially deferred
  for each row when (new.live_revision_id is not null) execute function library.tell_change();

-- What was there before there was a feed: one row each, in the order in which it last changed.
insert into library.change (position, resource_id, kind, revision_id, digest, at)
select nextval('library.change_position'), told.* from (
  select resource.id, case when live_revision_id is not null then 'released'
      when stage = 'expired' then 'expired' else 'withdrawn' end,
    revision.id, revision.digest,
    least(case when live_revision_id is null then withdrawn_at else last_published_at end, clock_timestamp()) as at
  from library.resource left join library.revision on revision.id = resource.live_revision_id
  where live_revision_id is not null or (first_published_at is not null and withdrawn_at is not null)
  order by 5, 1
) as told;

create index resource_last_published on library.resource (last_published_at desc, id desc)
  where live_revision_id is not null;
