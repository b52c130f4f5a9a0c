-- Why: who reviews differs between units, columns and types, and changes; the steps are kept with the day from which they hold.
create table review.chain (
  id bigint generated always as identity primary key,
  -- What it is for; null is no condition.
  unit_id bigint,
  column_id bigint,
  type text,
  version integer not null,
  created_at timestamptz not null
);
create unique index chain_rule on review.chain (unit_id, column_id, type) nulls not distinct;

create table review.chain_version (
  chain_id bigint not null references review.chain,
  number integer not null,
  name text not null,
  -- Null: from that day on the chain is used no more.
  steps jsonb,
  -- Why fewer than three different people are enough.
  few_people_reason text,
  note text not null,
  effective_on date not null,
  made_by bigint,
  made_by_name text not null,
  made_at timestamptz not null,
  primary key (chain_id, number),
  check (jsonb_array_length(steps) between 1 and 5)
);
create trigger immutable before update or delete on review.chain_version for each row execute function review.refuse_change();
