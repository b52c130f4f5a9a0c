-- Why: progress reports belong to an emergency, and a refutation to what it refutes.
alter table library.relation drop constraint relation_kind_check;
alter table library.relation add constraint relation_kind_check check (kind in (
  'interprets', 'replacedBy', 'amends', 'repeals', 'partOf', 'attachmentOf', 'seeAlso', 'activities', 'progressOf', 'refutes'));
