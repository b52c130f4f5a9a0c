-- Documents name each other in their titles and texts, and come in versions; the platform proposes what belongs together.
create table library.document (
  resource_id bigint primary key references library.resource,
  revision_id bigint not null references library.revision,
  -- The title as others cite it: without signs, marks of a version and the name of the state.
  name text not null,
  written_on date,
  issuer text not null
);
create index document_name on library.document (name);
comment on table library.document is 'How live documents are cited, read from the live revision after its release.';

create table library.document_mention (
  resource_id bigint not null references library.document on delete cascade,
  kind text not null check (kind in ('amends', 'repeals')),
  name text not null,
  -- When the document that is meant was issued, where the text says so.
  issued_on date,
  -- The document that is meant is older than this, where the text says since when it holds no more.
  before date,
  confidence smallint not null check (confidence between 0 and 100),
  evidence text not null,
  primary key (resource_id, kind, name)
);
create index document_mention_name on library.document_mention (name);
comment on table library.document_mention is 'Documents that a live document says it amends or repeals, by the names it calls them.';

create table library.relation_proposal (
  id bigint generated always as identity primary key,
  -- As a relation: who names, how, and what is named.
  from_id bigint not null references library.resource,
  kind text not null check (kind in ('amends', 'repeals', 'replacedBy')),
  to_id bigint not null references library.resource,
  -- The name by which the two were brought together.
  name text not null,
  reason text not null check (reason in ('same-title', 'said')),
  evidence text not null,
  confidence smallint not null check (confidence between 0 and 100),
  state text not null default 'proposed' check (state in ('proposed', 'accepted', 'dismissed')),
  found_at timestamptz not null,
  decided_by bigint,
  decided_at timestamptz,
  unique (from_id, kind, to_id),
  check (from_id <> to_id)
);
create index relation_proposal_listed on library.relation_proposal (state, confidence desc, id desc);
create index relation_proposal_to on library.relation_proposal (to_id);
create index relation_proposal_name on library.relation_proposal (name) where state = 'proposed';
comment on table library.relation_proposal is 'What the platform thinks belongs together, and what the editors of the naming side decided about it.';
