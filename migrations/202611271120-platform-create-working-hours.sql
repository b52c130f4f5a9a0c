-- Why: time limits in working hours need to know when a day's work begins and ends. Which days are worked is in
-- platform.calendar_day.
create table platform.working_hours (
  single boolean primary key default true check (single),
  morning_from time not null default '08:30',
  morning_to time not null default '12:00',
  afternoon_from time not null default '14:00',
  afternoon_to time not null default '17:30',
  check (morning_from < morning_to and morning_to <= afternoon_from and afternoon_from < afternoon_to)
);
insert into platform.working_hours default values;
