-- Why: other systems are told of what is published as it happens, by signed requests, each within its own reach.
create schema webhook;

create table webhook.endpoint (
  id bigint generated always as identity primary key,
  name text not null check (length(name) between 2 and 60),
  holder text not null check (length(holder) between 2 and 100),
  url text not null check (length(url) <= 2000),
  -- Null is "all", as with access keys.
  unit_ids bigint[] check (cardinality(unit_ids) > 0),
  column_ids bigint[] check (cardinality(column_ids) > 0),
  types text[] check (cardinality(types) > 0),
  -- Changes up to this position of the feed wait, were sent or did not concern it.
  position bigint not null,
  -- Attempts that failed since the last one that succeeded, and when the first of them did.
  failures integer not null default 0,
  failing_since timestamptz,
  -- Nothing is sent before that.
  held_until timestamptz,
  last_attempt_at timestamptz,
  last_status integer,
  last_problem text,
  last_success_at timestamptz,
  paused_at timestamptz,
  pause_cause text check (pause_cause in ('person', 'failing', 'gone', 'secret-lost')),
  pause_reason text,
  created_at timestamptz not null,
  created_by bigint,
  created_by_name text not null,
  version integer not null default 1,
  check ((paused_at is null) = (pause_cause is null)),
  check ((failures = 0) = (failing_since is null))
) with (fillfactor = 70);
comment on table webhook.endpoint is 'Addresses of other systems that are told of changes: what each may see, how far it has been told, how it does.';

create table webhook.secret (
  id bigint generated always as identity primary key,
  endpoint_id bigint not null references webhook.endpoint,
  sealed bytea not null,
  created_at timestamptz not null,
  -- Null for the one that holds; others sign beside it until then.
  ends_at timestamptz
);
create unique index secret_current on webhook.secret (endpoint_id) where ends_at is null;
create index secret_endpoint on webhook.secret (endpoint_id);
comment on table webhook.secret is 'What requests to an endpoint are signed with, encrypted with the key in data/keys.';

create table webhook.message (
  id bigint generated always as identity primary key,
  endpoint_id bigint not null references webhook.endpoint,
  -- Of the change feed; null for a test.
  position bigint,
  resource_id bigint,
  state text not null check (state in ('waiting', 'delivered', 'dead', 'dropped')),
  tries integer not null default 0,
  due_at timestamptz not null,
  -- What the last request said it was.
  told_id text,
  told_type text,
  created_at timestamptz not null,
  settled_at timestamptz,
  unique (endpoint_id, position),
  check ((state = 'waiting') = (settled_at is null)),
  check ((position is null) = (resource_id is null))
);
create index message_waiting on webhook.message (endpoint_id, position nulls first) where state = 'waiting';
create index message_listed on webhook.message (endpoint_id, id desc);
create index message_by_state on webhook.message (endpoint_id, state, id desc);
create index message_settled on webhook.message (settled_at) where settled_at is not null;
comment on table webhook.message is 'One change of the feed, or a test, on its way to one endpoint. What it says is made when it is sent.';

create table webhook.attempt (
  id bigint generated always as identity primary key,
  message_id bigint not null references webhook.message on delete cascade,
  at timestamptz not null,
  milliseconds integer not null,
  status integer,
  problem text,
  answer text
);
create index attempt_of_message on webhook.attempt (message_id, id desc);
comment on table webhook.attempt is 'Each request to an endpoint: when, how long, what came back.';
