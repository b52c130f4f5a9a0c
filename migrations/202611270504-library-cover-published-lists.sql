-- Why: lists in the order of publication read only rows that are kept (202611270502).
create index resource_published_listed on library.resource (first_published_at desc, id desc)
  include (stage, unit_id, type, open_mode, validity, year, head_revision_id) where live_revision_id is not null;
