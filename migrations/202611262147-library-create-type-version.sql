-- Why: operators add types of resource, and fields to types, without a deployment. What was written by a version stays
-- valid and is shown as that version says, so versions never change.
create table library.resource_type (
  key text primary key,
  -- What new writing is checked by. Whoever writes holds this row in share mode, whoever changes the type alone.
  current integer not null check (current > 0),
  created_at timestamptz not null
);
comment on table library.resource_type is 'A type that operators defined (x-…), or a built-in one to which they added fields.';

create table library.resource_type_version (
  type text not null references library.resource_type,
  number integer not null check (number > 0),
  -- TypeDefinition of contracts/type-definition.ts
  definition jsonb not null,
  note text not null,
  published_by bigint,
  published_by_name text not null,
  published_at timestamptz not null,
  primary key (type, number)
);
comment on table library.resource_type_version is 'Immutable. A revision names the version it was written by in its content (typeVersion), under its digest.';
alter table library.resource_type
  add foreign key (key, current) references library.resource_type_version (type, number) deferrable initially deferred;

create function library.refuse_type_change() returns trigger language plpgsql as $$
begin
  raise exception 'versions of types are never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger immutable before update or delete on library.resource_type_version for each row execute function library.refuse_type_change();

-- A change of a type looks at the resources of this type only.
create index resource_type_id on library.resource (type, id);
