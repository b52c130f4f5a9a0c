-- Two texts may be alike and still not be one text twice; who knows says so once.
create table library.likeness_dismissal (
  one_id bigint not null references library.resource,
  other_id bigint not null references library.resource,
  dismissed_by bigint,
  dismissed_at timestamptz not null,
  primary key (one_id, other_id),
  check (one_id < other_id)
);
create index likeness_dismissal_other on library.likeness_dismissal (other_id);
comment on table library.likeness_dismissal is 'Pairs that an editor called no repetition; they stay so when the texts change.';
