-- 拆分: a unit is divided among others from a day on, and goes on with the rest or ends.
alter table identity.reorganization
  drop constraint reorganization_kind_check,
  add constraint reorganization_kind_check check (kind in ('merger', 'renaming', 'split')),
  add column split_rules jsonb,
  -- Which receiver takes the rest; null where the unit goes on with it.
  add column rest_to integer,
  add check ((kind = 'split') = (split_rules is not null)),
  add check (kind = 'split' or rest_to is null);

-- Who receives a part: a unit that exists, or one that the split makes when it begins.
create table identity.split_receiver (
  reorganization_id bigint not null references identity.reorganization (id),
  position integer not null,
  unit_id bigint references identity.unit (id),
  new_unit jsonb,
  account_ids bigint[] not null,
  moved jsonb not null default '{}',
  primary key (reorganization_id, position),
  unique (reorganization_id, unit_id),
  check (unit_id is not null or new_unit is not null)
);

create index split_receiver_unit on identity.split_receiver (unit_id);

-- What has happened: parts of a unit went to others. It is part of what units were, and goes into packages.
create table identity.unit_split (
  unit_id bigint not null references identity.unit (id),
  at timestamptz not null,
  position integer not null,
  receiver_id bigint not null references identity.unit (id),
  basis text not null check (length(basis) between 2 and 200),
  primary key (unit_id, at, position),
  check (receiver_id <> unit_id)
);

create index unit_split_receiver on identity.unit_split (receiver_id);
