-- Why: what is found in the page store and was not published must be seen by those who look after the platform, also
-- when it was put right within a second.
create table publishing.alarm (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  site text not null,
  path text not null,
  -- A page's file is not there, says something else, has a wrong compressed form; or nobody published it.
  problem text not null check (problem in ('missing', 'changed', 'form', 'stray')),
  -- When the right bytes stood there again, or the foreign file was gone.
  healed_at timestamptz
);

-- Several workers may find the same thing.
create unique index alarm_open on publishing.alarm (site, path) where healed_at is null;
create index alarm_by_time on publishing.alarm (at);
