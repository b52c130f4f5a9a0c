-- Why: readers are not led to pages that are gone (R14, R27), so every outgoing link of live texts is tried in turn.
create table proofreading.link_state (
  address text primary key check (length(address) <= 2048),
  host text not null,
  tried_at timestamptz,
  -- Null once no live text has it any more.
  due_at timestamptz,
  status integer,
  problem text check (problem in ('status', 'timeout', 'connection', 'private-address', 'robots', 'redirects')),
  -- Days in a row on which it failed; 3 make it dead.
  failed_days integer not null default 0,
  failed_on date,
  check ((failed_days = 0) = (failed_on is null))
);
create index link_state_due on proofreading.link_state (due_at) where due_at is not null;
create index link_state_dead on proofreading.link_state (address) where failed_days >= 3 and due_at is not null;

create table proofreading.link_use (
  resource_id bigint not null,
  address text not null references proofreading.link_state,
  primary key (resource_id, address)
);
create index link_use_address on proofreading.link_use (address);
comment on table proofreading.link_use is 'Outgoing links of live texts; made anew whenever a text is released or removed.';
