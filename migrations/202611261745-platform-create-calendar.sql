-- Why: deadlines count working days, and working days in China are what the State Council announces each November for
-- the year to come. A year that is not here is unknown: nobody guesses.
create table platform.calendar_year (
  year integer primary key check (year between 2000 and 2999),
  -- The announcement that the days were taken from.
  source text not null
);

-- Days that differ from their weekday: holidays from Monday to Friday, and weekends that are worked.
create table platform.calendar_day (
  day date primary key,
  works boolean not null,
  year integer generated always as (extract(year from day)::integer) stored references platform.calendar_year
);

insert into platform.calendar_year (year, source) values
  (2025, '国务院办公厅关于2025年部分节假日安排的通知'),
  (2026, '国务院办公厅关于2026年部分节假日安排的通知');

insert into platform.calendar_day (day, works)
select day::date, false from unnest(array[
  '2025-01-01', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31', '2025-02-03', '2025-02-04', '2025-04-04',
  '2025-05-01', '2025-05-02', '2025-05-05', '2025-06-02', '2025-10-01', '2025-10-02', '2025-10-03', '2025-10-06',
  '2025-10-07', '2025-10-08',
  '2026-01-01', '2026-01-02', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-02-23',
  '2026-04-06', '2026-05-01', '2026-05-04', '2026-05-05', '2026-06-19', '2026-09-25', '2026-10-01', '2026-10-02',
  '2026-10-05', '2026-10-06', '2026-10-07'
]) as day
union all
select day::date, true from unnest(array[
  '2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11',
  '2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'
]) as day;
