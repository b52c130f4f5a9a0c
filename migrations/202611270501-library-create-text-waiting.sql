-- Why: the text index follows the newest revisions a moment later, so that whoever saves waits for nothing. A trigger
-- notes what changed, so that no way of writing a revision can forget it.
create table library.text_waiting (
  -- Only ever added to: a save while its resource is being read leaves a note of its own.
  id bigint generated always as identity primary key,
  resource_id bigint not null,
  -- Came in with many others: nobody waits for it.
  is_imported boolean not null
);
create index text_waiting_urgent on library.text_waiting (id) where not is_imported;
comment on table library.text_waiting is 'Resources whose newest text, or whose being in the bin, the text index does not know yet.';

create function library.note_text() returns trigger language plpgsql as $$
begin
  insert into library.text_waiting (resource_id, is_imported)
  values (new.id, coalesce((select origin = 'imported' from library.revision where id = new.head_revision_id), false));
  return null;
end $$;
create trigger note_text after update on library.resource for each row
  when (old.head_revision_id is distinct from new.head_revision_id
    or (old.stage = 'discarded') <> (new.stage = 'discarded'))
  execute function library.note_text();
create trigger note_new_text after insert on library.resource for each row
  when (new.head_revision_id is not null) execute function library.note_text();

-- Texts from before are put into the index from the newest on down, behind everybody's work.
insert into platform.setting (name, value)
select 'library.texts-unindexed', coalesce(max(id), 0)::text from library.resource;
