-- Why: a renamed term changes what followers read of a resource without a new text of it. The feed tells of it, a batch at a
-- time, and at the commit as of everything else.
alter table library.change
  drop constraint change_kind_check,
  drop constraint change_check,
  add constraint change_kind_check
    check (kind in ('released', 'withdrawn', 'expired', 'relisted', 'relabelled')) not valid,
  add constraint change_check
    check ((kind in ('released', 'relisted', 'relabelled')) = (revision_id is not null)) not valid;

create table library.relabelling (
  id bigint generated always as identity primary key,
  resource_ids bigint[] not null
);
comment on table library.relabelling is 'Resources whose terms are read otherwise: told and forgotten at the commit of whoever wrote it.';

create function library.tell_relabelling() returns trigger language plpgsql as $$
begin
  perform library.lock_changes();
  execute $many$
    insert into library.change (position, resource_id, kind, revision_id, digest, at)
    select nextval('library.change_position'), live.* from (
      select resource.id, 'relabelled', revision.id, revision.digest, $2
      from library.resource join library.revision on revision.id = resource.live_revision_id
      where resource.id = any($1) order by resource.id
    ) as live
  $many$ using new.resource_ids,
    greatest(clock_timestamp(), (select at from library.change order by position desc limit 1));
  delete from library.relabelling where id = new.id;
  return null;
end $$;
create constraint trigger tell_relabelling after insert on library.relabelling deferrable initially deferred
  for each row execute function library.tell_relabelling();
