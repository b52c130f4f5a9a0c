-- Why: a portal column shows of units' columns what a rule describes (映射), and not only whole columns.
create table sites.mapping_rule (
  id bigint generated always as identity primary key,
  column_id bigint not null references sites.column,
  mode text not null check (mode in ('automatic', 'confirmed')),
  source_column_id bigint references sites.column,
  unit_id bigint,
  unit_kind text,
  types text[] not null default '{}',
  term text,
  keyword text,
  version integer not null default 1,
  changed_by_name text not null,
  changed_at timestamptz not null,
  ended_at timestamptz,
  -- What was last looked through: of this version, in these source columns.
  filled_version integer,
  filled_sources text,
  check (num_nonnulls(source_column_id, unit_id, unit_kind) = 1)
);
create index mapping_rule_column on sites.mapping_rule (column_id);
create index mapping_rule_unit on sites.mapping_rule (unit_id) where unit_id is not null;
comment on column sites.mapping_rule.unit_id is 'Every column of this unit is a source.';
comment on column sites.mapping_rule.unit_kind is 'Every column of every unit of this kind is a source.';

create table sites.mapping_rule_version (
  rule_id bigint not null references sites.mapping_rule,
  version integer not null,
  state jsonb not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (rule_id, version)
);
comment on table sites.mapping_rule_version is 'What a rule said, from when on, by whom. Never changed.';

-- What a person decides about one resource: under a rule that asks for it, or against any rule.
create table sites.mapping_match (
  rule_id bigint not null references sites.mapping_rule,
  resource_id bigint not null,
  state text not null check (state in ('waiting', 'accepted', 'declined')),
  found_at timestamptz not null,
  decided_by_name text,
  decided_at timestamptz,
  reason text,
  primary key (rule_id, resource_id),
  check ((state = 'waiting') = (decided_at is null)),
  check (state <> 'declined' or reason is not null)
);
create index mapping_match_waiting on sites.mapping_match (rule_id, found_at, resource_id) where state = 'waiting';
create index mapping_match_resource on sites.mapping_match (resource_id);

-- Work: the resources that a new or changed rule is still to be held against, oldest first.
create table sites.mapping_turn (
  rule_id bigint not null references sites.mapping_rule,
  position bigint not null,
  resource_id bigint not null,
  primary key (rule_id, position)
);

alter table sites.placement add column mapping_rule_id bigint references sites.mapping_rule;
alter table sites.placement add check (mapping_rule_id is null or (reuse_id is null and not is_main)) not valid;
create index placement_mapping_rule on sites.placement (mapping_rule_id) where mapping_rule_id is not null;
comment on column sites.placement.mapping_rule_id is 'Of a placement that a mapping rule made.';
