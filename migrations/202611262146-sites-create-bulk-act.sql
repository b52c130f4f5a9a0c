-- One order for many resources, done in the background one by one, with what became of each.
create table sites.bulk_act (
  id bigint generated always as identity primary key,
  account_id bigint not null,
  kind text not null check (kind in ('place', 'take-off', 'withdraw', 'set-category')),
  column_id bigint references sites.column,
  reason text,
  category text,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index bulk_act_account on sites.bulk_act (account_id, id desc);
create index bulk_act_open on sites.bulk_act (id) where finished_at is null;

create table sites.bulk_item (
  bulk_act_id bigint not null references sites.bulk_act,
  place integer not null,
  resource_id bigint not null,
  -- As the one who ordered it saw the resource.
  version integer not null,
  outcome text not null default 'waiting' check (outcome in ('waiting', 'done', 'refused', 'failed')),
  -- Why not, for people.
  message text,
  primary key (bulk_act_id, place),
  unique (bulk_act_id, resource_id)
);
comment on table sites.bulk_item is 'The outcome is written in the transaction of the act itself.';
