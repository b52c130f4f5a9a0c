-- The list of resources finds one by its index number and its document number too. Patterns of their own, because
-- only they find a prefix whatever the collation of the database.
alter table library.resource add column document_number text;
comment on column library.resource.document_number is 'Of the head revision, as typed, like title.';
create index resource_index_number_start on library.resource (index_number text_pattern_ops) where index_number is not null;
create index resource_document_number_start on library.resource (document_number text_pattern_ops) where document_number is not null;
