-- What happened, written in the transaction of the act: jobs carry only the id of such a row.
create schema platform;

create table platform.event (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  name text not null,
  tags text[] not null,
  payload jsonb not null default '{}',
  priority smallint not null default 0 check (priority in (0, 1))
);
create index event_at on platform.event (at);
comment on table platform.event is 'Announcements of the modules. tags name what changed, in the page engine''s words; payload holds ids only.';

create table platform.setting (
  name text primary key,
  value text not null
);
comment on table platform.setting is 'Facts the program keeps for itself between starts.';
