-- Followers of the change feed learn that another unit provides a resource now; units are counted by what they gave numbers to.
create or replace function library.tell_change_of_unit() returns trigger language plpgsql as $$
begin
  perform library.record_relisting(new.id);
  return null;
end $$;

create constraint trigger tell_change_of_unit after update on library.resource
  deferrable initially deferred for each row
  when (old.unit_id <> new.unit_id and new.live_revision_id is not null)
  execute function library.tell_change_of_unit();

create index index_number_given on library.index_number (given_at, unit_id);
