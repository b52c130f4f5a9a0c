-- Why: what is returned, of one type, is looked for among all that is returned. What the list asks of a row stands in the
-- index, so that none has to be read only to be left out.
create index resource_stage_listed on library.resource (stage, updated_at desc, id desc)
  include (unit_id, type, open_mode, validity, year, head_revision_id);
drop index library.resource_stage_updated;
