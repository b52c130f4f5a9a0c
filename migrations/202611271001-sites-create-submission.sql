-- Why: a unit offers a resource to a column of the portal (报送); who answers for the column adopts or returns it.
create table sites.submission (
  id bigint generated always as identity primary key,
  resource_id bigint not null,
  column_id bigint not null references sites.column,
  unit_id bigint not null,
  state text not null check (state in ('prepared', 'offered', 'adopted', 'returned', 'withdrawn')),
  note text not null default '',
  offered_by_name text not null,
  offered_at timestamptz not null,
  decided_by_name text,
  decided_at timestamptz,
  reason text,
  reuse_id bigint references sites.reuse,
  check ((state in ('prepared', 'offered')) = (decided_at is null)),
  check ((state = 'adopted') = (reuse_id is not null)),
  check (state not in ('returned') or reason is not null)
);
create unique index submission_open on sites.submission (resource_id, column_id) where state in ('prepared', 'offered');
create index submission_waiting on sites.submission (column_id, id) where state = 'offered';
create index submission_unit on sites.submission (unit_id, id desc);
create index submission_month on sites.submission (offered_at);
create index submission_column on sites.submission (column_id, id desc);
comment on column sites.submission.state is 'prepared: waits for the resource to be published, and is offered in that moment.';
comment on column sites.submission.unit_id is 'Whose the resource is: its figures.';
