-- Why: what was published when must be provable to outsiders, also against whoever has the rights of this database.
create schema transparency;

-- The name under which the heads of this log are signed; keys may change, it stays.
create table transparency.log (
  only_row boolean primary key default true check (only_row),
  origin text not null
);
insert into transparency.log (origin)
values ('jiyue-' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 16));

-- Versions of pages that wait for their place. Written in the transaction that records the page.
create table transparency.entry (
  id bigint generated always as identity primary key,
  site text not null,
  path text not null,
  outcome text not null check (outcome in ('page', 'gone', 'moved', 'file', 'absent')),
  digest bytea check (octet_length(digest) = 32),
  resource text,
  revision text,
  first_published_at timestamptz,
  -- First published elsewhere: the log cannot vouch for when.
  imported boolean not null,
  check ((outcome = 'absent') = (digest is null))
);
comment on table transparency.entry is 'A queue: taken by the one sequencer, which makes leaves of them.';

create table transparency.leaf (
  index bigint primary key,
  -- The bytes that are hashed. The other columns only find it.
  body text not null,
  site text not null,
  path text not null,
  digest bytea
);
create index leaf_by_address on transparency.leaf (site, path, index desc);
comment on table transparency.leaf is 'Every published or withdrawn version of every page, append-only. Described in docs/operations/transparency.md.';

-- Full subtrees of the Merkle tree; level 0 are the leaves.
create table transparency.node (
  level smallint not null,
  index bigint not null,
  hash bytea not null check (octet_length(hash) = 32),
  primary key (level, index)
);

-- Where a resource first stood in the log, and which time of first publication was claimed there.
create table transparency.resource (
  resource text primary key,
  leaf bigint not null,
  first_published_at timestamptz not null
);

create table transparency.head (
  size bigint primary key,
  root bytea not null check (octet_length(root) = 32),
  at timestamptz not null,
  -- The signed head as it is published (C2SP signed note).
  note text not null
);

create function transparency.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the transparency log is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete on transparency.leaf for each row execute function transparency.refuse_change();
create trigger append_only before update or delete on transparency.node for each row execute function transparency.refuse_change();
create trigger append_only before update or delete on transparency.head for each row execute function transparency.refuse_change();
create trigger append_only before update or delete on transparency.resource for each row execute function transparency.refuse_change();
create trigger no_truncate before truncate on transparency.leaf for each statement execute function transparency.refuse_change();
create trigger no_truncate before truncate on transparency.node for each statement execute function transparency.refuse_change();
create trigger no_truncate before truncate on transparency.head for each statement execute function transparency.refuse_change();
create trigger no_truncate before truncate on transparency.resource for each statement execute function transparency.refuse_change();
