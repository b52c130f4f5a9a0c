-- Why: a transaction that began before another, and changed the same column after it, noted as the past what the other
-- had just made.
create or replace function sites.note_responsibility(changed bigint) returns void language sql as $$
  insert into sites.responsibility_past (column_id, until, state)
  select "column".id, now(), jsonb_build_object(
    'name', name, 'unitId', unit_id::text, 'closed', closed_at is not null,
    'updateDays', update_days, 'updateMonths', update_months, 'updateEvent', update_event,
    'responsibleId', responsible_id::text, 'contactId', contact_id::text,
    'requirement', coalesce(requirement, ''), 'ways', coalesce(ways, '{}'), 'unitIds', coalesce(unit_ids, '{}')::text[])
  from sites.column left join sites.responsibility_entry on column_id = "column".id
  where "column".id = changed and created_at < now()
    and not exists (select from sites.responsibility_past as past where past.column_id = changed and past.until >= now())
  on conflict do nothing
$$;
comment on function sites.note_responsibility is
  'Called before a row changes; the first change of a transaction notes what was there. A transaction that began before another that has changed the row since notes nothing: what it finds did not hold when it began.';
