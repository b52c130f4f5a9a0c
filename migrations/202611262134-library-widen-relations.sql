-- Documents amend and repeal others, belong to others, are attached to others, or are simply worth reading beside them.
alter table library.relation drop constraint relation_kind_check;
alter table library.relation add constraint relation_kind_check
  check (kind in ('interprets', 'replacedBy', 'amends', 'repeals', 'partOf', 'attachmentOf', 'seeAlso', 'activities'));
