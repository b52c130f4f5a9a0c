-- Why: for each column it is said who keeps it filled, how often, with what and in which ways (栏目保障责任目录). The unit and the
-- update rule stay with the column, where they are asked for; the rest is its entry. What was said before can be read for
-- any day: the database itself notes it, whoever changes a column or an entry.
alter table sites.column
  add column update_months integer,
  add column update_event text,
  add column created_at timestamptz not null default now(),
  add check (num_nonnulls(update_days, update_months, update_event) <= 1),
  add check (update_months > 0),
  add check (update_event <> '');
comment on column sites.column.created_at is 'Of columns from before there was a catalogue: the day on which it began.';

create table sites.responsibility_entry (
  id bigint generated always as identity primary key,
  column_id bigint not null unique references sites.column,
  responsible_id bigint,
  contact_id bigint,
  requirement text not null default '',
  ways text[] not null default '{}' check (ways <@ array['mapped', 'submitted', 'linked', 'co-built']),
  unit_ids bigint[] not null default '{}',
  version integer not null default 1
);
comment on column sites.responsibility_entry.unit_ids is 'The units that supply the column.';
insert into sites.responsibility_entry (column_id) select id from sites.column order by id;

create table sites.responsibility_past (
  column_id bigint not null references sites.column,
  until timestamptz not null,
  state jsonb not null,
  primary key (column_id, until)
);
comment on table sites.responsibility_past is 'What was said of a column until then. Written by triggers; never changed.';

create function sites.note_responsibility(changed bigint) returns void language sql as $$
  insert into sites.responsibility_past (column_id, until, state)
  select "column".id, now(), jsonb_build_object(
    'name', name, 'unitId', unit_id::text, 'closed', closed_at is not null,
    'updateDays', update_days, 'updateMonths', update_months, 'updateEvent', update_event,
    'responsibleId', responsible_id::text, 'contactId', contact_id::text,
    'requirement', coalesce(requirement, ''), 'ways', coalesce(ways, '{}'), 'unitIds', coalesce(unit_ids, '{}')::text[])
  from sites.column left join sites.responsibility_entry on column_id = "column".id
  where "column".id = changed and created_at < now()
  on conflict do nothing
$$;
comment on function sites.note_responsibility is 'Called before a row changes; the first change of a transaction notes what was there.';

create function sites.note_responsibility_of_column() returns trigger language plpgsql as $$
begin
  perform sites.note_responsibility(old.id);
  return new;
end $$;
create trigger note_responsibility
  before update of name, unit_id, update_days, update_months, update_event, closed_at on sites.column
  for each row when (
    (old.name, old.unit_id, old.update_days, old.update_months, old.update_event, old.closed_at)
    is distinct from (new.name, new.unit_id, new.update_days, new.update_months, new.update_event, new.closed_at))
  execute function sites.note_responsibility_of_column();

create function sites.note_responsibility_of_entry() returns trigger language plpgsql as $$
begin
  perform sites.note_responsibility(old.column_id);
  return new;
end $$;
create trigger note_responsibility before update on sites.responsibility_entry
  for each row when (
    (old.responsible_id, old.contact_id, old.requirement, old.ways, old.unit_ids)
    is distinct from (new.responsible_id, new.contact_id, new.requirement, new.ways, new.unit_ids))
  execute function sites.note_responsibility_of_entry();

create function sites.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%.% never changes', tg_table_schema, tg_table_name;
end $$;
create trigger immutable before update or delete on sites.responsibility_past
  for each row execute function sites.refuse_change();
