-- Why: what came from another platform names where it was first, for its page and so that it never comes back there.
create table library.origin (
  resource_id bigint primary key references library.resource,
  -- The platform where it was first, and what it is called there.
  instance uuid not null,
  source_id text not null check (length(source_id) between 1 and 40),
  -- Every platform it came through, the first one first: [{instance, name, id, url, indexNumber}].
  chain jsonb not null,
  unique (instance, source_id)
);
comment on table library.origin is 'Where resources that came from another platform were first, and through which others they came.';
