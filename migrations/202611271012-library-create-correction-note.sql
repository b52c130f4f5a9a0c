-- Why: whoever read a published text is told what was corrected in it, when, and by whom.
create table library.correction_note (
  id bigint generated always as identity primary key,
  resource_id bigint not null references library.resource,
  revision_id bigint not null unique references library.revision,
  note text not null check (length(note) between 1 and 500),
  unit_name text not null,
  corrected_at timestamptz not null
);
create index correction_note_resource on library.correction_note (resource_id, id desc);
comment on table library.correction_note is 'Written by the release of the revision that corrects. Never changed.';
create trigger immutable before update or delete on library.correction_note
  for each row execute function library.refuse_change();

-- Taken down by order: only a review that begins after that brings it back.
alter table library.resource add column taken_down boolean not null default false;
