-- Why: districts write index numbers (信息索取号) in several ways, and units that come from another system keep theirs.
alter table identity.unit
  add column index_number_template text not null default '{code}/{year}-{serial5}'
    check (index_number_template ~ '^\{code9?\}[/-]\{year\}-\{serial[56]\}$'),
  -- Its numbers ever began with the nine signs of its code that name the organisation: these are its own for good.
  add column keeps_code9 boolean not null default false,
  add check (keeps_code9 or index_number_template not like '{code9}%');

-- What the numbers of a unit begin with is that of no other unit, or two could be given the same.
create unique index unit_index_code on identity.unit ((
  case when keeps_code9 and length(organisation_code) = 18
    then substr(organisation_code, 9, 9) else organisation_code end));
