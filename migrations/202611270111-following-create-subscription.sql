-- Why: another platform's exchange is followed; a follower that was killed goes on from what stands here.
create schema following;

create table following.subscription (
  id bigint generated always as identity primary key,
  name text not null check (length(name) between 2 and 60),
  -- Of the exchange of the other platform, without a path; and what that platform calls itself.
  address text not null check (length(address) between 8 and 300),
  instance uuid not null,
  platform text not null,
  -- Its access key, sealed with a key file that lies outside of the database. Gone when the subscription has ended.
  sealed_key bytea,
  -- Digest of what the key reached when it was last asked: a change calls for a new pass.
  reach text not null,
  -- What is taken, in ids of the other platform; null is everything that the key sees.
  source_types text[] check (cardinality(source_types) > 0),
  source_unit_ids text[] check (cardinality(source_unit_ids) > 0),
  source_column_ids text[] check (cardinality(source_column_ids) > 0),
  -- Where it goes: the unit, the column of each of their columns (the first one that fits), and that of all others.
  unit_id bigint not null,
  rules jsonb not null,
  column_id bigint not null,
  mode text not null check (mode in ('reviewed', 'pending')),
  most_items integer not null check (most_items > 0),
  state text not null check (state in ('active', 'paused', 'barred', 'ended')),
  -- Where to go on in their feed; null: from the beginning. Whoever begins anew counts the pass up.
  cursor text,
  pass integer not null default 1,
  -- Answers in a row that held nothing although more was promised.
  idle_pages integer not null default 0,
  next_at timestamptz not null,
  failures integer not null default 0,
  trouble_code text,
  trouble text,
  trouble_since timestamptz,
  -- When everything had been read, and of when the last change was that was read.
  caught_up_at timestamptz,
  last_change_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by bigint,
  created_by_name text not null,
  check ((sealed_key is null) = (state = 'ended'))
);
create index subscription_due on following.subscription (next_at) where state = 'active';
comment on table following.subscription is 'Other platforms whose resources are followed, and how far that is.';

-- What became of each resource of the other platform.
create table following.item (
  subscription_id bigint not null references following.subscription,
  source_id text not null,
  resource_id bigint,
  state text not null check (state in ('taken', 'refused', 'changed-here', 'waiting', 'removed', 'looped', 'known')),
  -- The revision that was looked at last.
  digest text,
  title text not null,
  url text,
  index_number text,
  -- Our column, as the rules said.
  column_id bigint,
  -- What it names there and is not here yet.
  awaits text[] not null default '{}',
  problem_code text,
  problem text,
  pass integer not null,
  updated_at timestamptz not null,
  primary key (subscription_id, source_id)
);
create index item_by_state on following.item (subscription_id, state, updated_at desc, source_id desc);
create index item_by_pass on following.item (subscription_id, pass);
create index item_by_resource on following.item (resource_id) where resource_id is not null;
create index item_to_retry on following.item (subscription_id, updated_at) where state = 'waiting' or awaits <> '{}';
comment on table following.item is 'Resources of followed platforms, each with ours and what became of it.';

-- Files that came already: by content and name, as they were registered in the target unit.
create table following.file (
  subscription_id bigint not null references following.subscription,
  digest text not null,
  file_name text not null,
  asset_id bigint not null,
  primary key (subscription_id, digest, file_name)
);
comment on table following.file is 'Files of followed platforms that came already, so that none is fetched twice.';
