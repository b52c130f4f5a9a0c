-- What the nightly run finds in what is published, and how far it has come.
create table proofreading.night (
  day date primary key,
  -- The last resource that was looked at; the next begins behind it.
  after_id bigint not null,
  resources integer not null,
  opened integer not null,
  closed integer not null,
  started_at timestamptz not null,
  ended_at timestamptz
);

create table proofreading.finding (
  id bigint generated always as identity primary key,
  resource_id bigint not null,
  unit_id bigint not null,
  rule text not null,
  part text not null,
  found text not null,
  -- Which of several alike in one part, so that a finding stays itself when the text around it changes.
  nth integer not null,
  severity text not null check (severity in ('blocks', 'needs-reason', 'note')),
  check_key text not null,
  rule_name text not null,
  start_at integer not null,
  end_at integer not null,
  suggestion text,
  message text not null,
  state text not null check (state in ('open', 'closed', 'ignored')),
  opened_at timestamptz not null,
  closed_at timestamptz,
  ignored_by bigint,
  ignored_by_name text,
  ignored_at timestamptz,
  ignore_reason text,
  check ((state = 'ignored') <= (ignore_reason is not null)),
  unique (resource_id, rule, part, found, nth)
);
create index finding_unit on proofreading.finding (unit_id, state, id desc);
create index finding_state on proofreading.finding (state, id desc);
create index finding_open on proofreading.finding (resource_id) where state = 'open';
