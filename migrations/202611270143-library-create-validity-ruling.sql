-- Why: whether a document still holds changes without a new text of it: somebody who answers for it rules so, with a basis
-- and from a day on. The newest ruling that has come into force says what citizens read, whatever a revision says.
create table library.validity_ruling (
  id bigint generated always as identity primary key,
  resource_id bigint not null references library.resource,
  validity text not null check (validity in ('有效', '已修改', '废止', '失效')),
  -- The validity before; null until it comes into force, or when there was none.
  validity_before text,
  effective_on date not null,
  -- Of what is no longer valid one of the two is there.
  basis text not null default '',
  basis_resource_id bigint references library.resource,
  replaced_by_id bigint references library.resource,
  state text not null check (state in ('waiting', 'applied', 'cancelled')),
  ordered_by bigint,
  ordered_by_name text not null,
  ordered_at timestamptz not null,
  settled_by_name text,
  settled_at timestamptz,
  check ((state = 'waiting') = (settled_at is null))
);
comment on table library.validity_ruling is 'The history of the validity of documents, and what is ordered for a coming day.';
create index validity_ruling_resource on library.validity_ruling (resource_id, id desc);
create index validity_ruling_due on library.validity_ruling (effective_on, id) where state = 'waiting';
create unique index validity_ruling_waiting on library.validity_ruling (resource_id) where state = 'waiting';

alter table library.resource
  add column ruling_id bigint,
  add column ruled_validity text;
comment on column library.resource.ruling_id is 'The ruling in force; null while the revision says it.';

-- Whoever follows the feed is told of a ruling as of a release.
drop trigger tell_change on library.resource;
create constraint trigger tell_change after update on library.resource deferrable initially deferred
  for each row when (old.live_revision_id is distinct from new.live_revision_id
    or (new.live_revision_id is not null and old.ruling_id is distinct from new.ruling_id))
  execute function library.tell_change();

-- A content as the ruling in force says it: every statement that shows what citizens read asks this one function.
create function library.ruled_content(content jsonb, ruling bigint) returns jsonb language sql stable as $$
  select case when ruling is null then content else (
    select content - '{abolishedBy,validityChangedOn,replacedBy}'::text[] || jsonb_strip_nulls(jsonb_build_object(
      'validity', validity, 'abolishedBy', nullif(basis, ''), 'validityChangedOn', effective_on,
      'replacedBy', case when replaced_by_id is not null then jsonb_build_array(replaced_by_id::text) end))
    from library.validity_ruling where id = ruling) end
$$;
