-- Why: an import is one transaction; there are no steps to go on from. One that was broken off by an earlier version has
-- left half a library, whose guards let nothing be deleted: such a database is thrown away, not brought to this version.
do $$ begin
  if exists (select from packaging.import_step) and not exists (
    select from packaging.import_step where step = 'resource-states' and finished_at is not null
  ) then
    raise exception 'the import of a package was never finished: throw this database away and import into an empty one';
  end if;
end $$;
drop table packaging.import_step;
