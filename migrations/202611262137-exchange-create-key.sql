-- Why: other systems read what is published through keys, each with its own view, limits and end.
create schema exchange;

create table exchange.access_key (
  id bigint generated always as identity primary key,
  name text not null check (length(name) between 2 and 60),
  holder text not null check (length(holder) between 2 and 100),
  -- The part of the key that may be shown; the rest is known to its holder only.
  prefix text not null unique check (prefix ~ '^[0-9a-z]{10}$'),
  digest bytea not null check (octet_length(digest) = 32),
  -- Null is "all"; an empty list would be a key that sees nothing.
  unit_ids bigint[] check (cardinality(unit_ids) > 0),
  column_ids bigint[] check (cardinality(column_ids) > 0),
  types text[] check (cardinality(types) > 0),
  full_text boolean not null,
  per_minute integer not null check (per_minute > 0),
  per_day integer not null check (per_day > 0),
  expires_at timestamptz,
  created_at timestamptz not null,
  created_by bigint,
  created_by_name text not null,
  revoked_at timestamptz,
  revocation_reason text,
  version integer not null default 1,
  check ((revoked_at is null) = (revocation_reason is null))
);
comment on table exchange.access_key is 'Keys of other systems to the exchange port. The secret is stored as its SHA-256 only.';

-- What a key has used of its quota: a row of its own, because every request writes it.
create table exchange.pace (
  key_id bigint primary key references exchange.access_key,
  minute timestamptz not null,
  minute_used integer not null,
  day date not null,
  day_used integer not null,
  last_used_at timestamptz not null
) with (fillfactor = 50);
comment on table exchange.pace is 'Requests of each key in its current minute and its current day (China).';

create table exchange.usage (
  key_id bigint not null references exchange.access_key,
  day date not null,
  operation text not null,
  requests bigint not null default 0,
  refused bigint not null default 0,
  bytes bigint not null default 0,
  primary key (key_id, day, operation)
);
comment on table exchange.usage is 'What each key asked for, by day (China): requests, those of them that were refused, and bytes that were sent.';
