-- Texts that say nearly the same are found by fingerprints instead of by comparing everything with everything.
create table library.fingerprint (
  resource_id bigint primary key references library.resource,
  revision_id bigint not null references library.revision,
  -- 80 least hashes of all stretches of characters, four bytes each; empty when the text is too short to compare.
  minhash bytea not null,
  -- Hashes of every four of them: two texts that share one of these are worth comparing.
  bands integer[] not null,
  -- False until the pairs of this text were looked for.
  compared boolean not null default false
);
create index fingerprint_bands on library.fingerprint using gin (bands);
create index fingerprint_waiting on library.fingerprint (resource_id) where not compared;
comment on table library.fingerprint is 'Of the newest revision of each resource, written in the transaction that writes it.';

create table library.likeness (
  -- The smaller id first: a pair is one row.
  one_id bigint not null references library.resource,
  other_id bigint not null references library.resource,
  similarity smallint not null check (similarity between 0 and 100),
  found_at timestamptz not null,
  primary key (one_id, other_id),
  check (one_id < other_id)
);
create index likeness_other on library.likeness (other_id);
create index likeness_most on library.likeness (similarity desc, one_id desc, other_id desc);
comment on table library.likeness is 'Pairs of resources whose newest texts share at least 80 of 100 stretches.';
