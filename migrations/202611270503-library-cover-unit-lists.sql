-- Why: lists of one unit and those below it read only rows that are kept (202611270502).
create index resource_unit_listed on library.resource (unit_id, updated_at desc, id desc)
  include (stage, type, open_mode, validity, year, head_revision_id);
