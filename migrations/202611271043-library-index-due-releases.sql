-- Why: the due query asks by the hour or "at once", of what waits and is not held; everything live is signed too.
create index resource_due on library.resource (coalesce(release_at, '-infinity'), id)
  where signed_revision_id is not null and stage = 'scheduled' and not release_held;
drop index library.resource_due_release;
