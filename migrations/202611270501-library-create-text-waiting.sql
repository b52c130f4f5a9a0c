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

-- Once for each statement: a step that changes thousands of resources leaves its notes with one insert. Compared as sets,
-- so that no plan can be a loop in a loop; null equals null in them.
create function library.note_texts() returns trigger language plpgsql as $$
begin
  insert into library.text_waiting (resource_id, is_imported)
  select id, coalesce((select origin = 'imported' from library.revision where revision.id = head_revision_id), false)
  from (select id, head_revision_id, stage = 'discarded' from now_so
    except select id, head_revision_id, stage = 'discarded' from was_so) as changed
  order by id;
  return null;
end $$;
create trigger note_texts after update on library.resource
  referencing old table as was_so new table as now_so for each statement execute function library.note_texts();

create function library.note_new_texts() returns trigger language plpgsql as $$
begin
  insert into library.text_waiting (resource_id, is_imported)
  select id, coalesce((select origin = 'imported' from library.revision where revision.id = head_revision_id), false)
  from now_so where head_revision_id is not null
  order by id;
  return null;
end $$;
create trigger note_new_texts after insert on library.resource
  referencing new table as now_so for each statement execute function library.note_new_texts();

-- Texts from before are put into the index from the newest on down, behind everybody's work.
insert into platform.setting (name, value)
select 'library.texts-unindexed', coalesce(max(id), 0)::text from library.resource;
