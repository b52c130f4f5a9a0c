-- Why: those who keep a column filled are reminded before it is overdue and when it is, and their principal when that has
-- lasted; each once for each time that the column waited. When, is data.
create table sites.update_warning (
  single boolean primary key default true check (single),
  soon_percent integer not null default 80 check (soon_percent between 1 and 100),
  fortnight_days integer not null default 10 check (fortnight_days between 1 and 14),
  escalate_days integer not null default 3 check (escalate_days between 0 and 365)
);
insert into sites.update_warning default values;

create table sites.update_reminder (
  column_id bigint not null references sites.column,
  due_at timestamptz not null,
  kind text not null check (kind in ('soon', 'overdue', 'escalated')),
  given_at timestamptz not null,
  primary key (column_id, due_at, kind)
);
comment on column sites.update_reminder.due_at is 'Names the time that the column waited: a new entry moves it.';
