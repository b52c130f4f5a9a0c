-- Built-in rules weigh what the district decides; who decided, why and from when stays on record.
create table proofreading.check_standing (
  check_key text not null,
  rule text not null,
  number integer not null,
  -- How the rule is meant to weigh, or that it is off.
  standing text not null check (standing in ('blocks', 'needs-reason', 'note', 'off')),
  effective_from date not null,
  reason text not null check (length(reason) between 2 and 300),
  changed_by bigint not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (check_key, rule, number)
);
comment on table proofreading.check_standing is
  'Decisions on built-in rules, never changed. Of those whose day has come the last one holds; without one the rule is as it was built.';
create trigger immutable before update or delete on proofreading.check_standing
  for each row execute function proofreading.refuse_change();
