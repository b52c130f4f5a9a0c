-- Why: a list, its facets and its next pages ask the same question within seconds. What was found for it may be used
-- again as long as the index is the same, so the index says which one it is.
create table fulltext.generation (
  only_one boolean primary key default true check (only_one),
  -- One more with every transaction that writes the index.
  number bigint not null
) with (fillfactor = 50);
comment on table fulltext.generation is 'Counts the changes of the index.';
