-- Why: whoever goes along a list and keeps one row in hundreds (a unit and those below it, words in the text) read each
-- row on the way. With what lists are narrowed by in the index itself, only rows that are kept are read: 33,000 rows on
-- the way take 4 ms instead of 83. Some seconds for each at 1.3 million resources.
create index resource_listed on library.resource (updated_at desc, id desc)
  include (stage, unit_id, type, open_mode, validity, year, head_revision_id);
create index resource_unit_listed on library.resource (unit_id, updated_at desc, id desc)
  include (stage, type, open_mode, validity, year, head_revision_id);
create index resource_published_listed on library.resource (first_published_at desc, id desc)
  include (stage, unit_id, type, open_mode, validity, year, head_revision_id) where live_revision_id is not null;
drop index library.resource_updated, library.resource_unit_updated, library.resource_published;
