-- Why: how the index numbers of a unit begin is asked of a million rows, and fifteen thousand begin alike. With what the list asks of them
-- beside their beginnings, no row has to be read only to be left out.
create index resource_index_number_listed on library.resource (index_number text_pattern_ops)
  include (updated_at, first_published_at, id, stage, unit_id, type, open_mode, validity, year, head_revision_id,
    live_revision_id)
  where index_number is not null;
drop index library.resource_index_number_start;
