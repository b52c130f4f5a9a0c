-- Pages link both ways: a document to what explains it, an old document to what took its place.
create table library.relation (
  resource_id bigint not null references library.resource,
  kind text not null check (kind in ('interprets', 'replacedBy', 'activities')),
  target_id bigint not null references library.resource,
  place integer not null,
  primary key (resource_id, kind, target_id)
);
create index relation_target on library.relation (target_id, kind);
comment on table library.relation is 'What the live revision of a resource names, written at its release.';
