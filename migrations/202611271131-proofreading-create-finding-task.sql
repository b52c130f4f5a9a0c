-- What must not stand in published texts becomes a task of the responsible unit, with a day; figures are drawn from it.
create table proofreading.finding_task (
  id bigint generated always as identity primary key,
  finding_id bigint not null references proofreading.finding (id),
  resource_id bigint not null,
  unit_id bigint not null,
  -- The time limit in working days, as it was when the task was given.
  days integer not null check (days between 1 and 60),
  given_on date not null,
  -- Null as long as the holidays of its year are not known.
  due_on date,
  -- Null: by the nightly run itself.
  given_by_name text,
  note text not null,
  given_at timestamptz not null,
  ended_at timestamptz,
  -- 'dropped': its rule does not block any more, and it counts for nobody.
  outcome text check (outcome in ('mended', 'explained', 'dropped')),
  check ((ended_at is null) = (outcome is null))
);
create unique index finding_task_open on proofreading.finding_task (finding_id) where ended_at is null;
create index finding_task_due on proofreading.finding_task (unit_id, due_on, id) where ended_at is null;
create index finding_task_ended on proofreading.finding_task (ended_at, unit_id) where ended_at is not null;
create index finding_task_resource on proofreading.finding_task (resource_id) where ended_at is null;
create index finding_task_undated on proofreading.finding_task (given_on, days) where due_on is null and ended_at is null;

-- A reason may be taken back, and that too is on record.
alter table proofreading.finding add column reopened_by_name text;
alter table proofreading.finding add column reopened_at timestamptz;
alter table proofreading.finding add column reopen_reason text;

-- Lists by rule: words are listed by their set, which stands before the colon.
create index finding_rule on proofreading.finding (state, split_part(rule, ':', 1), id desc);
create index finding_unit_rule on proofreading.finding (unit_id, state, split_part(rule, ':', 1), id desc);
-- What blocks is rare, and looked for most.
create index finding_blocking on proofreading.finding (state, id desc) where severity = 'blocks';
create index finding_unit_blocking on proofreading.finding (unit_id, state, id desc) where severity = 'blocks';
